import { handOverCard } from '@/lib/cards';
import { commitUnit, type Database, type GuardedUpdate, type Tx } from '@/lib/database';
import { forEachPagedRow, forEachRow, type Id, ok, plusMs, type Result, refuse } from '@/lib/kernel';
import type { ClaimContext } from './claim-gift';
import { type Gift, type GiftRefusal, giftStateAfter, giftStatesBefore, RETURN_NOTICE_MS } from './model';
import {
  findGift,
  type GiftContext,
  giftMessage,
  giftMove,
  giftOf,
  giftsPastClaim,
  giftsToNotice,
} from './store';

/**
 * The sender takes a gift back that nobody has claimed (撤回): its link is dead and the card goes into the sender's own
 * wallet, both or neither. Refuses a gift of somebody else as one that does not exist.
 */
export async function revokeGift(
  context: ClaimContext,
  request: { readonly giftId: string; readonly senderId: Id<'usr'> },
): Promise<Result<{ readonly cardId: Id<'crd'> }, GiftRefusal>> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const gift = await findGift(context.db, request.giftId);
    if (!gift || gift.senderId !== request.senderId) return refuse({ code: 'gift_not_found' });
    if (giftStateAfter(gift.state, 'revoke') === null) {
      return refuse({ code: 'not_possible_in_state', state: gift.state });
    }
    if (await giveBack(context, gift, 'revoke')) return ok({ cardId: gift.cardId });
  }
  throw new Error(`gift ${request.giftId} kept changing while it was revoked`);
}

/**
 * Gives back what nobody claimed in time and tells both sides a week before. Each once: a second worker, or the same after
 * it died, finds the row changed.
 */
export async function returnUnclaimedGifts(context: ClaimContext): Promise<void> {
  const { db, now } = context;
  const ended = (after: string, take: number) => giftsPastClaim(db, now, { after, take });
  const soon = (after: string, take: number) =>
    giftsToNotice(db, { after: now, until: plusMs(now, RETURN_NOTICE_MS) }, { after, take });
  const walks = [
    { id: 'ended', page: ended, work: (gift: Gift) => giveBack(context, gift, 'return') },
    { id: 'ending', page: soon, work: (gift: Gift) => giveNotice(context, gift) },
  ];
  await forEachRow(walks, ({ page, work }) => forEachPagedRow<Gift>({ page, size: BATCH }, work));
}

/**
 * The changes that end the unclaimed gifts of cards which are handed back, for the unit of work that closes the cards.
 * Locks come in the order gift, card, as everywhere.
 */
export async function withdrawnGifts(
  client: Database | Tx,
  { cardIds, now }: { readonly cardIds: readonly string[]; readonly now: Date },
): Promise<GuardedUpdate[]> {
  const rows = await client.gift.findMany({
    where: { cardId: { in: [...cardIds] }, state: { in: giftStatesBefore('revoke') } },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => giftMove(giftOf(row), 'revoke', { endedAt: now.toISOString() }));
}

/** A gift that was changed meanwhile is read anew; people do not change one this often at once. */
const MOST_TRIES = 4;
const BATCH = 50;

/** False when the gift was changed since it was read. A closed card stays closed: then only the gift ends. */
async function giveBack(
  { db, now, zone }: ClaimContext,
  gift: Gift,
  move: 'revoke' | 'return',
): Promise<boolean> {
  const { cardId, senderId } = gift;
  const handOver = await handOverCard(db, { cardId, userId: senderId, now, zone });
  const parts = handOver.ok ? handOver.value : { updates: [], inserts: [] };
  const outcome = await commitUnit(db, {
    updates: [giftMove(gift, move, { endedAt: now.toISOString() }), ...parts.updates],
    inserts: [
      ...parts.inserts,
      {
        table: 'OutboxMessage',
        rows: [
          giftMessage({
            topic: move === 'revoke' ? 'gift.revoked' : 'gift.returned',
            payload: { userId: senderId, giftId: gift.id, cardId },
            now,
          }),
        ],
      },
    ],
  });
  return outcome.outcome === 'committed';
}

async function giveNotice({ db, now }: GiftContext, gift: Gift): Promise<unknown> {
  const { id, state, tokenVersion, senderId } = gift;
  return commitUnit(db, {
    updates: [
      {
        table: 'Gift',
        key: { id },
        expect: { state, tokenVersion, noticedAt: null },
        set: { noticedAt: now.toISOString() },
      },
    ],
    inserts: [
      {
        table: 'OutboxMessage',
        rows: [
          giftMessage({ topic: 'gift.returning', payload: { userId: senderId, giftId: id }, now }),
          giftMessage({
            topic: 'gift.reminder',
            payload: { giftId: id, version: String(tokenVersion) },
            now,
          }),
        ],
      },
    ],
  });
}
