import { instantTexts } from '@/lib/database';
import { forEachPagedRow, forEachRow, type Id, invariant } from '@/lib/kernel';
import { type Balance, commit, houseAccount, openAccounts, type Transfer, usableOf } from '@/lib/ledger';
import type { MoveContext } from './move-card';
import { type CardEventKind, cardEventRow, cardIdOf, currencyOf } from './store';

/** How many cards are read, and then settled, together. */
const PAGE = 200;

/**
 * Moves what lies free on cards whose last day has passed to the dormant account (`expire`), where it is still owed and
 * seen by its holder; and back (`revive`) what is dormant of a card that is good again, so that an extension never leaves
 * anything behind. What a payment holds stays with it: if it comes back, as a refund does, a later run finds it.
 *
 * Safe to repeat, to kill and to run twice at once. Against a payment the card's balance decides; against an extension the
 * card's row, which must still have the same last day and the same dormant value. A transfer is named by card, last day and
 * the entry of the statement that it becomes, so that one move is never made twice.
 */
export async function expireCards(context: MoveContext): Promise<{ readonly moved: number }> {
  let moved = 0;
  const opened = new Map<string, Promise<void>>();
  // Once for all cards of a currency; where that fails it fails for one card, and the next one tries again.
  const openFor = ({ account: { currency } }: EndingCard) => {
    const open = () => openDormant(context, currency);
    const opening = opened.get(currency)?.catch(open) ?? open();
    opened.set(currency, opening);
    return opening;
  };
  await forEachRow(WALKS, async ({ find }) => {
    const page = (after: string) => find(context, after);
    moved += await forEachPagedRow({ page, size: PAGE, together: true }, async (card) => {
      await openFor(card);
      return settle(context, card);
    });
  });
  return { moved };
}

interface EndingCard {
  readonly id: string;
  readonly accountId: string;
  readonly expiresAt: Date | null;
  readonly dormantMinor: bigint;
  readonly account: Balance & { readonly entryCount: bigint; readonly currency: string };
}

const FIELDS = {
  id: true,
  accountId: true,
  expiresAt: true,
  dormantMinor: true,
  account: {
    select: {
      currency: true,
      entryCount: true,
      debitsPending: true,
      debitsPosted: true,
      creditsPending: true,
      creditsPosted: true,
    },
  },
} as const;

function endedWithValue({ db, now }: MoveContext, after: string): Promise<EndingCard[]> {
  return db.card.findMany({
    where: {
      id: { gt: after },
      // The validity of one that was never activated has not begun.
      state: { not: 'issued' },
      expiresAt: { lte: now },
      account: { creditsPosted: { gt: db.account.fields.debitsPosted } },
    },
    orderBy: { id: 'asc' },
    take: PAGE,
    select: FIELDS,
  });
}

function dormantButGood({ db, now }: MoveContext, after: string): Promise<EndingCard[]> {
  return db.card.findMany({
    where: {
      id: { gt: after },
      dormantMinor: { gt: 0n },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    orderBy: { id: 'asc' },
    take: PAGE,
    select: FIELDS,
  });
}

const WALKS = [
  { id: 'ended', find: endedWithValue },
  { id: 'good again', find: dormantButGood },
];

/** False when there was nothing to move, or another unit was faster: the next run tries again. */
async function settle({ db, now }: MoveContext, card: EndingCard): Promise<boolean> {
  const ended = card.expiresAt !== null && card.expiresAt <= now;
  const amountMinor = ended ? usableOf(card.account) : card.dormantMinor;
  if (amountMinor === 0n) return false;
  const id = cardIdOf(card.id);
  const result = await commit(
    db,
    {
      updates: [guardAsRead(card)],
      inserts: [eventOf(id, ended ? 'expired' : 'revived', now)],
      transfers: [dormantTransfer(card, { type: ended ? 'expire' : 'revive', amountMinor })],
    },
    now,
  );
  if (result.ok) return true;
  const { code } = result.refusal;
  // A payment took from it, it was extended, or another worker settled it.
  const overtaken = code === 'row_changed' || code === 'insufficient_funds' || code === 'duplicate';
  invariant(overtaken, `card ${card.id} cannot be settled: ${code}`);
  return false;
}

/** A guard that the card is as it was read. It also writes the card, so that two units on the same card run one after the other. */
export function guardAsRead(card: Pick<EndingCard, 'id' | 'expiresAt' | 'dormantMinor'>) {
  const { id, expiresAt, dormantMinor } = card;
  return {
    table: 'Card' as const,
    key: { id },
    expect: { expiresAt: expiresAt && instantTexts(expiresAt), dormantMinor },
    set: { expiresAt: expiresAt?.toISOString() ?? null },
  };
}

export function eventOf(cardId: Id<'crd'>, kind: CardEventKind, now: Date) {
  return {
    table: 'CardEvent' as const,
    rows: [cardEventRow({ cardId, kind, actorId: null, reason: null, at: now })],
  };
}

function dormantTransfer(
  card: EndingCard,
  { type, amountMinor }: { readonly type: 'expire' | 'revive'; readonly amountMinor: bigint },
): Transfer {
  const account = { id: card.accountId, kind: 'card' as const };
  const dormant = houseAccount('dormant', currencyOf(card.account.currency));
  const ends = card.expiresAt?.getTime() ?? 'never';
  return {
    type: 'post',
    id: `${card.id}:${type}:${ends}:${card.account.entryCount + 1n}`,
    movement: type,
    debit: type === 'expire' ? account : dormant,
    credit: type === 'expire' ? dormant : account,
    amountMinor,
    reference: card.id,
  };
}

async function openDormant({ db, now }: MoveContext, given: string): Promise<void> {
  const currency = currencyOf(given);
  const kinds = ['dormant', 'promotion'] as const;
  await openAccounts(
    db,
    kinds.map((kind) => ({ ...houseAccount(kind, currency), currency, now })),
  );
}
