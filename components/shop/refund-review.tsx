import { useLocale, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { ProductArt } from '@/components/shop/product-art';
import { Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatMoney } from '@/lib/kernel';
import type { ReturnChoice } from '@/lib/shop/model';
import { type Order, textIn } from '@/lib/shop/model';
import { type Receipt, TenderName } from './receipt';

type Tender = Parameters<typeof Receipt>[0]['lines'][number];

/** What goes back and where to, to the fen, before anything happens. */
export function RefundReview({
  order,
  choice,
  parts,
  reason,
  idempotencyKey,
  request,
}: {
  order: Order;
  choice: ReturnChoice;
  parts: readonly { tender: Tender; amountMinor: bigint }[];
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
      <Panel title={t('whereTo')}>
        <ul className="divide-y divide-line">
          {parts.map(({ tender, amountMinor }) => (
            <li key={tender.id} className="flex items-start justify-between gap-4 py-2.5">
              <span className="min-w-0">
                <span className="block font-bold">
                  <TenderName tender={tender} />
                </span>
                <span className="block text-ink-2 text-sm">
                  {t(tender.gateway ? 'otherTime' : 'cardTime')}
                </span>
              </span>
              <Amount minor={amountMinor} currency={order.currency} className="shrink-0" />
            </li>
          ))}
        </ul>
      </Panel>
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
