import type { WalletCard } from '@/lib/cards';

/** How a shopper may order the cards that can pay; the first is how the wallet comes. */
export const CARD_ORDERS = ['expiry', 'balance', 'bound'] as const;
export type CardOrder = (typeof CARD_ORDERS)[number];

/** Narrows an address's `?order=`; soonest expiry when it says nothing that we know. */
export function parseCardOrder(text: unknown): CardOrder {
  return CARD_ORDERS.find((order) => order === text) ?? 'expiry';
}

/** The same cards in another order. `expiry` leaves them as the wallet gave them: soonest end first. */
export function sortCards(cards: readonly WalletCard[], order: CardOrder): readonly WalletCard[] {
  if (order === 'balance')
    return cards.toSorted((a, b) =>
      a.usableMinor === b.usableMinor ? 0 : a.usableMinor > b.usableMinor ? -1 : 1,
    );
  if (order === 'bound')
    return cards.toSorted((a, b) => (b.boundAt?.getTime() ?? 0) - (a.boundAt?.getTime() ?? 0));
  return cards;
}

export function canPay(card: WalletCard): boolean {
  return card.status === 'usable' || card.status === 'expiring_soon';
}
