import { useLocale, useTranslations } from 'next-intl';
import { RefundSplit } from '@/components/checkout/refund-split';
import { Amount } from '@/components/money/amount';
import { ProductArt } from '@/components/shop/product-art';
import { Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import type { RefundPreview } from '@/lib/checkout';
import { formatMoney } from '@/lib/kernel';
import { type Order, type ReturnChoice, textIn } from '@/lib/shop/model';

/** What goes back and where to, to the fen, before anything happens. */
export function RefundReview({
  order,
  choice,
  preview,
  reason,
  idempotencyKey,
  request,
}: {
  order: Order;
  choice: ReturnChoice;
  preview: RefundPreview;
  reason: string;
  idempotencyKey: string;
  /** Server action; reads `orderId`, `idempotencyKey`, `reason` and one `amount.<line>` per line. */
  request: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations('shop.refund');
  const total = choice.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return (
    <form action={request} className="flex flex-col gap-4">
      <input type="hidden" name="orderId" value={order.id} />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <input type="hidden" name="reason" value={reason} />
      <Panel>
        <p className="text-ink-2 text-sm">{t('total')}</p>
        <Amount minor={total} currency={order.currency} size="3xl" />
        <ChosenLines order={order} choice={choice} />
      </Panel>
      <section className="flex flex-col gap-2">
        <h2>{t('whereTo')}</h2>
        <RefundSplit preview={preview} currency={order.currency} />
      </section>
      <SubmitButton pendingLabel={t('submitting')}>
        {t('submitAmount', { amount: formatMoney(total, order.currency) })}
      </SubmitButton>
    </form>
  );
}

function ChosenLines({ order, choice }: { order: Order; choice: ReturnChoice }) {
  const locale = useLocale();
  const amounts = new Map(choice.map(({ lineId, amountMinor }) => [lineId, amountMinor]));
  return (
    <ul className="mt-2 divide-y divide-line border-line border-t">
      {order.lines.map((line) => {
        const amountMinor = amounts.get(line.id);
        if (amountMinor === undefined) return null;
        return (
          <li key={line.id} className="flex items-center gap-3 py-2.5">
            <input type="hidden" name={`amount.${line.id}`} value={plainAmount(amountMinor)} />
            <ProductArt art={line.art} size="thumb" className="max-w-12 shrink-0 rounded-sm" />
            <span className="min-w-0 flex-1">{textIn(locale, line.title)}</span>
            <Amount minor={amountMinor} currency={order.currency} quiet className="shrink-0" />
          </li>
        );
      })}
    </ul>
  );
}

/** `1234.05`, as an amount field takes it. */
function plainAmount(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
}
