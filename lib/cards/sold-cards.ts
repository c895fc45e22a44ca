import type { Database, GuardedUpdate, Row, Tx } from '@/lib/database';
import { type Currency, type Id, invariant } from '@/lib/kernel';
import { commit, houseAccount, type LedgerUnit, openAccounts, type Transfer } from '@/lib/ledger';
import { unseal } from '@/lib/vault';
import { type CardContext, fundedCard } from './issue-cards';
import type { CardSecret, IssueList } from './issue-list';
import { FORGOTTEN } from './kept-secrets';
import type { CardState, Programme } from './model';
import { type NewCard, newCardRow } from './new-card';
import { addBatch, cardEventRow, cardsWhere } from './store';

/** Cards that were bought at the counter: what they cost, and into whose hands they go. */
export interface Sale {
  readonly purchaseId: string;
  readonly batchId: Id<'btc'>;
  readonly programme: Programme;
  /** What one card cost, minor units; the rest of its face value is the discount. */
  readonly unitMinor: bigint;
  /** The counter's payable account: what was paid for the cards lies there. */
  readonly counterAccountId: string;
  /** Whose they are at once; null: not activated until they are claimed or delivered. */
  readonly holderId: Id<'usr'> | null;
  /** Whether their plastic is still to be made: their secrets are kept sealed until it is delivered. */
  readonly printed: boolean;
}

/**
 * Writes sold cards with their value into the caller's transaction: what the counter was paid, and what the discount
 * adds, becomes each card's balance. Transfers are named by purchase and place, so that the ledger itself refuses to
 * give a purchase its value twice.
 */
export async function insertSoldCards(
  tx: Tx,
  context: Pick<CardContext, 'keys' | 'zone' | 'now'> & { readonly db: Database },
  { list, ...sale }: Sale & { readonly list: IssueList },
): Promise<Id<'crd'>[]> {
  const { now } = context;
  const { programme, batchId, holderId, printed } = sale;
  const cards = list.cards.map((secret): NewCard => {
    const { card } = fundedCard(context, list, { programme, secret, keepSealed: printed });
    return { ...card, state: holderId === null ? 'issued' : 'active' };
  });
  const { currency } = programme;
  await openAccounts(tx, [
    { ...houseAccount('discount', currency), currency, now },
    ...cards.map(({ accountId }) => ({ id: accountId, kind: 'card' as const, currency, now })),
  ]);
  await addBatch(tx, {
    id: batchId,
    programmeId: programme.id,
    origin: 'issue',
    count: cards.length,
    totalMinor: list.faceMinor * BigInt(cards.length),
    createdAt: now,
  });
  const unit: LedgerUnit = {
    inserts: [
      { table: 'Card', rows: cards.map((card) => soldCardRow(card, sale, now)) },
      { table: 'CardEvent', rows: cards.flatMap(({ id }) => eventsOf(id, sale, now)) },
    ],
    transfers: cards.flatMap((card, place) => valueTransfers(card, { ...sale, place })),
  };
  const result = await commit(tx, unit, now);
  invariant(result.ok, `cards of ${sale.purchaseId} were refused: ${result.ok ? '' : result.refusal.code}`);
  return cards.map(({ id }) => id);
}

function soldCardRow(card: NewCard, { programme, batchId, holderId }: Sale, now: Date): Row {
  return {
    ...newCardRow(card, { programmeId: programme.id, batchId, now }),
    holderId,
    boundAt: holderId === null ? null : now.toISOString(),
  };
}

function eventsOf(cardId: Id<'crd'>, { holderId }: Sale, now: Date): Row[] {
  const event = { cardId, reason: null, at: now };
  const issued = cardEventRow({ ...event, kind: 'issued', actorId: null });
  return holderId === null
    ? [issued]
    : [issued, cardEventRow({ ...event, kind: 'bound', actorId: holderId })];
}

