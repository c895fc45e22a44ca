import type { Database, Tx } from '@/lib/database';
import type { Currency, Id } from '@/lib/kernel';
import { balancesOf, usableOf } from '@/lib/ledger';
import type { SpendingRule } from '@/lib/policy';
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
  readonly expiresAt: Date | null;
  readonly spendingRule: SpendingRule;
  /** null = it may pay now. */
  readonly obstacle: CardObstacle | 'other_currency' | null;
}

/** Every card of the shopper with what it could pay now, or why it cannot. */
export async function spendableCards(
  context: { readonly db: Database | Tx; readonly now: Date },
  shopper: { readonly userId: Id<'usr'>; readonly currency: Currency },
): Promise<SpendableCard[]> {
  const cards = await cardsOfHolder(context.db, shopper.userId);
  const balances = await balancesOf(
    context.db,
    cards.map(({ card }) => card.accountId),
  );
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
      expiresAt: card.expiresAt,
      spendingRule: programme.spendingRule,
      obstacle: programme.currency === shopper.currency ? obstacleOf(card, context.now) : 'other_currency',
    };
  });
}
