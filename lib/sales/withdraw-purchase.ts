import { type SoldCard, soldCardsOf, takeBackSoldCards } from '@/lib/cards';
import { type CheckoutContext, findPaymentOfOrder, refundPayment } from '@/lib/checkout';
import { commitUnit, type Database, type GuardedUpdate } from '@/lib/database';
import { withdrawnGifts } from '@/lib/gifts';
import { type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { balancesOf, commit, heldOf, usableOf } from '@/lib/ledger';
import { findPolicyPack, withdrawalEndsAt } from '@/lib/policy';
import type { CardsObstacle, WithdrawalRefusal } from './model';
import { counterAccount, findPurchase, outboxRow, type Purchase } from './store';

export interface WithdrawalContext {
  readonly db: Database;
  readonly now: Date;
  /** The issuer's time zone: the days of the right are days there. */
  readonly zone: string;
}

/** Until when a purchase may be handed back (exclusive); null = its policy or its buyer has no such right. */
export function withdrawableUntil(
  purchase: Pick<Purchase, 'policyPack' | 'buyer' | 'paidAt'>,
  zone: string,
): Date | null {
  const pack = findPolicyPack(purchase.policyPack);
  if (!pack || purchase.buyer !== 'individual' || purchase.paidAt === null) return null;
  return withdrawalEndsAt(pack, purchase.paidAt, zone);
}

/**
 * Hands an unused purchase back (法释〔2025〕4号: the principal, within seven days). In one unit every card is closed and
 * its whole value leaves it, and the purchase waits for its money; then checkout sends the price back to the method that
 * paid (`refundWithdrawn`, which the outbox calls). A payment from one of the cards, a claim or a freeze that comes first
 * makes the unit fail as a whole, and one that comes later finds the card dead. What made it fail is then looked at again,
 * so that the reason that is given is the one that holds.
 */
export async function withdrawPurchase(
  context: WithdrawalContext,
  { purchaseId, userId }: { readonly purchaseId: string; readonly userId: Id<'usr'> },
): Promise<Result<undefined, WithdrawalRefusal>> {
  const { db, now, zone } = context;
  for (let look = 1; look <= LOOKS; look += 1) {
    const purchase = await findPurchase(db, { id: purchaseId });
    if (!purchase || purchase.userId !== userId) return refuse({ code: 'purchase_not_found' });
    const refusal = refusalOf(purchase, withdrawableUntil(purchase, zone), now);
    if (refusal) return refuse(refusal);
    const order = await db.order.findUniqueOrThrow({ where: { id: purchase.orderId } });
    if (order.state !== 'paid') return refuse({ code: 'refunded_otherwise' });
    invariant(purchase.batchId, 'an issued purchase has a batch');
    const cards = await soldCardsOf(db, purchase.batchId);
    const obstacle = await obstacleToWithdrawal(db, cards, purchase);
    if (obstacle) return refuse({ code: obstacle });
    const result = await commit(db, await withdrawalUnit(context, purchase, cards), now);
    if (result.ok) return ok();
  }
  invariant(false, `purchase ${purchaseId} kept changing while it was handed back`);
}

const LOOKS = 4;

function refusalOf(purchase: Purchase, until: Date | null, now: Date): WithdrawalRefusal | null {
  if (purchase.state === 'withdrawing' || purchase.state === 'withdrawn')
    return { code: 'already_withdrawn' };
  if (purchase.state !== 'issued') return { code: 'not_issued' };
  if (purchase.buyer !== 'individual') return { code: 'not_a_consumer' };
  return until === null || now >= until ? { code: 'too_late' } : null;
}

/** Why the cards are not as they were sold: in nobody's or the buyer's hands, with all their value free; null: they are. */
export async function obstacleToWithdrawal(
  db: Database,
  cards: readonly SoldCard[],
  purchase: Pick<Purchase, 'userId' | 'quantity'>,
): Promise<CardsObstacle | null> {
  invariant(cards.length === purchase.quantity, 'every card of an issued purchase is there');
  const balances = await balancesOf(
    db,
    cards.map(({ accountId }) => accountId),
  );
  const obstacles = new Set(
    cards.map((card) => {
      const balance = balances.get(card.accountId);
      invariant(balance, 'a card has an account');
      const { holderId, state, faceMinor } = card;
      if (holderId !== null && holderId !== purchase.userId) return 'cards_taken';
      if (state === 'closed' || usableOf(balance) + heldOf(balance) !== faceMinor) return 'cards_used';
      if (state === 'frozen') return 'cards_frozen';
      return heldOf(balance) > 0n ? 'cards_paying' : null;
    }),
  );
  return OBSTACLES.find((obstacle) => obstacles.has(obstacle)) ?? null;
}

/** What can no longer be changed first, what passes by itself last. */
const OBSTACLES = [
  'cards_taken',
  'cards_used',
  'cards_frozen',
  'cards_paying',
] as const satisfies readonly CardsObstacle[];

async function withdrawalUnit(
  { db, now }: WithdrawalContext,
  purchase: Purchase,
  cards: readonly SoldCard[],
): Promise<Parameters<typeof commit>[1]> {
  const { id, userId, orderId, unitMinor, currency } = purchase;
  const back = takeBackSoldCards(cards, {
    purchaseId: id,
    unitMinor,
    counterAccountId: await counterAccount(db),
    currency,
    actorId: userId,
    now,
  });
  return {
    updates: [
      { table: 'CardPurchase', key: { id }, expect: { state: 'issued' }, set: { state: 'withdrawing' } },
      // Only what was paid and not refunded in any other way.
      { table: 'Order', key: { id: orderId }, expect: { state: 'paid' }, set: {} },
      // A gift that is claimed in the meantime makes the unit fail.
      ...(await withdrawnGifts(db, { purchaseId: id, now })),
      ...(await cancelledInvoice(db, id)),
      ...back.updates,
    ],
    inserts: [
      { table: 'CardEvent', rows: back.events },
      { table: 'OutboxMessage', rows: [outboxRow('purchase.withdrawing', { purchaseId: id, userId }, now)] },
    ],
    transfers: back.transfers,
  };
}

async function cancelledInvoice(db: Database, purchaseId: string): Promise<GuardedUpdate[]> {
  const invoice = await db.invoice.findUnique({ where: { purchaseId }, select: { id: true, state: true } });
  if (!invoice) return [];
  const { id, state } = invoice;
  return [{ table: 'Invoice', key: { id }, expect: { state }, set: { state: 'cancelled' } }];
}

/**
 * Sends the price of a purchase that was handed back to the method that paid. Its cards are dead by then. The same
 * purchase again is the same refund; with one more in `refused`, what the gateway has refused so often is asked for anew.
 */
export async function refundWithdrawn(
  checkout: CheckoutContext,
  purchaseId: string,
  refused = 0,
): Promise<void> {
  const purchase = await findPurchase(checkout.db, { id: purchaseId });
  if (purchase?.state !== 'withdrawing') return;
  const payment = await findPaymentOfOrder(checkout.db, purchase.orderId);
  invariant(payment, 'a purchase that was issued was paid');
  const lines = new Map<string, bigint>();
  for (const line of payment.tenders.flatMap((tender) => tender.lines)) {
    lines.set(line.orderLineId, (lines.get(line.orderLineId) ?? 0n) + line.amountMinor);
  }
  const refunded = await refundPayment(checkout, {
    paymentId: payment.id,
    lines: [...lines].map(([lineId, amountMinor]) => ({ lineId, amountMinor })),
    reason: 'withdrawal',
    actorId: purchase.userId,
    idempotencyKey: refused === 0 ? `withdrawal:${purchase.id}` : `withdrawal:${purchase.id}:${refused}`,
  });
  if (!refunded.ok) throw new Error(`the price of ${purchase.id} cannot go back: ${refunded.refusal.code}`);
  if (refunded.value.state === 'SUCCEEDED') await endWithdrawal(checkout, { paymentId: payment.id });
}

/** The money is back: the purchase has come to its end. Does nothing for a payment that was not for cards. */
export async function endWithdrawal(
  { db, now }: { readonly db: Database; readonly now: Date },
  { paymentId }: { readonly paymentId: string },
): Promise<void> {
  const payment = await db.payment.findUnique({ where: { id: paymentId }, select: { orderId: true } });
  const purchase = payment && (await findPurchase(db, { orderId: payment.orderId }));
  if (purchase?.state !== 'withdrawing') return;
  const { id, userId } = purchase;
  await commitUnit(db, {
    updates: [
      { table: 'Order', key: { id: purchase.orderId }, expect: { state: 'refunded' }, set: {} },
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state: 'withdrawing' },
        set: { state: 'withdrawn', withdrawnAt: now.toISOString(), sealedPlan: null },
      },
    ],
    inserts: [
      { table: 'OutboxMessage', rows: [outboxRow('purchase.returned', { purchaseId: id, userId }, now)] },
    ],
  });
}
