import { invariant } from '@/lib/kernel';
import { commit } from '@/lib/ledger';
import type { CheckoutContext, Payment } from './model';
import { movePayment, moveTender } from './move-payment';
import { cardTenders, externalTenders, releaseTransfers, settleTransfers } from './movements';
import { nextPaymentState } from './payment-states';
import { findPayment, outboxRow } from './store';

const TRIES = 5;

/**
 * Ends a payment successfully, in one commit: every hold is captured, the external part is booked, the order is paid.
 * `gatewayTradeNo` is the gateway's proof of the other part. A payment that is already paid stays as it is.
 * `payment`: as it was just written or read, or its id.
 */
export function settlePayment(
  context: CheckoutContext,
  payment: Payment | string,
  gatewayTradeNo?: string,
): Promise<Payment> {
  return endPayment(context, payment, {
    done: (payment) => !['HELD', 'EXTERNAL_PENDING', 'CANCELLING'].includes(payment.state),
    unit: (payment) => settlementUnit(payment, context.now, gatewayTradeNo),
    after: (payment) => ({
      ...closed(payment, 'settled'),
      tenders: payment.tenders.map((tender) => ({
        ...tender,
        state: 'CAPTURED',
        ...(tender.kind === 'external' ? { gatewayReference: gatewayTradeNo ?? null } : {}),
      })),
    }),
  });
}

/** The second phase of a payment as one unit of work. */
export function settlementUnit(payment: Payment, now: Date, gatewayTradeNo?: string): PaymentUnit {
  invariant(
    payment.externalMinor === 0n || gatewayTradeNo,
    'the other part is proven before a payment is settled',
  );
  const move = movePayment(payment, 'settled', {
    now,
    set: { settledAt: now.toISOString(), checkAt: null },
  });
  return {
    updates: [
      move.update,
      {
        table: 'Order',
        key: { id: payment.orderId },
        expect: { state: 'paying' },
        set: { state: 'paid', paidAt: now.toISOString() },
      },
      ...cardTenders(payment).map((tender) => moveTender(tender, 'CAPTURED')),
      ...externalTenders(payment).map((tender) =>
        moveTender(tender, 'CAPTURED', { gatewayReference: gatewayTradeNo ?? null }),
      ),
    ],
    inserts: [
      { table: 'PaymentEvent' as const, rows: [move.event] },
      {
        table: 'OutboxMessage' as const,
        rows: [outboxRow('payment.paid', { paymentId: payment.id, userId: payment.userId }, now)],
      },
    ],
    transfers: settleTransfers(payment),
  };
}

/**
 * Ends a payment that came to nothing: every hold is released and the order can be paid again. Only for a payment
 * whose other part is proven dead.
 */
export function releasePayment(context: CheckoutContext, paymentId: string): Promise<Payment> {
  return endPayment(context, paymentId, {
    done: (payment) => payment.state !== 'CANCELLING',
    unit: (payment) => {
      const { now } = context;
      const move = movePayment(payment, 'released', { now, set: { checkAt: null } });
      return {
        updates: [
          move.update,
          {
            table: 'Order',
            key: { id: payment.orderId },
            expect: { state: 'paying' },
            set: { state: 'open' },
          },
          ...cardTenders(payment).map((tender) => moveTender(tender, 'VOIDED')),
          ...externalTenders(payment).map((tender) => moveTender(tender, 'CLOSED')),
        ],
        inserts: [
          { table: 'PaymentEvent' as const, rows: [move.event] },
          {
            table: 'OutboxMessage' as const,
            rows: [outboxRow('payment.cancelled', { paymentId, userId: payment.userId }, now)],
          },
        ],
        transfers: releaseTransfers(payment),
      };
    },
    after: (payment) => ({
      ...closed(payment, 'released'),
      tenders: payment.tenders.map((tender) => ({
        ...tender,
        state: tender.kind === 'card' ? 'VOIDED' : 'CLOSED',
      })),
    }),
  });
}

/** As the payment stands after its last move; nobody has to look at it again. */
function closed(payment: Payment, event: 'settled' | 'released'): Payment {
  const state = nextPaymentState(payment.state, event);
  invariant(state, `no ${event} from ${payment.state}`);
  return { ...payment, state, checkAt: null };
}

type PaymentUnit = Omit<Parameters<typeof commit>[1], 'idempotency'>;

interface End {
  readonly done: (payment: Payment) => boolean;
  readonly unit: (payment: Payment) => PaymentUnit;
  /** What the unit makes of the payment, so that it need not be read again. */
  readonly after: (payment: Payment) => Payment;
}

/** Reads, builds the commit on what was read, and tries again when somebody else moved the payment in between. */
async function endPayment(context: CheckoutContext, from: Payment | string, end: End): Promise<Payment> {
  const paymentId = typeof from === 'string' ? from : from.id;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    // A payment that was just written is not read again: if it was moved since, the commit's guards refuse.
    const known = attempt === 1 && typeof from !== 'string' ? from : null;
    const payment = known ?? (await findPayment(context.db, paymentId));
    invariant(payment, `payment ${paymentId}`);
    if (end.done(payment)) return payment;
    const result = await commit(context.db, end.unit(payment), context.now);
    if (result.ok) return end.after(payment);
    if (result.refusal.code !== 'row_changed') {
      throw new Error(`payment ${paymentId} cannot end: ${result.refusal.code}`);
    }
  }
  const payment = await findPayment(context.db, paymentId);
  invariant(payment && end.done(payment), `payment ${paymentId} kept changing`);
  return payment;
}
