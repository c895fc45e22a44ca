import { invariant } from '@/lib/kernel';
import { commit, houseAccount, type Transfer } from '@/lib/ledger';
import { type CheckoutContext, nextCheckAt, type Payment } from './model';
import { movePayment } from './move-payment';
import { externalTenders, receivable } from './movements';
import { findPayment } from './store';

/**
 * Money arrived although its payment was over and the holds are gone. It is booked as suspense and sent back; the
 * cards are not touched, and the order is paid again by the shopper if they still want it.
 */
export async function takeLateMoney(
  context: CheckoutContext,
  payment: Payment,
  gatewayTradeNo: string,
): Promise<Payment> {
  const { now } = context;
  const [tender] = externalTenders(payment);
  invariant(tender, 'late money belongs to an external tender');
  const move = movePayment(payment, 'late_money', {
    now,
    set: { checkAt: now.toISOString(), checks: 0 },
    detail: gatewayTradeNo,
  });
  const arrived: Transfer = {
    type: 'post',
    id: `${tender.id}:late-in`,
    movement: 'lateIn',
    debit: receivable(payment, tender),
    credit: houseAccount('suspense', payment.currency),
    amountMinor: tender.amountMinor,
    reference: payment.id,
  };
  const result = await commit(
    context.db,
    {
      updates: [
        move.update,
        {
          table: 'Tender',
          key: { id: tender.id },
          expect: { state: 'CLOSED' },
          set: { state: 'REFUNDING', gatewayReference: gatewayTradeNo },
        },
      ],
      inserts: [{ table: 'PaymentEvent', rows: [move.event] }],
      transfers: [arrived],
    },
    now,
  );
  invariant(result.ok || result.refusal.code === 'row_changed', 'late money is booked once');
  return reread(context, payment.id);
}

/** Sends late money back, asking with the same number until the gateway says it did. */
export async function returnLateMoney(context: CheckoutContext, payment: Payment): Promise<Payment> {
  const { now } = context;
  const [tender] = externalTenders(payment);
  invariant(tender?.gateway, 'late money belongs to an external tender');
  const gateway = context.gateway(tender.gateway);
  const outcome = await gateway?.refund({
    paymentNo: tender.id,
    refundNo: `${tender.id}_late`,
    amountMinor: tender.amountMinor,
    reason: 'late payment',
    now,
  });
  if (outcome?.status !== 'succeeded') {
    const checks = payment.checks + 1;
    await context.db.payment.updateMany({
      where: { id: payment.id, state: 'LATE_PAID' },
      data: { checks, checkAt: nextCheckAt(now, checks) },
    });
    return reread(context, payment.id);
  }
  const move = movePayment(payment, 'late_money_returned', { now, set: { checkAt: null } });
  const returned: Transfer = {
    type: 'post',
    id: `${tender.id}:late-out`,
    movement: 'lateOut',
    debit: houseAccount('suspense', payment.currency),
    credit: receivable(payment, tender),
    amountMinor: tender.amountMinor,
    reference: payment.id,
  };
  const result = await commit(
    context.db,
    {
      updates: [
        move.update,
        {
          table: 'Tender',
          key: { id: tender.id },
          expect: { state: 'REFUNDING' },
          set: { state: 'REFUNDED' },
        },
      ],
      inserts: [{ table: 'PaymentEvent', rows: [move.event] }],
      transfers: [returned],
    },
    now,
  );
  invariant(result.ok || result.refusal.code === 'row_changed', 'late money is returned once');
  return reread(context, payment.id);
}

async function reread(context: CheckoutContext, paymentId: string): Promise<Payment> {
  const payment = await findPayment(context.db, paymentId);
  invariant(payment, `payment ${paymentId}`);
  return payment;
}
