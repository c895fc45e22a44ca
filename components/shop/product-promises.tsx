import { CreditCard, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { Pill } from '@/components/ui/pill';
import type { Product } from '@/lib/shop';

/** Whether cards can pay it, and whether it can go back: the two things to know before buying. */
export function ProductPromises({ product }: { product: Product }) {
  const t = useTranslations('shop');
  return (
    <ul className="flex flex-col gap-2.5 rounded-md border border-line bg-surface px-4 py-3">
      <li className="flex items-start gap-3">
        <Icon as={CreditCard} className="mt-0.5 text-ink-2" />
        <CardPromise product={product} />
      </li>
      <li className="flex items-start gap-3">
        <Icon as={RotateCcw} className="mt-0.5 text-ink-2" />
        <span>{t(`promise.${product.kind}`)}</span>
      </li>
    </ul>
  );
}

function CardPromise({ product: { kind, merchant } }: { product: Product }) {
  const t = useTranslations('shop.card');
  if (kind === 'virtual' || kind === 'gold') {
    return (
      <span className="flex flex-col items-start gap-1">
        <Pill tone="amber">{t('never')}</Pill>
        {t(kind === 'gold' ? 'neverGold' : 'neverVirtual')}
      </span>
    );
  }
  if (kind === 'fresh') return <span>{t('fresh')}</span>;
  return <span>{t(merchant.kind === 'pop' ? 'pop' : 'goods')}</span>;
}
