import { type CheckoutContext, findPaymentOfOrder, findRefundByKey, refundPayment } from '@/lib/checkout';
import { commitUnit, type Database, type Unit } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import { findPurchase, outboxRow, type Purchase, type Withdrawal, withdrawalsOf } from './store';
import { REASON } from './withdraw-purchase';

/**
 * Sends what was paid for cards that were handed back to the method that paid. The cards are dead by then. The same
 * withdrawal again is the same refund, unless support has it asked for anew after a refusal.
 */
export async function refundWithdrawn(checkout: CheckoutContext, purchaseId: string): Promise<void> {
  const purchase = await findPurchase(checkout.db, { id: purchaseId });
  if (!purchase) return;
  const refusals: string[] = [];
  for (const withdrawal of await withdrawalsOf(checkout.db, { purchaseId, state: 'returning' })) {
    const refusal = await refundOne(checkout, purchase, withdrawal);
    if (refusal) refusals.push(`${withdrawal.id}: ${refusal}`);
  }
  if (refusals.length > 0) throw new Error(`money of cards cannot go back: ${refusals.join(', ')}`);
}

async function refundOne(
  checkout: CheckoutContext,
  { userId, orderId }: Purchase,
  { amountMinor, refundKey }: Withdrawal,
): Promise<string | null> {
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
  if (!refunded.ok) return refunded.refusal.code;
  if (refunded.value.state === 'SUCCEEDED') await endWithdrawal(checkout, { paymentId: payment.id });
  return null;
}

const LOOKS = 40;

/** Notes which withdrawals have their money back. Does nothing for a payment that was not for cards. */
export async function endWithdrawal(
  context: { readonly db: Database; readonly now: Date },
  { paymentId }: { readonly paymentId: string },
): Promise<void> {
  const { db } = context;
  const payment = await db.payment.findUnique({ where: { id: paymentId }, select: { orderId: true } });
  const orderId = payment?.orderId;
  for (let look = 1; orderId && look <= LOOKS; look += 1) {
    const purchase = await findPurchase(db, { orderId });
    if (!purchase) return;
    const unit = await endOf(context, { purchase, paymentId });
    if (!unit || (await commitUnit(db, unit)).outcome === 'committed') return;
  }
  invariant(orderId === undefined, `withdrawals of ${paymentId} kept changing while they ended`);
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
