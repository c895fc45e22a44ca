import { ClockAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** The time to pay is over: nothing was charged, and how to go on. */
export function ExpiredOrder({ orderId }: { orderId: string }) {
  const t = useTranslations('checkout');
  return (
    <Page title={t('title')} width="narrow">
      <EmptyState icon={ClockAlert} title={t('expired.title')} text={t('expired.text')}>
        <ButtonLink href="/shop" look="primary">
          {t('expired.shop')}
        </ButtonLink>
        <ButtonLink href={`/orders/${orderId}`}>{t('expired.order')}</ButtonLink>
      </EmptyState>
    </Page>
  );
}
