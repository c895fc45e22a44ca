import type { ChosenCard, QuoteCard, QuoteRefusal, QuoteRequest } from './quote-model';

/** A card and the most that it may pay; lists of these are in the order in which cards pay. */
export interface RankedCard {
  readonly card: QuoteCard;
  readonly choice: RankedChoice;
  /** The most that it may pay: its balance, or less. */
  readonly limitMinor: bigint;
}

export type RankedChoice =
  /** The shopper made no choice: cards pay by themselves. */
  | { readonly made: false }
  /** `maxMinor` null: as much as it can pay. */
  | { readonly made: true; readonly listed: true; readonly maxMinor: bigint | null }
  | { readonly made: true; readonly listed: false };

/** All cards in the order in which they pay; those that the shopper left out come last and may pay nothing. */
export function rankCards({ cards, choice }: QuoteRequest): readonly RankedCard[] {
  const inOrder = [...cards].sort(bySoonestExpiry);
  if (choice === undefined) return inOrder.map((card) => ranked(card, { made: false }));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const listed = choice.flatMap(({ cardId, maxMinor }) => {
    const card = byId.get(cardId);
    return card ? [ranked(card, { made: true, listed: true, maxMinor })] : [];
  });
  const listedIds = new Set(choice.map((each) => each.cardId));
  const others = inOrder.filter((card) => !listedIds.has(card.id));
  return [...listed, ...others.map((card) => ranked(card, { made: true, listed: false }))];
}

/** The order in which cards pay unless the shopper chooses: soonest expiry, smaller balance, smaller id. */
export function bySoonestExpiry(a: QuoteCard, b: QuoteCard): number {
  const aEnds = a.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const bEnds = b.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (aEnds !== bEnds) return aEnds < bEnds ? -1 : 1;
  if (a.availableMinor !== b.availableMinor) return a.availableMinor < b.availableMinor ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The first thing in the shopper's choice that makes no sense; `null` when there is none. */
export function choiceRefusal({ cards, choice = [] }: QuoteRequest): QuoteRefusal | null {
  const known = new Set(cards.map((card) => card.id));
  const seen = new Set<string>();
  for (const { cardId, maxMinor } of choice) {
    if (!known.has(cardId)) return { code: 'unknown_card', cardId };
    if (seen.has(cardId)) return { code: 'card_chosen_twice', cardId };
    if (maxMinor !== null && maxMinor < 0n) return { code: 'negative_amount', cardId, maxMinor };
    seen.add(cardId);
  }
  return null;
}

function ranked(card: QuoteCard, choice: RankedChoice): RankedCard {
  return { card, choice, limitMinor: limitOf(card, choice) };
}

function limitOf(card: QuoteCard, choice: RankedChoice): bigint {
  if (card.obstacle !== null || (choice.made && !choice.listed)) return 0n;
  const maxMinor: ChosenCard['maxMinor'] = choice.made ? choice.maxMinor : null;
  const payableMinor = payableOf(card);
  return maxMinor !== null && maxMinor < payableMinor ? maxMinor : payableMinor;
}

/** What is on the card, or what its day limit still allows today when that is less. */
export function payableOf({
  availableMinor,
  todayMinor = null,
}: Pick<QuoteCard, 'availableMinor' | 'todayMinor'>): bigint {
  return todayMinor !== null && todayMinor < availableMinor ? todayMinor : availableMinor;
}
