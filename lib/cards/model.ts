import { type Currency, DAY_MS, type Id, plusMs } from '@/lib/kernel';
import type { CardKind, CardMedium, FaceValues, SpendingRule } from '@/lib/policy';

/** A card programme (卡种). */
export interface Programme {
  /** A short name such as `fuyun`. */
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: CardKind;
  readonly medium: CardMedium;
  readonly currency: Currency;
  /** The policy pack (lib/policy) that its cards obey. */
  readonly policyPack: string;
  /** First digits of every number. */
  readonly prefix: string;
  /** null: no expiry. */
  readonly validityMonths: number | null;
  readonly faceValues: FaceValues;
  readonly spendingRule: SpendingRule;
  /** The two ends of the gradient on the card's face, `#rrggbb`. */
  readonly colours: CardColours;
  /**
   * Days after the last good day at which what is left on a card is no longer kept; null = it is kept for ever. Only for
   * cards that were given away, and only as far as the policy pack lets the operator decide.
   */
  readonly lapseAfterDays: number | null;
}

export interface CardColours {
  readonly from: string;
  readonly to: string;
}

export interface Card {
  readonly id: Id<'crd'>;
  readonly programmeId: string;
  readonly accountId: string;
  readonly lastFour: string;
  readonly state: CardState;
  readonly faceMinor: bigint;
  /** The first instant after the last good day; null = no expiry. */
  readonly expiresAt: Date | null;
  readonly holderId: Id<'usr'> | null;
  readonly boundAt: Date | null;
  readonly nickname: string | null;
  readonly frozenReason: string | null;
  /** Who froze it (a closed card: before it was closed); null: nobody. A holder may undo only their own freeze. */
  readonly frozenBy: FrozenBy | null;
  /** What of its value lies in the dormant account: still owed, minor units. */
  readonly dormantMinor: bigint;
  readonly createdAt: Date;
}

export type FrozenBy = 'holder' | 'issuer';

export type CardState = 'issued' | 'active' | 'frozen' | 'closed';
export type CardMove = 'activate' | 'freeze' | 'unfreeze' | 'close' | 'reopen';

/**
 * Every state of a card and where each move leads. A card that is not activated cannot be frozen: nothing can be done
 * with it anyway, and unfreezing would activate it. A closed card stays closed, unless value comes back to it; it is frozen
 * again if it was frozen when it was closed.
 */
export const CARD_STATES: Readonly<
  Record<
    CardState,
    {
      readonly moves: Partial<Record<CardMove, CardState>>;
      /** No operation leaves it; only a refund does. */
      readonly terminal: boolean;
    }
  >
> = {
  issued: { moves: { activate: 'active', close: 'closed' }, terminal: false },
  active: { moves: { freeze: 'frozen', close: 'closed' }, terminal: false },
  frozen: { moves: { unfreeze: 'active', close: 'closed' }, terminal: false },
  closed: { moves: { reopen: 'active' }, terminal: true },
};

/** The state after `move`, or `null` when a card in `state` does not make it. */
export function stateAfter(state: CardState, move: CardMove): CardState | null {
  return CARD_STATES[state].moves[move] ?? null;
}

/** What a card is to its holder now: its stored state, its date and its balance taken together. */
export type CardStatus =
  | 'usable'
  | 'expiring_soon'
  | 'used_up'
  | 'expired'
  | 'frozen'
  | 'not_activated'
  | 'closed';

export const EXPIRING_SOON_DAYS = 30;

/** `balanceMinor` counts what is held too: a card that is wholly held is not used up. */
export function statusOf(
  card: { readonly state: CardState; readonly expiresAt: Date | null },
  balanceMinor: bigint,
  now: Date,
): CardStatus {
  const obstacle = obstacleOf(card, now);
  if (obstacle !== null) return obstacle;
  if (balanceMinor === 0n) return 'used_up';
  return endsSoon(card.expiresAt, now) ? 'expiring_soon' : 'usable';
}

/** Why a card cannot pay at all, whatever is on it. */
export type CardObstacle = 'closed' | 'frozen' | 'expired' | 'not_activated';

