import type { WalletCard } from '@/lib/cards';

/**
 * How a shopper may order the cards that can pay; the first is how the wallet comes. `merged`: those of one programme in one
 * line.
 */
export const CARD_ORDERS = ['expiry', 'balance', 'bound', 'merged'] as const;
export type CardOrder = (typeof CARD_ORDERS)[number];

/** Narrows an address's `?order=`; soonest expiry when it says nothing that we know. */
export function parseCardOrder(text: unknown): CardOrder {
  return CARD_ORDERS.find((order) => order === text) ?? 'expiry';
}

/** The same cards in another order. `expiry` and `merged` leave them as the wallet gave them: soonest end first. */
export function sortCards(cards: readonly WalletCard[], order: CardOrder): readonly WalletCard[] {
  if (order === 'balance')
    return cards.toSorted((a, b) =>
      a.usableMinor === b.usableMinor ? 0 : a.usableMinor > b.usableMinor ? -1 : 1,
    );
  if (order === 'bound')
    return cards.toSorted((a, b) => (b.boundAt?.getTime() ?? 0) - (a.boundAt?.getTime() ?? 0));
  return cards;
}

/** The cards of one programme as one line. Amounts in minor units. */
export interface MergedCards {
  readonly programme: WalletCard['programme'];
  readonly currency: WalletCard['currency'];
  readonly usableMinor: bigint;
  readonly heldMinor: bigint;
  readonly cards: readonly WalletCard[];
}

/** Cards by programme, in the order of each programme's first card; nothing is lost and nothing counted twice. */
export function mergeCards(cards: readonly WalletCard[]): readonly MergedCards[] {
  const groups = new Map<string, WalletCard[]>();
  for (const card of cards) {
    const key = `${card.programme.id} ${card.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), card]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { programme, currency } = first;
    return [
      {
        programme,
        currency,
        usableMinor: group.reduce((sum, card) => sum + card.usableMinor, 0n),
        heldMinor: group.reduce((sum, card) => sum + card.heldMinor, 0n),
        cards: group,
      },
    ];
  });
}

/** Whether the wallet's first view leaves it out. */
export function isPutAway(card: WalletCard): boolean {
  return card.archivedAt !== null || card.status === 'closed';
}

export function canPay(card: WalletCard): boolean {
  return card.status === 'usable' || card.status === 'expiring_soon';
}
