import { createHash } from 'node:crypto';
import type { Gateway, GatewayName, PaymentMode, ShopperStep } from '@/lib/gateways';
import { type Currency, type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { type CommitRefusal, commit, type LedgerUnit } from '@/lib/ledger';
import { applyOutcome, ask, cancelPayment, gatewayOf, inquiryOf } from './check-payment';
import { type Checkout, loadCheckout } from './load-checkout';
import type { CheckoutContext, Payment, PayRefusal } from './model';
import { externalTenders } from './movements';
import { paymentStates } from './payment-states';
import type { ChosenCard } from './quote';
import { paymentAtOnce, reservation } from './reserve-payment';
import { settlePayment } from './settle-payment';
import { findPayment, findPaymentOfOrder, storedAnswer } from './store';

export interface PayInput {
  readonly orderId: string;
  readonly userId: Id<'usr'>;
  /** The shopper's own cards and amounts; left out: every usable card, soonest expiry first. */
  readonly choice?: readonly ChosenCard[] | undefined;
  /** Who collects what the cards do not pay. */
  readonly method: GatewayName | null;
  /** The split as it was shown. If it is different by now, nothing is charged and the new one is shown. */
  readonly expected: { readonly cardMinor: bigint; readonly externalMinor: bigint };
  /** One per shown form: the same submit again, in any tab or after any crash, is the same payment. */
  readonly idempotencyKey: string;
  readonly mode: PaymentMode;
  /** Where the gateway sends the shopper back. */
  readonly returnUrl: (paymentId: string) => string;
  readonly subject: string;
}

export type PayOutcome =
  | { readonly status: 'paid'; readonly payment: Payment }
  | { readonly status: 'proceed'; readonly payment: Payment; readonly next: ShopperStep }
  /** The gateway could not be reached, or its answer is still to come: the payment's page shows how it goes on. */
  | { readonly status: 'pending'; readonly payment: Payment };

/**
 * Pays an order: charges the cards if they pay everything, or holds them and sends the shopper to collect the rest. Nothing
 * is held or charged when it refuses. Repeating it with the same key goes on with the same payment.
 */
export async function payOrder(
  context: CheckoutContext,
  input: PayInput,
): Promise<Result<PayOutcome, PayRefusal>> {
  const reserved = await reserve(context, input);
  // The refusal may come from an earlier copy of this submit, which has the cards: then its payment is the answer.
  const settled = reserved.ok ? reserved : ((await storedPayment(context, input)) ?? reserved);
  return settled.ok ? ok(await proceed(context, settled.value, input)) : settled;
}

/** Tries when other payments keep using the day limits of the same cards. */
const MOST_TRIES = 5;

async function reserve(
  context: CheckoutContext,
  input: PayInput,
  tries = 1,
): Promise<Result<Payment, PayRefusal>> {
  const loaded = await loadCheckout(context, input);
  if (!loaded.ok) return loaded;
  const checkout = loaded.value;
  const refusal = await refusalOf(context, checkout, input);
  if (refusal) return refuse(refusal);

  const { now } = context;
  const idempotency = { key: input.idempotencyKey, fingerprint: fingerprintOf(input) };
  const { payment, unit } =
    checkout.quote.remainderMinor > 0n
      ? reservation(checkout, { method: input.method, now, idempotency })
      : paymentAtOnce(checkout, { now, idempotency });
  const result = await commit(context.db, unit, now);
  // Another payment used some of a card's day limit meanwhile: a new quote tells whether enough is left for this one.
  if (!result.ok && tries < MOST_TRIES && concernsLimit(unit, result.refusal))
    return reserve(context, input, tries + 1);
  if (!result.ok) return refuse(await commitRefusal(context, input, result.refusal));
  if (!result.value.replayed) return ok(payment);
  const stored = await findPayment(context.db, result.value.response);
  invariant(stored, 'a reserved payment is stored');
  return ok(stored);
}

function concernsLimit({ updates = [] }: LedgerUnit, refusal: CommitRefusal): boolean {
  return refusal.code === 'row_changed' && updates[refusal.update]?.table === 'CardSetting';
}

/**
 * Continues a payment that was begun: makes the step that leads the shopper to the gateway (again), or settles one that a
 * version before left with its cards holding all of it.
 */
export async function proceed(
  context: CheckoutContext,
  payment: Payment,
  input: Pick<PayInput, 'mode' | 'returnUrl' | 'subject'>,
): Promise<PayOutcome> {
  if (payment.state === 'HELD') return { status: 'paid', payment: await settlePayment(context, payment) };
  if (payment.state !== 'EXTERNAL_PENDING') return settledOutcome(payment);
  const [tender] = externalTenders(payment);
  invariant(tender, 'an external part has a tender');
  const gateway = gatewayOf(context, tender);
  if (!gateway) return { status: 'pending', payment };
  const inquiry = inquiryOf(context, payment, tender);
  const outcome = await gateway.create({
    ...inquiry,
    subject: input.subject,
    mode: input.mode,
    returnUrl: input.returnUrl(payment.id),
  });
  switch (outcome.status) {
    case 'ready':
      return { status: 'proceed', payment, next: outcome.next };
    case 'failed':
      // This says that no new visit can begin, not that no earlier visit paid: only a query or a close proves that.
      return settledOutcome(
        outcome.reason === 'expiry_out_of_range'
          ? await ask(context, payment, 'query')
          : await cancelPayment(context, payment),
      );
    case 'unknown':
      return { status: 'pending', payment: await applyOutcome(context, payment, outcome) };
  }
}

function settledOutcome(payment: Payment): PayOutcome {
  const paid =
    payment.state === 'PAID' || payment.state === 'PARTIALLY_REFUNDED' || payment.state === 'REFUNDED';
  return { status: paid ? 'paid' : 'pending', payment };
}

/** The payment that the same submit made before, if it did. */
async function storedPayment(
  context: CheckoutContext,
  input: PayInput,
): Promise<Result<Payment, { code: 'idempotency_key_reused' }> | null> {
  const stored = await storedAnswer(context.db, {
    scope: `pay:${input.userId}`,
    key: input.idempotencyKey,
  });
  if (!stored) return null;
  if (stored.fingerprint !== fingerprintOf(input)) return refuse({ code: 'idempotency_key_reused' });
  const payment = await findPayment(context.db, stored.response);
  return payment ? ok(payment) : null;
}

async function refusalOf(
  context: CheckoutContext,
  checkout: Checkout,
  input: PayInput,
): Promise<PayRefusal | null> {
  const { order, quote } = checkout;
  if (order.state !== 'open') return notOpen(context, order.id);
  if (order.payBy <= context.now) return { code: 'order_expired' };
  const { cardMinor, externalMinor } = input.expected;
  if (quote.cardMinor !== cardMinor || quote.remainderMinor !== externalMinor)
    return { code: 'split_changed' };
  if (quote.remainderMinor === 0n) return null;
  if (!input.method) return { code: 'method_needed' };
  const gateway = context.gateway(input.method);
  const takes = gateway && takesPayment(gateway, { currency: order.currency, amountMinor: externalMinor });
  return takes ? null : { code: 'method_unavailable' };
}

/** Whether the gateway can collect this at all: its currency, within its limits. */
export function takesPayment(gateway: Gateway, money: { currency: Currency; amountMinor: bigint }): boolean {
  const { currencies, amount } = gateway.capabilities;
  return (
    currencies.includes(money.currency) &&
    money.amountMinor >= amount.minMinor &&
    money.amountMinor <= amount.maxMinor
  );
}

async function notOpen(context: CheckoutContext, orderId: string): Promise<PayRefusal> {
  const payment = await findPaymentOfOrder(context.db, orderId);
  return payment && paymentStates[payment.state].alive
    ? { code: 'already_being_paid', paymentId: payment.id }
    : { code: 'order_not_payable' };
}

async function commitRefusal(
  context: CheckoutContext,
  input: PayInput,
  refusal: CommitRefusal,
): Promise<PayRefusal> {
  switch (refusal.code) {
    case 'idempotency_key_reused':
      return { code: 'idempotency_key_reused' };
    case 'insufficient_funds':
      return { code: 'split_changed' };
    case 'duplicate':
      return notOpen(context, input.orderId);
    case 'row_changed':
      // The order is the first guarded row, the cards follow.
      return refusal.update === 0 ? notOpen(context, input.orderId) : { code: 'split_changed' };
    default:
      throw new Error(`a reservation cannot be refused for ${refusal.code}`);
  }
}

function fingerprintOf({ orderId, choice, method, expected }: PayInput): string {
  const choices = choice?.map(({ cardId, maxMinor }) => [cardId, maxMinor?.toString() ?? null]) ?? null;
  const parts = [orderId, choices, method, expected.cardMinor.toString(), expected.externalMinor.toString()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