/** What stands between a card and being used; the strongest when there are several, `null` when nothing does. */
export function obstacleOf(
  card: { readonly state: CardState; readonly expiresAt: Date | null },
  now: Date,
): CardObstacle | null {
  if (card.state === 'closed' || card.state === 'frozen') return card.state;
  if (isExpired(card.expiresAt, now)) return 'expired';
  return card.state === 'issued' ? 'not_activated' : null;
}

export function isExpired(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && now >= expiresAt;
}

function endsSoon(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt <= plusMs(now, EXPIRING_SOON_DAYS * DAY_MS);
}

/**
 * Whether `userId` may bind a card, or why not. Only for a person who has shown number and password: each of these
 * answers says that the card exists.
 */
export function bindObstacle(
  card: Pick<Card, 'holderId' | 'state' | 'expiresAt'>,
  userId: Id<'usr'>,
  now: Date,
): 'already_yours' | 'bound_elsewhere' | CardObstacle | null {
  if (card.holderId !== null) return card.holderId === userId ? 'already_yours' : 'bound_elsewhere';
  return obstacleOf(card, now);
}

/** Why a card is not bound (绑卡). */
export type BindRefusal =
  /** Not a number or a password at all: known from what was typed, before anything is looked up. */
  | { readonly code: 'number_format' }
  | { readonly code: 'password_format' }
  /** Wrong number, wrong password, unknown card: one answer, so that guessing learns nothing. */
  | { readonly code: 'no_match' }
  | { readonly code: 'too_many_tries'; readonly retryAt: Date }
  /** It is in the wallet of the one who asks. */
  | { readonly code: 'already_yours'; readonly cardId: Id<'crd'> }
  | { readonly code: 'bound_elsewhere' }
  | { readonly code: CardObstacle };

/** Why a card is not frozen, unfrozen, activated or closed. */
export type MoveRefusal =
  | { readonly code: 'card_not_found' }
  | { readonly code: 'reason_missing' }
  | { readonly code: 'not_possible_in_state'; readonly state: CardState }
  /** Support or risk froze it: its holder cannot undo that, nor close it. */
  | { readonly code: 'frozen_by_issuer' }
  /** There is still value: usable, in a payment under way, or dormant. Amounts in minor units. */
  | {
      readonly code: 'value_left';
      readonly usableMinor: bigint;
      readonly heldMinor: bigint;
      readonly dormantMinor: bigint;
    }
  /** Its loss is reported: it is free again when that is taken back or decided. */
  | { readonly code: 'reported_lost' };

/** The stored reason of a freeze while a report of loss is open. */
export const REPORTED_LOST = 'reported_lost';

/** Where a programme's cards may be spent, as keys of `cards.spending`; categories are the shop's keys. */
export interface SpendingWords {
  readonly included: readonly SpendingWord[];
  readonly excluded: readonly SpendingWord[];
  /** null = every category. */
  readonly onlyCategories: readonly string[] | null;
  readonly notCategories: readonly string[];
}

export type SpendingWord = 'goods' | 'fresh' | 'virtual' | 'gold' | 'self' | 'pop' | 'some_merchants';

export function spendingWordsOf(rule: SpendingRule): SpendingWords {
  const products = rule.products?.allow ?? ['goods'];
  const merchants = rule.merchants?.allow ?? ['self'];
  const denied = rule.merchants?.deny ?? [];
  const sells = (kind: 'self' | 'pop') => merchants.includes(kind) && !denied.includes(kind);
  const named = merchants.some((merchant) => merchant !== 'self' && merchant !== 'pop');
  const words = [
    { word: 'goods', included: products.includes('goods') },
    { word: 'fresh', included: products.includes('fresh') },
    { word: 'self', included: sells('self') },
    { word: 'pop', included: sells('pop') },
    { word: 'virtual', included: false },
    { word: 'gold', included: false },
  ] as const;
  return {
    included: [
      ...words.filter(({ included }) => included).map(({ word }) => word),
      ...(named ? (['some_merchants'] as const) : []),
    ],
    excluded: words.filter(({ included }) => !included).map(({ word }) => word),
    onlyCategories: rule.categories?.allow ?? null,
    notCategories: rule.categories?.deny ?? [],
  };
}
