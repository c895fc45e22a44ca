import { z } from 'zod';
import { commitUnit, type Database, type Row, type Tx } from '@/lib/database';
import { type Currency, type Id, type IdPrefix, invariant, newId, parseId } from '@/lib/kernel';
import { cardKindSchema, cardMediumSchema, faceValuesSchema, spendingRuleSchema } from '@/lib/policy';
import type { Card, CardState, FrozenBy, Programme } from './model';
import type { StoredPassword } from './password-check';

type Client = Database | Tx;

/** Adds a programme; one that exists stays as it is. */
export async function addProgramme(client: Client, programme: Programme, now: Date): Promise<void> {
  const { colours, faceValues, spendingRule, ...plain } = programme;
  await client.programme.upsert({
    where: { id: programme.id },
    update: { id: programme.id },
    create: {
      ...plain,
      faceValues: JSON.stringify(faceValues, bigintAsText),
      spendingRule: JSON.stringify(spendingRule),
      colourFrom: colours.from,
      colourTo: colours.to,
      createdAt: now,
    },
  });
}

export async function findProgramme(client: Client, id: string): Promise<Programme | null> {
  const row = await client.programme.findUnique({ where: { id } });
  return row && programmeOf(row);
}

export async function listProgrammes(client: Client): Promise<Programme[]> {
  const rows = await client.programme.findMany({ orderBy: { prefix: 'asc' } });
  return rows.map(programmeOf);
}

export async function findCard(client: Client, id: Id<'crd'>): Promise<Card | null> {
  const row = await client.card.findUnique({ where: { id } });
  return row && cardOfRow(row);
}

/** The card whose number is stored as one of `hmacs`, with what its password is checked against. */
export async function findCardByNumber(
  client: Client,
  hmacs: readonly string[],
): Promise<{ card: Card; password: StoredPassword } | null> {
  const row = await client.card.findFirst({ where: { numberHmac: { in: [...hmacs] } } });
  if (!row) return null;
  const scheme = schemeSchema.parse(row.passwordScheme);
  return {
    card: cardOfRow(row),
    password: { scheme, keyVersion: row.passwordKey, hash: row.passwordHash },
  };
}

/** Which of `hmacs` belong to a card, and to which batch; a number that was retired belongs to none. */
export async function batchesOfNumbers(
  client: Client,
  hmacs: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await client.card.findMany({
    where: { numberHmac: { in: [...hmacs] } },
    select: { numberHmac: true, batchId: true },
  });
  const retired = await client.retiredNumber.findMany({
    where: { numberHmac: { in: [...hmacs] } },
    select: { numberHmac: true },
  });
  return new Map([
    ...retired.map(({ numberHmac }) => [numberHmac, null] as const),
    ...rows.map((row) => [row.numberHmac, row.batchId] as const),
  ]);
}

/** Adds a batch; one that exists stays as it is. */
export async function addBatch(
  client: Client,
  batch: {
    readonly id: Id<'btc'>;
    readonly programmeId: string;
    readonly origin: 'issue' | 'import';
    readonly count: number;
    readonly totalMinor: bigint;
    readonly createdAt: Date;
  },
): Promise<void> {
  // An update that changes nothing makes it one statement: two that add the same batch at once do not collide.
  await client.cardBatch.upsert({ where: { id: batch.id }, update: { id: batch.id }, create: batch });
}

/** Keeps others from adding cards to the batch until the transaction ends. */
export async function lockBatch(tx: Tx, id: Id<'btc'>): Promise<void> {
  const outcome = await commitUnit(tx, {
    updates: [{ table: 'CardBatch', key: { id }, expect: { origin: 'issue' }, set: {} }],
  });
  invariant(outcome.outcome === 'committed', 'a batch to add to exists');
}

export function cardsOfHolder(
  client: Client,
  holderId: Id<'usr'>,
  cardId?: Id<'crd'>,
): Promise<{ card: Card; programme: Programme }[]> {
  return cardsWhere(client, { holderId, ...(cardId ? { id: { in: [cardId] } } : {}) });
}

export const LATEST_BOUND_FIRST = [{ boundAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }] as const;

/** Cards by what support knows of them; the latest bound first, then the latest made. */
export async function cardsWhere(
  client: Client,
  where: {
    readonly id?: { readonly in: string[] };
    readonly lastFour?: string;
    readonly holderId?: string;
  },
  take?: number,
): Promise<{ card: Card; programme: Programme }[]> {
  const rows = await client.card.findMany({
    where,
    include: { programme: true },
    orderBy: [...LATEST_BOUND_FIRST],
    ...(take === undefined ? {} : { take }),
  });
  return rows.map((row) => ({ card: cardOfRow(row), programme: programmeOf(row.programme) }));
}

/** The cards with something sealed, by id, from after `after` on. */
export async function sealedCardsAfter(client: Client, after: string, size: number) {
  return client.card.findMany({
    where: { id: { gt: after }, OR: [{ sealedNumber: { not: null } }, { sealedPassword: { not: null } }] },
    orderBy: { id: 'asc' },
    take: size,
    select: { id: true, sealedNumber: true, sealedPassword: true },
  });
}

