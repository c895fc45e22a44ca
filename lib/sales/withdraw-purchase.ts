import { type SoldCard, soldCardsOf, takeBackSoldCards } from '@/lib/cards';
import { findPaymentOfOrder } from '@/lib/checkout';
import type { Database, GuardedUpdate, Row } from '@/lib/database';
import { withdrawnGifts } from '@/lib/gifts';
import { type Id, invariant, newId, ok, type Result, refuse } from '@/lib/kernel';
import { balancesOf, commit, heldOf, usableOf } from '@/lib/ledger';
import { findPolicyPack, withdrawalEndsAt } from '@/lib/policy';
import { keyedQueue } from './keyed-queue';
import type { CardsObstacle, NoWithdrawal, WithdrawalRefusal } from './model';
import { counterAccount, findPurchase, outboxRow, type Purchase } from './store';

export interface WithdrawalContext {
  readonly db: Database;
  readonly now: Date;
  /** The issuer's time zone: the days of the right are days there. */
  readonly zone: string;
}

export interface WithdrawalRequest {
  readonly purchaseId: string;
  readonly userId: Id<'usr'>;
  /** Which of its cards go back; left out: all that were bought. */
  readonly cardIds?: readonly string[];
}

/** Until when cards of a purchase may be handed back (exclusive), or why not. */
export function rightOfWithdrawal(
  purchase: Pick<Purchase, 'policyPack' | 'buyer' | 'paidAt'>,
  { now, zone }: Pick<WithdrawalContext, 'now' | 'zone'>,
): Result<Date, NoWithdrawal> {
  if (purchase.buyer !== 'individual') return refuse({ code: 'not_a_consumer' });
  const pack = findPolicyPack(purchase.policyPack);
  const until = pack && purchase.paidAt && withdrawalEndsAt(pack, purchase.paidAt, zone);
  if (!until) return refuse({ code: 'no_right' });
  return now < until ? ok(until) : refuse({ code: 'too_late' });
}

/**
 * Hands unused cards back (法释〔2025〕4号: the principal, within seven days), all of a purchase or some of them. In one unit
 * each is closed and its whole value leaves it, and what they cost, each its share of the price, waits to go back; then
 * checkout sends it to the method that paid (`refundWithdrawn`, which the outbox calls). A payment from one of the cards, a
 * claim, a freeze or another withdrawal that comes first makes the unit fail as a whole, and one that comes later finds
 * the card dead. What made it fail is then read again, so that the reason that is given is the one that holds; `busy` when
 * the purchase kept changing.
 */
export function withdrawPurchase(
  context: WithdrawalContext,
  request: WithdrawalRequest,
): Promise<Result<undefined, WithdrawalRefusal>> {
  const { userId, purchaseId } = request;
  return inTurn(`${userId} ${purchaseId}`, () => withdrawNow(context, request));
}

/** Of the withdrawals of one purchase that come together all but one would be looked at in vain, again and again. */
const inTurn = keyedQueue();

/** Each attempt that fails is another withdrawal, payment or refund of the same purchase that came to pass. */
const MAX_ATTEMPTS = 40;

async function withdrawNow(
  context: WithdrawalContext,
  request: WithdrawalRequest,
): Promise<Result<undefined, WithdrawalRefusal>> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const chosen = await chooseCards(context, request);
    if (!chosen.ok) return chosen;
    const result = await commit(context.db, await withdrawalUnit(context, chosen.value), context.now);
    if (result.ok) return ok();
  }
  return refuse({ code: 'busy' });
}

interface Chosen {
  readonly purchase: Purchase;
  /** What is handed back. */
  readonly cards: readonly SoldCard[];
  /** How payment and order were found: as they must still be. */
  readonly paid: readonly GuardedUpdate[];
}

async function chooseCards(
  context: WithdrawalContext,
  { purchaseId, userId, cardIds }: WithdrawalRequest,
): Promise<Result<Chosen, WithdrawalRefusal>> {
  const { db } = context;
  const purchase = await findPurchase(db, { id: purchaseId });
  if (!purchase || purchase.userId !== userId) return refuse({ code: 'purchase_not_found' });
  const refusal = refusalOf(purchase, context);
  if (refusal) return refuse(refusal);
  const paid = await paidOnly(db, purchase);
  if (!paid) return refuse({ code: 'refunded_otherwise' });
  invariant(purchase.batchId, 'an issued purchase has a batch');
  const all = await soldCardsOf(db, purchase.batchId);
  invariant(all.length === purchase.quantity, 'every card of an issued purchase is there');
  const wanted = new Set<string>(cardIds ?? all.map(({ id }) => id));
  const cards = all.filter(({ id }) => wanted.has(id));
  if (cards.length === 0 || cards.length !== wanted.size) return refuse({ code: 'cards_unknown' });
  const obstacle = firstObstacle(await obstaclesOf(db, cards, userId));
  return obstacle ? refuse({ code: obstacle }) : ok({ purchase, cards, paid });
}

function refusalOf(purchase: Purchase, context: WithdrawalContext): WithdrawalRefusal | null {
  if (purchase.state === 'withdrawing' || purchase.state === 'withdrawn')
    return { code: 'already_withdrawn' };
  if (purchase.state !== 'issued') return { code: 'not_issued' };
  const right = rightOfWithdrawal(purchase, context);
  return right.ok ? null : right.refusal;
}

