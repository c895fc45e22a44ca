import { type Database, readTogether, type Tx } from '@/lib/database';
import type { Currency, Id } from '@/lib/kernel';
import { BALANCE_COLUMNS, usableOf } from '@/lib/ledger';
import type { SpendingRule } from '@/lib/policy';
import { type DayLimit, type DayLimitContext, dayLimitsFrom } from './day-limits';
import { type CardColours, type CardObstacle, obstacleOf } from './model';
import { CARD_COLUMNS, cardOfRow, LATEST_BOUND_FIRST, programmeOf } from './store';

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

/** Every card of the shopper with what it could pay now in a currency, or why it cannot. */
export async function spendableCards(
  context: DayLimitContext,
  userId: Id<'usr'>,
): Promise<(currency: Currency) => SpendableCard[]> {
  const { cards } = (await readHolder(context.db, userId)) ?? { cards: [] };
  const limits = await dayLimitsFrom(
    context,
    cards.flatMap(({ setting }) => setting ?? []),
  );
  const spendable = (row: (typeof cards)[number], currency: Currency): SpendableCard => {
    const [card, programme] = [cardOfRow(row), programmeOf(row.programme)];
    return {
      id: card.id,
      accountId: card.accountId,
      lastFour: card.lastFour,
      programmeNameZh: programme.nameZh,
      programmeNameEn: programme.nameEn,
      colours: programme.colours,
      availableMinor: usableOf(row.account),
      dayLimit: limits.get(card.id) ?? null,
      expiresAt: card.expiresAt,
      spendingRule: programme.spendingRule,
      obstacle: programme.currency === currency ? obstacleOf(card, context.now) : 'other_currency',
    };
  };
  return (currency) => cards.map((row) => spendable(row, currency));
}

/** Everything about a person's cards that decides what they can pay, the latest bound first. */
const readHolder = readTogether(
  (client: Database | Tx, ids: readonly Id<'usr'>[]) =>
    client.user.findMany({
      where: { id: { in: [...ids] } },
      select: {
        id: true,
        cards: {
          select: {
            ...CARD_COLUMNS,
            programme: true,
            setting: true,
            account: { select: BALANCE_COLUMNS },
          },
          orderBy: [...LATEST_BOUND_FIRST],
        },
      },
    }),
  ({ id }) => id,
);
