import { createHash } from 'node:crypto';
import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { commit } from '@/lib/ledger';
import { checkRefund } from './check-refund';
import { type CheckoutContext, nextCheckAt, type Payment, type Refund, type RefundRefusal } from './model';
import type { PaymentState } from './payment-states';
import { allocateRefund, type RefundableTender, type RequestedLine } from './refund-allocation';
import { refundUnit } from './refund-unit';
import { findPayment, findRefund, refundScope, storedAnswer } from './store';

export interface RefundInput {
  readonly paymentId: string;
  /** What goes back of which line, minor units. */
  readonly lines: readonly RequestedLine[];
  readonly reason: string | null;
  readonly actorId: string | null;
  /** The same request again is the same refund. */
  readonly idempotencyKey: string;
}

const TRIES = 12;

/**
 * Sends money back to the tenders that paid for the lines, by the merchant's policy, never more than they paid. Card
 * parts are on the card when this returns, also on one that expired or was frozen meanwhile; the other part is asked
 * of the gateway, and asked again until it answers.
 */
export async function refundPayment(
  context: CheckoutContext,
  input: RefundInput,
): Promise<Result<Refund, RefundRefusal>> {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([input.paymentId, linesKey(input.lines)]))
    .digest('hex');
  const refund =
    (await storedRefund(context, input, fingerprint)) ?? (await recordRefund(context, input, fingerprint));
  // The refusal may come from an earlier copy of this request, which took what was left: then its refund is the answer.
  const settled = refund.ok ? refund : ((await storedRefund(context, input, fingerprint)) ?? refund);
  if (!settled.ok) return settled;
  const checked = await checkRefund(context, settled.value.id);
  invariant(checked, 'a recorded refund is stored');
  return ok(checked);
}

async function recordRefund(
  context: CheckoutContext,
  input: RefundInput,
  fingerprint: string,
): Promise<Result<Refund, RefundRefusal>> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const payment = await findPayment(context.db, input.paymentId);
    const refusal = stateRefusal(payment);
    if (refusal || !payment) return refuse(refusal ?? { code: 'payment_not_found' });
    const allocation = allocateRefund({
      tenders: refundableTenders(payment),
      lines: input.lines,
      policy: context.refundPolicy,
    });
    if (!allocation.ok) return allocation;
    const { now } = context;
    const { refundId, unit } = refundUnit(payment, allocation.value, {
      now,
      policy: context.refundPolicy,
      reason: input.reason,
      actorId: input.actorId,
      idempotency: { key: input.idempotencyKey, fingerprint },
      checkAt: nextCheckAt(now, 1),
    });
    const result = await commit(context.db, unit, now);
    if (result.ok) {
      const refund = await findRefund(context.db, result.value.replayed ? result.value.response : refundId);
      invariant(refund, 'a recorded refund is stored');
      return ok(refund);
    }
    if (result.refusal.code === 'idempotency_key_reused') return refuse({ code: 'idempotency_key_reused' });
    invariant(result.refusal.code === 'row_changed', `a refund cannot be refused for ${result.refusal.code}`);
  }
  return refuse({ code: 'busy' });
}

/** The states in which a payment has been paid, however much of it went back. */
export const paidStates: ReadonlySet<PaymentState> = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** What each tender paid of each line, as the allocation weighs it. */
export function refundableTenders(payment: Payment): RefundableTender[] {
  return payment.tenders.map((tender) => ({
    id: tender.id,
    kind: tender.kind,
    lines: tender.lines.map(({ orderLineId, amountMinor, refundedMinor }) => ({
      lineId: orderLineId,
      capturedMinor: amountMinor,
      refundedMinor,
    })),
  }));
}

async function storedRefund(
  context: CheckoutContext,
  input: RefundInput,
  fingerprint: string,
): Promise<Result<Refund, RefundRefusal> | null> {
  const stored = await storedAnswer(context.db, {
    scope: refundScope(input.paymentId),
    key: input.idempotencyKey,
  });
  if (!stored) return null;
  if (stored.fingerprint !== fingerprint) return refuse({ code: 'idempotency_key_reused' });
  const refund = await findRefund(context.db, stored.response);
  return refund ? ok(refund) : null;
}

function stateRefusal(payment: Payment | null): RefundRefusal | null {
  if (!payment) return { code: 'payment_not_found' };
  return paidStates.has(payment.state) ? null : { code: 'payment_not_paid' };
}

function linesKey(lines: readonly RequestedLine[]): string[] {
  return lines.map(({ lineId, amountMinor }) => `${lineId}=${amountMinor}`).sort();
}
