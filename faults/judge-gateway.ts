import type { Verdict } from './judge';
import type { PaymentRecord } from './records';
import type { BookedTrade } from './sandbox-gateway';

type TenderRecord = PaymentRecord['tenders'][number];

const COLLECTED: ReadonlySet<string> = new Set(['CAPTURED', 'REFUNDING', 'REFUNDED']);

/** Compares the gateway's books with ours, in both directions, trade by trade. */
export function judgeGateway(
  { payments, trades }: { payments: readonly PaymentRecord[]; trades: readonly BookedTrade[] },
  verdict: Pick<Verdict, 'lost' | 'doubled' | 'unbalanced'>,
): void {
  const tradeOf = new Map(trades.map((trade) => [trade.paymentNo, trade]));
  const known = new Set<string>();
  for (const payment of payments) {
    for (const tender of payment.tenders.filter(({ kind }) => kind === 'external')) {
      known.add(tender.id);
      const trade = tradeOf.get(tender.id);
      const late = payment.state === 'LATE_PAID' || payment.state === 'EXTERNAL_REFUNDED';
      if (late) judgeLate(tender, trade, verdict);
      else judgeTender(tender, trade, verdict);
    }
  }
  for (const { paymentNo, paid } of trades) {
    if (paid && !known.has(paymentNo))
      verdict.lost.push(`the gateway was paid for ${paymentNo}, which we do not know`);
  }
}

function judgeTender(
  tender: TenderRecord,
  trade: BookedTrade | undefined,
  verdict: Pick<Verdict, 'lost' | 'doubled' | 'unbalanced'>,
): void {
  const collected = COLLECTED.has(tender.state);
  if (trade?.paid && !collected)
    verdict.lost.push(`the gateway was paid for ${tender.id}, here it is ${tender.state}`);
  if (collected && !trade?.paid)
    verdict.unbalanced.push(`${tender.id} is ${tender.state}, the gateway was not paid`);
  if (collected && trade && trade.amountMinor !== tender.amountMinor)
    verdict.unbalanced.push(
      `${tender.id} is ${tender.amountMinor} here and ${trade.amountMinor} at the gateway`,
    );
  const sent = new Map((trade?.refunds ?? []).map((refund) => [refund.refundNo, refund.amountMinor]));
  for (const part of tender.refundParts) {
    const back = sent.get(part.id);
    if (part.state === 'SUCCEEDED' && back !== part.amountMinor)
      verdict.lost.push(
        `refund part ${part.id} of ${part.amountMinor}, the gateway sent ${back ?? 'nothing'}`,
      );
    if (part.state === 'FAILED' && back !== undefined)
      verdict.unbalanced.push(`refund part ${part.id} failed here, the gateway sent ${back}`);
    sent.delete(part.id);
  }
  for (const [refundNo, amountMinor] of sent)
    verdict.doubled.push(`the gateway sent ${amountMinor} back as ${refundNo}, which we do not know`);
}

/** Money that came after its payment was over has to be sent back, once and whole. */
function judgeLate(
  tender: TenderRecord,
  trade: BookedTrade | undefined,
  verdict: Pick<Verdict, 'doubled' | 'unbalanced'>,
): void {
  const back = (trade?.refunds ?? []).reduce((sum, refund) => sum + refund.amountMinor, 0n);
  if (back > tender.amountMinor) verdict.doubled.push(`late money of ${tender.id} went back twice`);
  if (back !== tender.amountMinor) verdict.unbalanced.push(`late money of ${tender.id}: ${back} went back`);
}
