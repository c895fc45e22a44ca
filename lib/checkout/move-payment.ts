import type { GuardedUpdate, Row } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import type { Payment, Tender } from './model';
import { nextPaymentState, type PaymentEventName, type PaymentState } from './payment-states';
import { eventRow } from './store';
import { type TenderState, tenderStatesBefore } from './tender-states';

/**
 * The only way a payment changes state: the update that expects today's state, and the event of the move, for one
 * commit. Throws when the table has no such edge.
 */
export function movePayment(
  payment: Payment,
  event: PaymentEventName,
  options: { now: Date; set?: Row; detail?: string },
): { to: PaymentState; update: GuardedUpdate; event: Row } {
  const to = nextPaymentState(payment.state, event);
  invariant(to, `no ${event} from ${payment.state}`);
  const { now, set, detail } = options;
  return {
    to,
    update: {
      table: 'Payment',
      key: { id: payment.id },
      expect: { state: payment.state, refundedMinor: payment.refundedMinor },
      set: { state: to, ...set },
    },
    event: eventRow({
      paymentId: payment.id,
      name: event,
      from: payment.state,
      to,
      at: now,
      ...(detail ? { detail } : {}),
    }),
  };
}

/**
 * Moves a tender along its table. The database judges by the stored state, not by the one that was read: payment and
 * tenders are read one after the other, so between the two a settlement may have happened.
 */
export function moveTender(tender: Tender, to: TenderState, set: Row = {}): GuardedUpdate {
  return {
    table: 'Tender',
    key: { id: tender.id },
    expect: { state: tenderStatesBefore(to) },
    set: { state: to, ...set },
  };
}
