import { CreditCard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { CheckoutView } from '@/lib/checkout';

/** The way to bind a card and come back, while something is left for the other method to pay. */
export function BindOffer({ view }: { view: CheckoutView }) {
  const t = useTranslations('checkout.bind');
  if (view.externalMinor === 0n) return null;
  return (
    <div className="flex flex-col gap-2">
      {view.cards.length === 0 ? <p>{t('none')}</p> : null}
      <ButtonLink
        href={`/cards/bind?next=/checkout/${view.orderId}`}
        icon={<Icon as={CreditCard} />}
        prefetch={false}
        block
      >
        {t(view.cards.length === 0 ? 'first' : 'another')}
      </ButtonLink>
    </div>
  );
}