/** The ids of a batch's cards that wait to be activated. */
export async function unactivatedCardsOf(client: Client, batchId: string): Promise<string[]> {
  const rows = await client.card.findMany({
    where: { batchId, state: 'issued' },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The orders that payments were for, by the payment's id. Reads only: orders belong to the shop. */
export async function ordersOfPayments(
  client: Client,
  paymentIds: readonly string[],
): Promise<Map<string, { readonly id: string; readonly number: string }>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await client.payment.findMany({
    where: { id: { in: [...new Set(paymentIds)] } },
    select: { id: true, order: { select: { id: true, number: true } } },
  });
  return new Map(rows.map(({ id, order }) => [id, order]));
}

export type CardEventKind =
  | 'issued'
  | 'imported'
  | 'activated'
  | 'bound'
  | 'frozen'
  | 'unfrozen'
  | 'expired'
  | 'revived'
  | 'lapsed'
  | 'limit_changed'
  | 'reopened'
  | 'lost'
  | 'found'
  | 'reissued'
  | 'extended'
  | 'exchanged'
  | 'closed';

/** A line of a card's story, for a unit of work. */
export function cardEventRow(event: {
  readonly cardId: Id<'crd'>;
  readonly kind: CardEventKind;
  readonly actorId: string | null;
  readonly reason: string | null;
  readonly at: Date;
}): Row {
  return { id: newId('evt'), ...event, at: event.at.toISOString() };
}

/** Something to deliver, for a unit of work. */
export function outboxRow(message: {
  readonly topic:
    | `card.${'bound' | 'frozen' | 'unfrozen' | 'activated' | 'closed' | 'reopened' | 'limit_changed' | 'lost' | 'reissued' | 'extended' | 'exchanged' | 'lapsed'}`
    | `request.${'opened' | 'decided'}`;
  readonly payload: Readonly<Record<string, string>>;
  readonly now: Date;
}): Row {
  const at = message.now.toISOString();
  return {
    id: newId('out'),
    topic: message.topic,
    payload: JSON.stringify(message.payload),
    createdAt: at,
    availableAt: at,
    attempts: 0,
    leasedBy: null,
    leasedUntil: null,
    deliveredAt: null,
    parkedAt: null,
    lastError: null,
  };
}

const schemeSchema = z.enum(['hmac', 'argon2id']);
const stateSchema = z.enum(['issued', 'active', 'frozen', 'closed']) satisfies z.ZodType<CardState>;
const frozenBySchema = z.enum(['holder', 'issuer']) satisfies z.ZodType<FrozenBy>;
const currencySchema = z.enum(['CNY', 'USD']) satisfies z.ZodType<Currency>;

type ProgrammeRow = Awaited<ReturnType<Database['programme']['findMany']>>[number];
type CardRow = Awaited<ReturnType<Database['card']['findMany']>>[number];

export function programmeOf(row: ProgrammeRow): Programme {
  return {
    id: row.id,
    nameZh: row.nameZh,
    nameEn: row.nameEn,
    kind: cardKindSchema.parse(row.kind),
    medium: cardMediumSchema.parse(row.medium),
    currency: currencyOf(row.currency),
    policyPack: row.policyPack,
    prefix: row.prefix,
    validityMonths: row.validityMonths,
    faceValues: faceValuesSchema.parse(JSON.parse(row.faceValues)),
    spendingRule: spendingRuleSchema.parse(JSON.parse(row.spendingRule)),
    colours: { from: row.colourFrom, to: row.colourTo },
    lapseAfterDays: row.lapseAfterDays,
  };
}

/** What a card is made of: no secret of it leaves the database where nobody asks for one. */
export const CARD_COLUMNS = {
  id: true,
  programmeId: true,
  accountId: true,
  lastFour: true,
  state: true,
  faceMinor: true,
  expiresAt: true,
  holderId: true,
  boundAt: true,
  nickname: true,
  frozenReason: true,
  frozenBy: true,
  dormantMinor: true,
  createdAt: true,
} as const;

export function cardOfRow(row: Pick<CardRow, keyof typeof CARD_COLUMNS>): Card {
  return {
    id: idOf('crd', row.id),
    programmeId: row.programmeId,
    accountId: row.accountId,
    lastFour: row.lastFour,
    state: stateSchema.parse(row.state),
    faceMinor: row.faceMinor,
    expiresAt: row.expiresAt,
    holderId: row.holderId === null ? null : idOf('usr', row.holderId),
    boundAt: row.boundAt,
    nickname: row.nickname,
    frozenReason: row.frozenReason,
    frozenBy: frozenByOf(row),
    dormantMinor: row.dormantMinor,
    createdAt: row.createdAt,
  };
}

function frozenByOf({ state, frozenBy }: Pick<CardRow, 'state' | 'frozenBy'>): FrozenBy | null {
  if (state === 'frozen') return frozenBySchema.parse(frozenBy ?? 'issuer');
  return state === 'closed' ? frozenBySchema.nullable().parse(frozenBy) : null;
}

export function cardIdOf(text: string): Id<'crd'> {
  return idOf('crd', text);
}

export function currencyOf(text: string): Currency {
  return currencySchema.parse(text);
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function idOf<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `a stored id begins with ${prefix}_`);
  return id;
}
