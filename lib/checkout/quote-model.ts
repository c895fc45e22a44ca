import type { IneligibleReason, SpendingLine, SpendingRule } from '@/lib/policy';

/** One line of a basket. Amounts are minor units and not negative. */
export interface QuoteLine extends SpendingLine {
  readonly id: string;
  readonly amountMinor: bigint;
}

/** Why a card cannot pay at all at this moment. */
export type CardObstacle = 'not_activated' | 'frozen' | 'expired' | 'closed' | 'other_currency';

export interface QuoteCard {
  readonly id: string;
  /** What is on the card and not held, minor units, not negative. */
  readonly availableMinor: bigint;
  /** What the limit that its holder set for a day leaves of today, minor units, not negative; null or left out = no limit. */
  readonly todayMinor?: bigint | null;
  /** The first instant after the last good day; null = no expiry. */
  readonly expiresAt: Date | null;
  readonly spendingRule: SpendingRule;
  /** null = the card may be used. The caller has compared its dates with the clock: the quote reads no clock. */
  readonly obstacle: CardObstacle | null;
}

/** One card the shopper chose; `maxMinor` (余额拆分) is the most to take from it, null = as much as it can pay. */
export interface ChosenCard {
  readonly cardId: string;
  readonly maxMinor: bigint | null;
}

export interface QuoteRequest {
  readonly lines: readonly QuoteLine[];
  readonly cards: readonly QuoteCard[];
  /**
   * The shopper's own choice: these cards and no other, in this order. Left out: every usable card, soonest
   * expiry first. An empty list uses no card.
   */
  readonly choice?: readonly ChosenCard[] | undefined;
}

export interface Quote {
  /** By card in the order of `cards`, then by line in the order of the basket. Every amount is above zero. */
  readonly allocations: readonly Allocation[];
  /** Every card asked about: those that are used, in the order in which they pay, then the others. */
  readonly cards: readonly CardQuote[];
  /** Every line, in the order of the basket. */
  readonly lines: readonly LineQuote[];
  readonly totalMinor: bigint;
  readonly cardMinor: bigint;
  /** For the other method. `cardMinor + remainderMinor = totalMinor`. */
  readonly remainderMinor: bigint;
}

export interface Allocation {
  readonly cardId: string;
  readonly lineId: string;
  readonly amountMinor: bigint;
}

export interface CardQuote {
  readonly cardId: string;
  readonly amountMinor: bigint;
  /** What stays available on the card. */
  readonly leftMinor: bigint;
  /** What all lines that this card may pay come to. */
  readonly eligibleMinor: bigint;
  readonly reason: CardReason;
  /** Set when the shopper chose an amount and the card pays less than that. */
  readonly shortfall: Shortfall | null;
}

/** Why a card pays this much. The first six are for cards that pay (the sixth for both), the others for cards that do not. */
export type CardReason =
  /** The amount that the shopper chose. */
  | { readonly code: 'your_choice'; readonly maxMinor: bigint }
  /** Everything that was on it. */
  | { readonly code: 'used_up' }
  /** Not all that is on it: it pays first because it ends first. */
  | { readonly code: 'soonest_expiry'; readonly expiresAt: Date }
  /** Not all that is on it: it pays everything that it may pay. */
  | { readonly code: 'covers_all' }
  /** What the cards before it left of what it may pay. */
  | { readonly code: 'rest' }
  /** All that its holder's limit leaves of today, which may be nothing. */
  | { readonly code: 'day_limit'; readonly todayMinor: bigint }
  | { readonly code: 'card_obstacle'; readonly obstacle: CardObstacle }
  | { readonly code: 'empty' }
  | { readonly code: 'no_eligible_line' }
  /** The shopper left it out, or chose nothing from it. */
  | { readonly code: 'not_chosen' }
  /** The cards before it pay everything that it could pay. */
  | { readonly code: 'not_needed' };

/** Why less is taken than the shopper chose: an amount is a ceiling, so it is lowered and explained, never refused. */
export interface Shortfall {
  readonly code:
    | 'card_obstacle'
    | 'balance_too_low'
    | 'day_limit'
    | 'eligible_total_too_low'
    | 'paid_by_other_cards';
  readonly chosenMinor: bigint;
  readonly missingMinor: bigint;
}

export interface LineQuote {
  readonly lineId: string;
  readonly cardMinor: bigint;
  /** For the other method. */
  readonly remainderMinor: bigint;
  /** null when cards pay the whole line. */
  readonly reason: LineReason | null;
  /** The cards whose programme may not pay this line, and why. */
  readonly ineligible: readonly { readonly cardId: string; readonly reason: IneligibleReason }[];
}

/** Why a line, or a part of it, is left for the other method. */
export type LineReason =
  /** There is no card that can be used. */
  | { readonly code: 'no_usable_card' }
  /** No usable card may pay it: the reason of the card that comes first. */
  | { readonly code: 'no_eligible_card'; readonly reason: IneligibleReason }
  /** The cards that may pay it are used up. */
  | { readonly code: 'cards_used_up' }
  /** A card could pay more of it on another day: its holder set a limit. */
  | { readonly code: 'day_limit' }
  /** A card could pay more of it, but the shopper chose otherwise. */
  | { readonly code: 'your_choice' };

/** A choice that makes no sense. A choice that cannot be met in full is not refused: see `Shortfall`. */
export type QuoteRefusal =
  | { readonly code: 'unknown_card'; readonly cardId: string }
  | { readonly code: 'card_chosen_twice'; readonly cardId: string }
  | { readonly code: 'negative_amount'; readonly cardId: string; readonly maxMinor: bigint };