function valueTransfers(card: NewCard, sale: Sale & { readonly place: number }): Transfer[] {
  const { purchaseId, unitMinor, counterAccountId, place, programme } = sale;
  const credit = { id: card.accountId, kind: 'card' as const };
  const discountMinor = card.faceMinor - unitMinor;
  const paid: Transfer = {
    type: 'post',
    id: `${purchaseId}:sold:${place}`,
    movement: 'issueSold',
    debit: { id: counterAccountId, kind: 'merchantPayable' },
    credit,
    amountMinor: unitMinor,
    reference: purchaseId,
  };
  if (discountMinor === 0n) return [paid];
  return [
    paid,
    {
      type: 'post',
      id: `${purchaseId}:discount:${place}`,
      movement: 'discountSold',
      debit: houseAccount('discount', programme.currency),
      credit,
      amountMinor: discountMinor,
      reference: purchaseId,
    },
  ];
}

/** A sold card as its purchase looks at it later. */
export interface SoldCard {
  readonly id: Id<'crd'>;
  /** Which of its purchase's cards it is, from 0: the transfers that take it back are named by it. */
  readonly place: number;
  readonly accountId: string;
  readonly lastFour: string;
  readonly state: CardState;
  readonly faceMinor: bigint;
  readonly expiresAt: Date | null;
  readonly holderId: Id<'usr'> | null;
}

/** The cards of a purchase's batch, in the order in which they were made. */
export async function soldCardsOf(client: Database | Tx, batchId: string): Promise<SoldCard[]> {
  const rows = await client.card.findMany({ where: { batchId }, select: { id: true } });
  const found = await cardsWhere(client, { id: { in: rows.map(({ id }) => id) } });
  return found
    .map(({ card }) => card)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, accountId, lastFour, state, faceMinor, expiresAt, holderId }, place) => ({
      id,
      place,
      accountId,
      lastFour,
      state,
      faceMinor,
      expiresAt,
      holderId,
    }));
}

/**
 * What takes unused cards of a purchase back, as parts of the caller's unit of work: each is closed as long as it looks as it
 * was read, and its whole face value leaves it. Whoever spends from it, claims it, freezes it or takes it back first makes the
 * unit fail.
 */
export function takeBackSoldCards(
  cards: readonly SoldCard[],
  sale: {
    readonly purchaseId: string;
    readonly unitMinor: bigint;
    readonly counterAccountId: string;
    readonly currency: Currency;
    readonly actorId: string;
    readonly now: Date;
  },
): { readonly updates: GuardedUpdate[]; readonly events: Row[]; readonly transfers: Transfer[] } {
  const { purchaseId, unitMinor, counterAccountId, currency, actorId, now } = sale;
  return {
    updates: cards.map(({ id, state, holderId }) => ({
      table: 'Card',
      key: { id },
      expect: { state, holderId },
      set: { state: 'closed', ...FORGOTTEN },
    })),
    events: cards.map(({ id }) =>
      cardEventRow({ cardId: id, kind: 'closed', actorId, reason: null, at: now }),
    ),
    transfers: cards.flatMap((card): Transfer[] => {
      const { place } = card;
      const base = { type: 'post' as const, debit: { id: card.accountId, kind: 'card' as const } };
      const discountMinor = card.faceMinor - unitMinor;
      const back: Transfer = {
        ...base,
        id: `${purchaseId}:back:${place}`,
        movement: 'withdrawSold',
        credit: { id: counterAccountId, kind: 'merchantPayable' },
        amountMinor: unitMinor,
        reference: purchaseId,
      };
      if (discountMinor === 0n) return [back];
      return [
        back,
        {
          ...base,
          id: `${purchaseId}:back-discount:${place}`,
          movement: 'withdrawDiscount',
          credit: houseAccount('discount', currency),
          amountMinor: discountMinor,
          reference: purchaseId,
        },
      ];
    }),
  };
}

/** Numbers and passwords of a batch's cards that are sealed and not yet activated, for who prints them. */
export async function soldCardSecrets(
  { db, keys }: Pick<CardContext, 'db' | 'keys'>,
  batchId: string,
): Promise<CardSecret[]> {
  const rows = await db.card.findMany({
    where: { batchId, state: 'issued', sealedNumber: { not: null }, sealedPassword: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, sealedNumber: true, sealedPassword: true },
  });
  return rows.map(({ id, sealedNumber, sealedPassword }) => ({
    number: unseal(keys.seal, { owner: id, field: 'number' }, sealedNumber ?? ''),
    password: unseal(keys.seal, { owner: id, field: 'password' }, sealedPassword ?? ''),
  }));
}
