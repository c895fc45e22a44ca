import type { Gateway, PaymentInquiry, PaymentOutcome, PaymentSucceeded } from '@/lib/gateways';
import { invariant } from '@/lib/kernel';
import { commit } from '@/lib/ledger';
import { returnLateMoney, takeLateMoney } from './late-money';
import { type CheckoutContext, nextCheckAt, type Payment, type Tender } from './model';
import { movePayment } from './move-payment';
import { externalTenders } from './movements';
import { releasePayment, settlePayment } from './settle-payment';
import { findPayment } from './store';

/**
 * Brings a payment as far as it can go now: asks the gateway while the external part is open, gives up after its time,
 * settles or releases. Safe at any moment, any number of times, from any process. Returns the payment as it is then.
 */
export async function checkPayment(context: CheckoutContext, paymentId: string): Promise<Payment | null> {
  const payment = await findPayment(context.db, paymentId);
  if (!payment) return null;
  switch (payment.state) {
    case 'HELD':
      return settlePayment(context, paymentId);
    case 'EXTERNAL_PENDING':
      return payment.expiresAt && payment.expiresAt <= context.now
        ? cancelPayment(context, payment)
        : ask(context, payment, 'query');
    case 'CANCELLING':
      return ask(context, payment, 'close');
    case 'LATE_PAID':
      return returnLateMoney(context, payment);
    case 'CANCELLED':
      // The worker is done with it. But a shopper who opens its page may come from the gateway, having paid after all.
      return ask(context, payment, 'query');
    default:
      return payment;
  }
}

/**
 * Gives a payment up: the gateway is asked to close its part, and the holds are released once it is proven dead. When
 * the shopper was faster the payment is paid after all. Anything but an open payment stays as it is.
 */
export async function cancelPayment(context: CheckoutContext, payment: Payment): Promise<Payment> {
  if (payment.state !== 'EXTERNAL_PENDING') return payment;
  const cancelling = await requestCancel(context, payment, 'cancel_requested');
  return cancelling.state === 'CANCELLING' ? ask(context, cancelling, 'close') : cancelling;
}

/**
 * Acts on what the gateway has proven about a payment's other part. `unknown` and `pending` change nothing but the
 * time of the next question.
 */
export async function applyOutcome(
  context: CheckoutContext,
  payment: Payment,
  outcome: PaymentOutcome,
): Promise<Payment> {
  switch (outcome.status) {
    case 'succeeded':
      return applySuccess(context, payment, outcome);
    case 'failed':
      return applyFailure(context, payment);
    case 'pending':
    case 'unknown':
      return askLater(context, payment, outcome.status === 'unknown' ? outcome.reason : null);
  }
}

/** Asks the gateway about the other part, or to close it, and acts on what it has proven. */
export async function ask(
  context: CheckoutContext,
  payment: Payment,
  how: 'query' | 'close',
): Promise<Payment> {
  const [tender] = externalTenders(payment);
  invariant(tender, 'only a payment with another part waits for a gateway');
  const gateway = gatewayOf(context, tender);
  if (!gateway) return askLater(context, payment, 'not_configured');
  const outcome = await gateway[how](inquiryOf(context, payment, tender));
  return applyOutcome(context, payment, outcome);
}

async function applySuccess(
  context: CheckoutContext,
  payment: Payment,
  outcome: PaymentSucceeded,
): Promise<Payment> {
  if (outcome.amountMinor !== payment.externalMinor) return askLater(context, payment, 'amount_mismatch');
  if (payment.state === 'CANCELLED') return takeLateMoney(context, payment, outcome.gatewayTradeNo);
  if (payment.state !== 'EXTERNAL_PENDING' && payment.state !== 'CANCELLING') return payment;
  const settled = await settlePayment(context, payment.id, outcome.gatewayTradeNo);
  // It may have been released in the moment between reading and settling: then the money is late.
  return settled.state === 'CANCELLED' ? takeLateMoney(context, settled, outcome.gatewayTradeNo) : settled;
}

async function applyFailure(context: CheckoutContext, payment: Payment): Promise<Payment> {
  const current =
    payment.state === 'EXTERNAL_PENDING' ? await requestCancel(context, payment, 'external_failed') : payment;
  return current.state === 'CANCELLING' ? releasePayment(context, payment.id) : current;
}

async function requestCancel(
  context: CheckoutContext,
  payment: Payment,
  event: 'cancel_requested' | 'external_failed',
): Promise<Payment> {
  const { now } = context;
  const move = movePayment(payment, event, {
    now,
    set: { checkAt: nextCheckAt(now, 0).toISOString(), checks: 0 },
  });
  const unit = {
    updates: [move.update],
    inserts: [{ table: 'PaymentEvent' as const, rows: [move.event] }],
    transfers: [],
  };
  const result = await commit(context.db, unit, now);
  invariant(result.ok || result.refusal.code === 'row_changed', 'giving a payment up can only meet a change');
  return reread(context, payment.id);
}

/** Schedules the next question. The tender records whether an answer was lost, for support to see. */
async function askLater(context: CheckoutContext, payment: Payment, lost: string | null): Promise<Payment> {
  const checks = payment.checks + 1;
  const open = payment.state === 'EXTERNAL_PENDING' || payment.state === 'CANCELLING';
  if (!open) return payment;
  await context.db.payment.updateMany({
    where: { id: payment.id, state: payment.state },
    data: { checks, checkAt: nextCheckAt(context.now, checks) },
  });
  await context.db.tender.updateMany({
    where: { paymentId: payment.id, kind: 'external', state: lost ? 'PENDING' : 'UNKNOWN' },
    data: { state: lost ? 'UNKNOWN' : 'PENDING' },
  });
  return reread(context, payment.id);
}

export function inquiryOf(context: CheckoutContext, payment: Payment, tender: Tender): PaymentInquiry {
  invariant(payment.expiresAt, 'a payment with another part has an end');
  return {
    paymentNo: tender.id,
    amountMinor: tender.amountMinor,
    expiresAt: payment.expiresAt,
    now: context.now,
  };
}

export function gatewayOf(context: CheckoutContext, tender: Tender): Gateway | null {
  return tender.gateway ? context.gateway(tender.gateway) : null;
}

async function reread(context: CheckoutContext, paymentId: string): Promise<Payment> {
  const payment = await findPayment(context.db, paymentId);
  invariant(payment, `payment ${paymentId}`);
  return payment;
}
