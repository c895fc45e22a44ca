import type { Currency, Id } from '@/lib/kernel';
import { balancesOf, usableOf } from '@/lib/ledger';
import type { SpendingRule } from '@/lib/policy';
import { type DayLimit, type DayLimitContext, dayLimitsOf } from './day-limits';
import { type CardColours, type CardObstacle, obstacleOf } from './model';
import { cardsOfHolder } from './store';

/** A card of a shopper as checkout weighs it. */
export interface SpendableCard {
  readonly id: Id<'crd'>;
  readonly accountId: string;
  readonly lastFour: string;
  readonly programmeNameZh: string;
  readonly programmeNameEn: string;
  readonly colours: CardColours;
  /** What is on the card and not held, minor units. */
  readonly availableMinor: bigint;
  /** The limit that its holder set for a day, and what it leaves; null = none. */
  readonly dayLimit: DayLimit | null;
  readonly expiresAt: Date | null;
  readonly spendingRule: SpendingRule;
  /** null = it may pay now. */
  readonly obstacle: CardObstacle | 'other_currency' | null;
}

/** Every card of the shopper with what it could pay now, or why it cannot. */
export async function spendableCards(
  context: DayLimitContext,
  shopper: { readonly userId: Id<'usr'>; readonly currency: Currency },
): Promise<SpendableCard[]> {
  const cards = await cardsOfHolder(context.db, shopper.userId);
  const [balances, limits] = await Promise.all([
    balancesOf(
      context.db,
      cards.map(({ card }) => card.accountId),
    ),
    dayLimitsOf(
      context,
      cards.map(({ card }) => card.id),
    ),
  ]);
  return cards.map(({ card, programme }) => {
    const balance = balances.get(card.accountId);
    return {
      id: card.id,
      accountId: card.accountId,
      lastFour: card.lastFour,
      programmeNameZh: programme.nameZh,
      programmeNameEn: programme.nameEn,
      colours: programme.colours,
      availableMinor: balance ? usableOf(balance) : 0n,
      dayLimit: limits.get(card.id) ?? null,
      expiresAt: card.expiresAt,
      spendingRule: programme.spendingRule,
      obstacle: programme.currency === shopper.currency ? obstacleOf(card, context.now) : 'other_currency',
    };
  });
}
