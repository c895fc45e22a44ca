import { useTranslations } from 'next-intl';
import type { MerchantKind } from '@/lib/shop';

/** 自营 stands solid, 商家 in outline: who sends the goods, in two characters. */
export function MerchantBadge({ kind }: { kind: MerchantKind }) {
  const t = useTranslations('shop.merchant');
  return (
    <span
      className={
        'inline-flex shrink-0 items-center rounded-[4px] border px-1.5 text-[0.6875rem] leading-[1.45] simple:text-xs ' +
        (kind === 'self' ? 'border-ink bg-ink text-paper' : 'border-edge text-ink-2')
      }
    >
      {t(kind)}
    </span>
  );
}
