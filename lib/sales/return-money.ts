import {
  type CheckoutContext,
  findPaymentOfOrder,
  findRefundByKey,
  type RefundRefusal,
  refundPayment,
} from '@/lib/checkout';
import { commitUnit, type Database, type Unit } from '@/lib/database';
import { forEachRow, invariant, ok, type Result } from '@/lib/kernel';
import { findPurchase, outboxRow, type Purchase, type Withdrawal, withdrawalsOf } from './store';
import { REASON } from './withdraw-purchase';

/**
 * Sends what was paid for cards that were handed back to the method that paid. The cards are dead by then. The same
 * withdrawal again is the same refund, unless support has it asked for anew after a refusal.
 */
export async function refundWithdrawn(checkout: CheckoutContext, purchaseId: string): Promise<void> {
  const purchase = await findPurchase(checkout.db, { id: purchaseId });
  if (!purchase) return;
  await forEachRow(
    await withdrawalsOf(checkout.db, { purchaseId, state: 'returning' }),
    async (withdrawal) => {
      const refunded = await refundWithdrawal(checkout, purchase, withdrawal);
      if (!refunded.ok) throw new Error(`money of cards cannot go back: ${refunded.refusal.code}`);
    },
  );
}

/** The same for one withdrawal alone, whatever holds up others of its purchase. A refusal means that nothing was asked for. */
export async function refundWithdrawal(
  checkout: CheckoutContext,
  { userId, orderId }: Purchase,
  { amountMinor, refundKey }: Withdrawal,
): Promise<Result<undefined, RefundRefusal>> {
  const payment = await findPaymentOfOrder(checkout.db, orderId);
  invariant(payment, 'a purchase that was issued was paid');
  const lines = new Set(payment.tenders.flatMap((tender) => tender.lines.map((line) => line.orderLineId)));
  const [lineId, ...more] = lines;
  invariant(lineId !== undefined && more.length === 0, 'cards are one line of an order');
  const refunded = await refundPayment(checkout, {
    paymentId: payment.id,
    lines: [{ lineId, amountMinor }],
    reason: REASON,
    actorId: userId,
    idempotencyKey: refundKey,
  });
  if (!refunded.ok) return refunded;
  // Where others are faster again and again, the message that the refund left behind ends the withdrawal.
  if (refunded.value.state === 'SUCCEEDED') await endWithdrawal(checkout, { paymentId: payment.id });
  return ok();
}

const MAX_ATTEMPTS = 40;

/**
 * Notes which withdrawals have their money back. Does nothing for a payment that was not for cards. Returns false when the
 * purchase kept changing meanwhile: then it is to be called again.
 */
export async function endWithdrawal(
  context: { readonly db: Database; readonly now: Date },
  { paymentId }: { readonly paymentId: string },
): Promise<boolean> {
  const { db } = context;
  const payment = await db.payment.findUnique({ where: { id: paymentId }, select: { orderId: true } });
  if (!payment) return true;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const purchase = await findPurchase(db, { orderId: payment.orderId });
    const unit = purchase && (await endOf(context, { purchase, paymentId }));
    if (!unit || (await commitUnit(db, unit)).outcome === 'committed') return true;
  }
  return false;
}

/** The last of several withdrawals to end ends the purchase, so each makes sure that those it saw open still are. */
async function endOf(
  { db, now }: { readonly db: Database; readonly now: Date },
  { purchase, paymentId }: { readonly purchase: Purchase; readonly paymentId: string },
): Promise<Unit | null> {
  const { id, userId, state, withdrawnCards } = purchase;
  const open = await withdrawalsOf(db, { purchaseId: id, state: 'returning' });
  const refunds = await Promise.all(
    open.map(({ refundKey }) => findRefundByKey(db, { paymentId, idempotencyKey: refundKey })),
  );
  const back = open.filter((_, index) => refunds[index]?.state === 'SUCCEEDED');
  if (back.length === 0) return null;
  const ends = state === 'withdrawing' && back.length === open.length;
  const at = now.toISOString();
  return {
    updates: [
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state, withdrawnCards },
        set: ends ? { state: 'withdrawn', withdrawnAt: at, sealedPlan: null } : {},
      },
      ...open.map((each) => ({
        table: 'Withdrawal' as const,
        key: { id: each.id },
        expect: { state: 'returning' },
        set: back.includes(each) ? { state: 'returned', returnedAt: at } : {},
      })),
    ],
    inserts: [
      {
        table: 'OutboxMessage',
        rows: back.map((each) =>
          outboxRow('purchase.returned', { purchaseId: id, withdrawalId: each.id, userId }, now),
        ),
      },
    ],
  };
}
