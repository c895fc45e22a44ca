import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount } from '@/components/money/amount';
import { formatMoney } from '@/lib/kernel';
import { type Order, type OrderLine, textIn } from '@/lib/shop/model';
import { MerchantBadge } from './merchant-badge';
import { ProductArt } from './product-art';

/** The lines of an order as they were when ordered; `note` adds a sentence to a line. */
export function OrderLines({ order, note }: { order: Order; note?: (line: OrderLine) => ReactNode }) {
  const t = useTranslations('shop.order');
  const locale = useLocale();
  return (
    <ul aria-label={t('lines')} className="divide-y divide-line">
      {order.lines.map((line) => (
        <li key={line.id} className="flex items-start gap-3 py-3">
          <ProductArt art={line.art} size="thumb" className="max-w-16 shrink-0 rounded-sm" />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-bold leading-snug">{textIn(locale, line.title)}</span>
              <Amount minor={line.amountMinor} currency={order.currency} className="ml-auto" />
            </span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-ink-2 text-sm tabular-nums">
              <MerchantBadge kind={line.merchantKind} />
              {t('each', { price: formatMoney(line.unitMinor, order.currency), quantity: line.quantity })}
            </span>
            {note ? <span className="block text-ink-2 text-sm">{note(line)}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