/** Payment and order, of which nothing went back but for withdrawals; null: something did. */
async function paidOnly(db: Database, { orderId }: Purchase): Promise<GuardedUpdate[] | null> {
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  const payment = await findPaymentOfOrder(db, orderId);
  invariant(payment, 'a purchase that was issued was paid');
  const { id, refundedMinor } = payment;
  const otherwise = await db.refund.count({
    where: { paymentId: id, state: { not: 'FAILED' }, OR: [{ reason: null }, { reason: { not: REASON } }] },
  });
  if (otherwise > 0 || (order.state !== 'paid' && order.state !== 'partially_refunded')) return null;
  return [
    { table: 'Payment', key: { id }, expect: { refundedMinor }, set: {} },
    { table: 'Order', key: { id: orderId }, expect: { state: order.state }, set: {} },
  ];
}

/** What the refund of a withdrawal says it is for. */
export const REASON = 'withdrawal';

/** Why each card is not as it was sold: in nobody's or the buyer's hands, with all its value free; null: it is. */
export async function obstaclesOf(
  db: Database,
  cards: readonly SoldCard[],
  buyerId: string,
): Promise<ReadonlyMap<string, CardsObstacle | null>> {
  const balances = await balancesOf(
    db,
    cards.map(({ accountId }) => accountId),
  );
  return new Map(
    cards.map((card) => {
      const balance = balances.get(card.accountId);
      invariant(balance, 'a card has an account');
      return [
        card.id,
        obstacleOf(card, { buyerId, usableMinor: usableOf(balance), heldMinor: heldOf(balance) }),
      ];
    }),
  );
}

function obstacleOf(
  { holderId, state, faceMinor }: SoldCard,
  found: { readonly buyerId: string; readonly usableMinor: bigint; readonly heldMinor: bigint },
): CardsObstacle | null {
  if (holderId !== null && holderId !== found.buyerId) return 'cards_taken';
  if (state === 'closed' || found.usableMinor + found.heldMinor !== faceMinor) return 'cards_used';
  if (state === 'frozen') return 'cards_frozen';
  return found.heldMinor > 0n ? 'cards_paying' : null;
}

/** What can no longer be changed first, what passes by itself last. */
const OBSTACLES = [
  'cards_taken',
  'cards_used',
  'cards_frozen',
  'cards_paying',
] as const satisfies readonly CardsObstacle[];

/** The one to tell of several. */
export function firstObstacle(found: ReadonlyMap<string, CardsObstacle | null>): CardsObstacle | null {
  const obstacles = new Set(found.values());
  return OBSTACLES.find((obstacle) => obstacles.has(obstacle)) ?? null;
}

async function withdrawalUnit(
  { db, now }: WithdrawalContext,
  { purchase, cards, paid }: Chosen,
): Promise<Parameters<typeof commit>[1]> {
  const { id, userId, quantity, unitMinor, currency } = purchase;
  const withdrawnCards = purchase.withdrawnCards + cards.length;
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
      ...paid,
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state: 'issued', withdrawnCards: purchase.withdrawnCards },
        set: { withdrawnCards, state: withdrawnCards === quantity ? 'withdrawing' : 'issued' },
      },
      // A gift that is claimed in the meantime makes the unit fail.
      ...(await withdrawnGifts(db, { cardIds: cards.map((card) => card.id), now })),
      ...(await changedInvoice(db, id, unitMinor * BigInt(quantity - withdrawnCards))),
      ...back.updates,
    ],
    inserts: [
      { table: 'CardEvent', rows: back.events },
      { table: 'Withdrawal', rows: [withdrawalRow(purchase, cards.length, now)] },
      { table: 'OutboxMessage', rows: [outboxRow('purchase.withdrawing', { purchaseId: id, userId }, now)] },
    ],
    transfers: back.transfers,
  };
}

function withdrawalRow({ id: purchaseId, unitMinor }: Purchase, cards: number, now: Date): Row {
  const id = newId('wdr');
  return {
    id,
    purchaseId,
    state: 'returning',
    cards,
    amountMinor: unitMinor * BigInt(cards),
    refundKey: `withdrawal:${id}`,
    refusals: 0,
    createdAt: now.toISOString(),
    returnedAt: null,
  };
}

/**
 * The invoice is for what is kept: one that was issued for more waits to be issued anew, and keeps its number until then, by
 * which whoever issues the new one strikes the old one out (红冲).
 */
async function changedInvoice(db: Database, purchaseId: string, keptMinor: bigint): Promise<GuardedUpdate[]> {
  const invoice = await db.invoice.findUnique({ where: { purchaseId } });
  if (!invoice || invoice.state === 'cancelled') return [];
  const { id, state, amountMinor } = invoice;
  const anew = { state: 'requested', amountMinor: keptMinor, issuedAt: null };
  const set = keptMinor === 0n ? { state: 'cancelled' } : anew;
  return [{ table: 'Invoice', key: { id }, expect: { state, amountMinor }, set }];
}
