import type { CardColours } from '@/lib/cards';
import type { Currency, Id } from '@/lib/kernel';
import type { Buyer, CardKind, CardMedium, FaceRefusal, FaceValues, SaleRefusal } from '@/lib/policy';
import type { DiscountTier } from './price';
import type { ThemeId } from './themes';

/**
 * open → paid → issued → withdrawing (all its cards were handed back, money is on its way) → withdrawn; or open → abandoned. A
 * purchase of which some cards were handed back stays issued.
 */
export const PURCHASE_STATES = ['open', 'paid', 'issued', 'withdrawing', 'withdrawn', 'abandoned'] as const;
export type PurchaseState = (typeof PURCHASE_STATES)[number];

/** The cards are dead and their price is on its way back, or back. */
export const WITHDRAWAL_STATES = ['returning', 'returned'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

/** self (into one's own wallet), gift (to somebody, by lib/gifts), ship (cards of plastic, to an address). */
export const PURPOSES = ['self', 'gift', 'ship'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const BUYERS = ['individual', 'company'] as const satisfies readonly Buyer[];

/** What can be done with cards of a medium. */
export function purposesOf(medium: CardMedium): readonly Purpose[] {
  return medium === 'physical' ? ['ship'] : ['self', 'gift'];
}

/** The most cards of one purchase. */
export const MAX_CARDS = 99;

/** A programme at the card counter (售卡处). */
export interface Offer {
  readonly programmeId: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: CardKind;
  readonly medium: CardMedium;
  readonly currency: Currency;
  readonly policyPack: string;
  readonly validityMonths: number | null;
  readonly colours: CardColours;
  /** What may be bought, after what the counter itself asks. */
  readonly faceValues: FaceValues;
  /** A few to choose from at one press, smallest first. */
  readonly suggestedMinor: readonly bigint[];
  readonly tiers: readonly DiscountTier[];
  readonly purposes: readonly Purpose[];
}

export const IDENTITY_KINDS = ['id_card', 'passport', 'company'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** A buyer's identity as it may be shown. */
export interface MaskedIdentity {
  readonly id: Id<'idn'>;
  readonly kind: IdentityKind;
  readonly maskedName: string;
  readonly maskedNumber: string;
}

export const SHIPMENT_STATES = ['preparing', 'producing', 'shipped', 'delivered'] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

/**
 * requested → issued → cancelled, when its cards went back whole. One that was issued for more than is kept waits to be issued
 * anew: requested, with the number of the one before.
 */
export const STORED_INVOICE_STATES = ['requested', 'issued', 'cancelled'] as const;
/** What it is to its reader. One that was issued and cancelled stands until another one reverses it (红冲). */
export type InvoiceState = (typeof STORED_INVOICE_STATES)[number] | 'reversing' | 'reversed';

/** Why no number of an invoice was noted or corrected. */
export type InvoiceRefusal =
  /** It does not wait for that, or not any more, or not for that amount. */
  | { readonly code: 'not_waiting' }
  /** Another number is noted already: it may be corrected. */
  | { readonly code: 'other_number'; readonly noted: string }
  /** No invoice reverses or replaces itself. */
  | { readonly code: 'own_number' };

/** Each step leads to the next one only. */
export const SHIPMENT_NEXT: Readonly<Record<ShipmentState, ShipmentState | null>> = {
  preparing: 'producing',
  producing: 'shipped',
  shipped: 'delivered',
  delivered: null,
};

export type PurchaseRefusal =
  | { readonly code: 'not_on_sale' }
  | { readonly code: 'quantity_not_allowed'; readonly max: number }
  | { readonly code: 'purpose_not_allowed' }
  /** The price is no longer the one that was shown. */
  | { readonly code: 'price_changed' }
  | { readonly code: 'idempotency_key_reused' }
  | FaceRefusal
  | Exclude<SaleRefusal, { code: 'cash_refund_above_limit' }>;

/** Why an unused card does not go back (七日无理由). */
export type WithdrawalRefusal =
  | { readonly code: 'purchase_not_found' }
  | { readonly code: 'not_issued' }
  | { readonly code: 'already_withdrawn' }
  | NoWithdrawal
  /** Not one of the purchase's cards, or none at all. */
  | { readonly code: 'cards_unknown' }
  /** Its price went back in another way, or is on its way. */
  | { readonly code: 'refunded_otherwise' }
  /** It kept changing meanwhile; nothing went back, and it may be tried again. */
  | { readonly code: 'busy' }
  | { readonly code: CardsObstacle };

/** Nobody has the right: a company, by a policy that grants none, or after its days. */
export interface NoWithdrawal {
  readonly code: 'not_a_consumer' | 'no_right' | 'too_late';
}

/** One of the cards was spent from or is closed, is in another's hands, is frozen, or pays right now. */
export type CardsObstacle = 'cards_used' | 'cards_taken' | 'cards_frozen' | 'cards_paying';

export interface PurchaseTheme {
  readonly theme: ThemeId;
}

/** The counter as a merchant of the shop: what is paid for cards is owed to it until the cards are issued. */
export const CARD_COUNTER = { id: 'mer_0000000000000000000000000b', kind: 'self' } as const;
