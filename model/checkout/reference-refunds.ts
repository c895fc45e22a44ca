import type { ReferenceCheckout } from './reference';
import type { RefundRequest } from './requests';
import {
  must,
  PAID_STATES,
  type PaymentSnapshot,
  partMinor,
  type RefundPartSnapshot,
  type RefundSnapshot,
  sum,
} from './snapshot';
import { refundSplit } from './split';

export interface MadeRefund {
  readonly id: string;
  readonly parts: readonly { readonly id: string; readonly tenderId: string }[];
}

/** A refund by the rules: never more than was paid, each part to the tender that paid it. */
export function refund(checkout: ReferenceCheckout, request: RefundRequest, made: () => MadeRefund): string {
  const stored = checkout.refunded.get(request.key);
  if (stored) {
    if (linesText(stored.request) !== linesText(request)) return 'idempotency_key_reused';
    // Whoever asks again has the gateway asked again.
    return `refund ${stored.refundId} ${checkRefund(checkout, stored.refundId)}`;
  }
  const payment = checkout.payment(request.paymentId);
  if (!PAID_STATES.includes(payment.state)) return 'payment_not_paid';
  if (request.lines.length === 0) return 'nothing_requested';
  if (request.lines.some(({ lineId, amountMinor }) => amountMinor > refundableOf(payment, lineId))) {
    return 'above_refundable';
  }
  const parts = partsOf(payment, request);
  const { id, parts: ids } = made();
  const recorded: RefundSnapshot = { id, state: 'SUCCEEDED', asked: false, parts: [] };
  for (const [tenderId, lines] of parts) {
    const partId = must(
      ids.find((part) => part.tenderId === tenderId),
      `part of ${tenderId}`,
    ).id;
    recorded.parts.push(record(checkout, payment, { id: partId, tenderId, state: 'SUCCEEDED', lines }));
  }
  if (recorded.parts.some(({ state }) => state === 'PENDING')) recorded.state = 'PENDING';
  payment.refunds.push(recorded);
  payment.refundedMinor += sum(recorded.parts.map(partMinor));
  settleStates(checkout, payment);
  checkout.refunded.set(request.key, { request, refundId: id });
  return `refund ${id} ${checkRefund(checkout, id)}`;
}

/** What can still be refunded of a line. */
export function refundableOf(payment: PaymentSnapshot, lineId: string): bigint {
  return sum(
    payment.tenders.map(({ lines }) => {
      const line = lines.get(lineId);
      return line ? line.paidMinor - line.backMinor : 0n;
    }),
  );
}

export function checkRefund(checkout: ReferenceCheckout, refundId: string): string {
  const { payment, refund: found } = refundOf(checkout, refundId);
  if (found.state !== 'PENDING') return found.state;
  for (const part of found.parts.filter(({ state }) => state === 'PENDING')) {
    const ask = () => checkout.gateway.refund(part.tenderId, part.id, partMinor(part));
    const known = found.asked ? checkout.gateway.queryRefund(part.tenderId, part.id) : 'not_found';
    const proof = known === 'not_found' ? ask() : known;
    if (proof === 'succeeded' || proof === 'failed') end(checkout, { payment, refund: found, part, proof });
    else found.asked = true;
  }
  return found.state;
}

function partsOf(payment: PaymentSnapshot, request: RefundRequest): Map<string, Map<string, bigint>> {
  const parts = new Map<string, Map<string, bigint>>();
  for (const { lineId, amountMinor } of request.lines) {
    const split = refundSplit(payment.tenders, { lineId, amountMinor, policy: request.policy });
    for (const [tenderId, part] of split) {
      const lines = parts.get(tenderId) ?? new Map<string, bigint>();
      parts.set(tenderId, lines.set(lineId, part));
    }
  }
  return parts;
}

/** A card's part is back on it at once; the gateway's part stays held from the merchant until the gateway has answered. */
function record(
  checkout: ReferenceCheckout,
  payment: PaymentSnapshot,
  part: RefundPartSnapshot,
): RefundPartSnapshot {
  const tender = tenderOf(payment, part);
  tender.refundedMinor += partMinor(part);
  for (const [lineId, amountMinor] of part.lines) {
    must(tender.lines.get(lineId), 'line').backMinor += amountMinor;
    const merchant = checkout.snapshot.merchants[checkout.merchantOf(payment, lineId)];
    if (tender.cardId === null) merchant.debitsPending += amountMinor;
    else merchant.postedMinor -= amountMinor;
  }
  if (tender.cardId === null) {
    part.state = 'PENDING';
    tender.state = 'REFUNDING';
    return part;
  }
  must(checkout.snapshot.cards.get(tender.cardId), 'card').postedMinor += partMinor(part);
  if (tender.refundedMinor === tender.amountMinor) tender.state = 'REFUNDED';
  return part;
}

function end(
  checkout: ReferenceCheckout,
  ended: {
    payment: PaymentSnapshot;
    refund: RefundSnapshot;
    part: RefundPartSnapshot;
    proof: 'succeeded' | 'failed';
  },
): void {
  const { payment, part, proof } = ended;
  const tender = tenderOf(payment, part);
  part.state = proof === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
  ended.refund.state = part.state;
  for (const [lineId, amountMinor] of part.lines) {
    const merchant = checkout.snapshot.merchants[checkout.merchantOf(payment, lineId)];
    merchant.debitsPending -= amountMinor;
    if (proof === 'succeeded') merchant.postedMinor -= amountMinor;
    else must(tender.lines.get(lineId), 'line').backMinor -= amountMinor;
  }
  if (proof === 'succeeded') checkout.snapshot.house.receivableMinor -= partMinor(part);
  else {
    tender.refundedMinor -= partMinor(part);
    payment.refundedMinor -= partMinor(part);
    settleStates(checkout, payment);
  }
  const open = payment.refunds.some(({ parts }) =>
    parts.some((other) => other.tenderId === tender.id && other.state === 'PENDING'),
  );
  if (!open) tender.state = tender.refundedMinor === tender.amountMinor ? 'REFUNDED' : 'CAPTURED';
}

function settleStates(checkout: ReferenceCheckout, payment: PaymentSnapshot): void {
  const whole = payment.refundedMinor === payment.cardMinor + payment.externalMinor;
  const none = payment.refundedMinor === 0n;
  payment.state = whole ? 'REFUNDED' : none ? 'PAID' : 'PARTIALLY_REFUNDED';
  checkout.order(payment.orderId).state = whole ? 'refunded' : none ? 'paid' : 'partially_refunded';
}

function tenderOf(payment: PaymentSnapshot, { tenderId }: RefundPartSnapshot) {
  return must(
    payment.tenders.find(({ id }) => id === tenderId),
    `tender ${tenderId}`,
  );
}

function refundOf(checkout: ReferenceCheckout, refundId: string) {
  for (const payment of checkout.snapshot.payments.values()) {
    const found = payment.refunds.find(({ id }) => id === refundId);
    if (found) return { payment, refund: found };
  }
  throw new Error(`the model has no refund ${refundId}`);
}

function linesText({ paymentId, lines }: RefundRequest): string {
  return [paymentId, ...lines.map(({ lineId, amountMinor }) => `${lineId}=${amountMinor}`).sort()].join();
}
