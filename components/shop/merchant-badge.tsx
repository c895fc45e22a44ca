import { useTranslations } from 'next-intl';
import type { MerchantKind } from '@/lib/shop';

/** 自营 stands on a tint, 商家 in outline: who sends the goods, in two characters, quieter than the price. */
export function MerchantBadge({ kind }: { kind: MerchantKind }) {
  const t = useTranslations('shop.merchant');
  return (
    <span
      className={
        'inline-flex shrink-0 items-center rounded-[4px] border px-1.5 text-[0.6875rem] leading-[1.45] simple:text-xs ' +
        (kind === 'self' ? 'border-transparent bg-sunken font-bold text-ink' : 'border-line text-ink-2')
      }
    >
      {t(kind)}
    </span>
  );
}
