import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { LinkPending } from '@/components/ui/link-pending';
import { isPayableByCard, type Product, textIn } from '@/lib/shop/model';
import { MerchantBadge } from './merchant-badge';
import { ProductArt } from './product-art';

/** A product on the shelf: the whole tile is one link. */
export function ProductTile({ product }: { product: Product }) {
  const t = useTranslations('shop');
  const locale = useLocale();
  return (
    <li className="min-w-0">
      <Link
        href={`/shop/${product.slug}`}
        prefetch={false}
        className="relative flex h-full flex-col gap-2 rounded-md border border-line bg-surface p-2 transition-[border-color,box-shadow] duration-150 hover:border-edge hover:shadow-panel"
      >
        <ProductArt art={product.art} className="rounded-sm" />
        <span className="flex flex-1 flex-col gap-1 px-1 pb-1">
          <span className="line-clamp-2 font-bold leading-snug" lang={locale}>
            {textIn(locale, product.title)}
          </span>
          <span className="flex min-w-0 items-center gap-1.5 text-ink-2 text-xs">
            <MerchantBadge kind={product.merchant.kind} />
            {product.merchant.kind === 'pop' ? (
              <span className="truncate">{textIn(locale, product.merchant.name)}</span>
            ) : null}
          </span>
          <span className="mt-auto flex flex-wrap items-baseline justify-between gap-x-2 pt-1">
            <Amount minor={product.priceMinor} currency={product.currency} size="lg" />
            {isPayableByCard(product.kind) ? null : (
              <span className="text-amber text-xs">{t('card.never')}</span>
            )}
          </span>
        </span>
        <LinkPending />
      </Link>
    </li>
  );
}

/** The shelf: two columns on a phone, four from 960 px; in simple mode half of that. */
export const SHELF_GRID =
  'grid grid-cols-2 gap-2.5 md:grid-cols-3 md:gap-4 lg:grid-cols-4 simple:grid-cols-1 sm:simple:grid-cols-2';
