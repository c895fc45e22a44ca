import type { Database, Tx } from '@/lib/database';
import { dayIn, instantIn } from '@/lib/kernel';
import { type CardSettings, settingsOf } from './card-settings';

/** What a card with a day limit may still pay. */
export interface DayLimit {
  readonly limitMinor: bigint;
  /** What is left of it today, minor units, not below zero. */
  readonly leftMinor: bigint;
  /** `CardSetting.version`, read before payments were summed: a unit that guards it knows that no other payment used the rest. */
  readonly version: number;
}

export interface DayLimitContext {
  readonly db: Database | Tx;
  readonly now: Date;
  /** The issuer's zone, whose days count. */
  readonly zone: string;
}

/**
 * How much the cards that have a limit may still pay in this day of the issuer's zone. What counts is what payments that
 * were begun today take from the card, held or settled, less what has come back of those same payments: a payment that
 * came to nothing or was refunded makes room again on its own day. A refund of an older payment does not, or else a thief
 * could pay more by sending goods back. Cards without a limit cost one read.
 */
export async function dayLimitsOf(
  context: DayLimitContext,
  cardIds: readonly string[],
): Promise<Map<string, DayLimit>> {
  const settings = await settingsOf(context.db, cardIds);
  return dayLimitsFrom(
    context,
    [...settings].map(([cardId, setting]) => ({ cardId, ...setting })),
  );
}

/** The same from settings that have just been read. */
export async function dayLimitsFrom(
  { db, now, zone }: DayLimitContext,
  settings: readonly ({ readonly cardId: string } & Pick<CardSettings, 'dayLimitMinor' | 'version'>)[],
): Promise<Map<string, DayLimit>> {
  const limited = settings.flatMap(({ cardId, dayLimitMinor, version }) =>
    dayLimitMinor === null ? [] : [{ cardId, limitMinor: dayLimitMinor, version }],
  );
  if (limited.length === 0) return new Map();
  const spent = await spentSince(
    db,
    limited.map(({ cardId }) => cardId),
    instantIn(zone, dayIn(zone, now), 0),
  );
  return new Map(
    limited.map(({ cardId, limitMinor, version }) => {
      const left = limitMinor - (spent.get(cardId) ?? 0n);
      return [cardId, { limitMinor, leftMinor: left > 0n ? left : 0n, version }];
    }),
  );
}

/** Reads only: payments belong to checkout. */
async function spentSince(
  client: Database | Tx,
  cardIds: readonly string[],
  since: Date,
): Promise<Map<string, bigint>> {
  const sums = await client.tender.groupBy({
    by: ['cardId'],
    where: {
      cardId: { in: [...cardIds] },
      state: { in: ['AUTHORIZED', 'CAPTURED', 'REFUNDED'] },
      payment: { createdAt: { gte: since } },
    },
    _sum: { amountMinor: true, refundedMinor: true },
  });
  return new Map(
    sums.map(({ cardId, _sum }) => [cardId ?? '', (_sum.amountMinor ?? 0n) - (_sum.refundedMinor ?? 0n)]),
  );
}
