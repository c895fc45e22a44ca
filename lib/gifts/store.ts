import { z } from 'zod';
import type { Database, GuardedUpdate, Row, Tx } from '@/lib/database';
import { type Id, type IdPrefix, invariant, newId, parseId } from '@/lib/kernel';
import {
  GIFT_CHANNELS,
  GIFT_LOCALES,
  GIFT_THEMES,
  type Gift,
  type GiftMove,
  type GiftState,
  giftStateAfter,
} from './model';
import { hashToken, isToken } from './token';

type Client = Database | Tx;

/** What every operation on gifts needs. */
export interface GiftContext {
  readonly db: Database;
  readonly now: Date;
}

export async function findGift(client: Client, giftId: string): Promise<Gift | null> {
  const id = parseId('gft', giftId);
  const row = id && (await client.gift.findUnique({ where: { id } }));
  return row && giftOf(row);
}

/** The gift whose link of today has this token; `null` for every other text. */
export async function findGiftByToken(client: Client, token: string): Promise<Gift | null> {
  if (!isToken(token)) return null;
  const row = await client.gift.findUnique({ where: { tokenHash: hashToken(token) } });
  return row && giftOf(row);
}

/** The gifts behind one in order of id. */
interface GiftPage {
  readonly after: string;
  readonly take: number;
}

/** Gifts that nobody has claimed in time, by id. */
export async function giftsPastClaim(client: Client, now: Date, { after, take }: GiftPage): Promise<Gift[]> {
  const rows = await client.gift.findMany({
    where: { id: { gt: after }, state: { in: ['scheduled', 'sent'] }, claimBy: { lte: now } },
    orderBy: { id: 'asc' },
    take,
  });
  return rows.map(giftOf);
}

/** Gifts that return in a stretch of time and whose people have not been told. */
export async function giftsToNotice(
  client: Client,
  returns: { readonly after: Date; readonly until: Date },
  { after, take }: GiftPage,
): Promise<Gift[]> {
  const rows = await client.gift.findMany({
    where: {
      id: { gt: after },
      state: 'sent',
      claimBy: { gt: returns.after, lte: returns.until },
      noticedAt: null,
    },
    orderBy: { id: 'asc' },
    take,
  });
  return rows.map(giftOf);
}

/** The move as a guarded change: it happens only while the gift is as it was seen, link included. */
export function giftMove(gift: Gift, move: GiftMove, set: Row): GuardedUpdate {
  const state = giftStateAfter(gift.state, move);
  invariant(state, `a gift that is ${gift.state} cannot ${move}`);
  return {
    table: 'Gift',
    key: { id: gift.id },
    expect: { state: gift.state, tokenVersion: gift.tokenVersion },
    set: { state, ...set },
  };
}

export interface NewGift extends Omit<Gift, 'id' | 'state' | 'tokenVersion'> {
  readonly id: Id<'gft'>;
  readonly tokenHash: string;
}

/** A gift's row for a unit of work. */
export function newGiftRow(gift: NewGift): Row {
  const text = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    ...gift,
    state: 'scheduled' satisfies GiftState,
    tokenVersion: 1,
    deliverAt: gift.deliverAt.toISOString(),
    claimBy: gift.claimBy.toISOString(),
    createdAt: gift.createdAt.toISOString(),
    sentAt: text(gift.sentAt),
    openedAt: text(gift.openedAt),
    noticedAt: text(gift.noticedAt),
    claimedAt: text(gift.claimedAt),
    endedAt: text(gift.endedAt),
  };
}

export type GiftTopic =
  /** Now is its time: deliver it. For the worker alone. */
  | 'gift.due'
  /** A code for a phone waits to be sent. For the worker alone. */
  | 'gift.code'
  /** Its recipient is reminded that it returns soon. For the worker alone. */
  | 'gift.reminder'
  | 'gift.scheduled'
  | 'gift.opened'
  | 'gift.claimed'
  | 'gift.returning'
  | 'gift.returned'
  | 'gift.revoked';

/** Something to deliver, for a unit of work; ids and counts only. */
export function giftMessage(message: {
  readonly topic: GiftTopic;
  readonly payload: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly availableAt?: Date;
}): Row {
  return {
    id: newId('out'),
    topic: message.topic,
    payload: JSON.stringify(message.payload),
    createdAt: message.now.toISOString(),
    availableAt: (message.availableAt ?? message.now).toISOString(),
    attempts: 0,
    leasedBy: null,
    leasedUntil: null,
    deliveredAt: null,
    parkedAt: null,
    lastError: null,
  };
}

export type GiftRow = Awaited<ReturnType<Database['gift']['findMany']>>[number];

const stateSchema = z.enum([
  'scheduled',
  'sent',
  'claimed',
  'revoked',
  'returned',
]) satisfies z.ZodType<GiftState>;
const themeSchema = z.enum(GIFT_THEMES);
const channelSchema = z.enum(GIFT_CHANNELS);
const localeSchema = z.enum(GIFT_LOCALES);

/** A stored row as the domain knows it; the token's hash stays behind. */
export function giftOf({ tokenHash: _, ...row }: GiftRow): Gift {
  return {
    ...row,
    id: idOf('gft', row.id),
    senderId: idOf('usr', row.senderId),
    cardId: idOf('crd', row.cardId),
    claimedById: row.claimedById === null ? null : idOf('usr', row.claimedById),
    theme: themeSchema.parse(row.theme),
    channel: channelSchema.parse(row.channel),
    locale: localeSchema.parse(row.locale),
    state: stateSchema.parse(row.state),
  };
}

function idOf<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `a stored id begins with ${prefix}_`);
  return id;
}
