import { type Currency, DAY_MS, HOUR_MS, type Id, MINUTE_MS, plusMs } from '@/lib/kernel';
import { type MerchantKind, PAYABLE_KINDS, type ProductKind } from '@/lib/policy';

export type { MerchantKind, ProductKind };

/** The shop's departments, in the order in which they are shown. */
export const CATEGORIES = [
  'fresh',
  'grocery',
  'home',
  'appliances',
  'digital',
  'apparel',
  'beauty',
  'sports',
  'baby',
  'books',
  'virtual',
  'gold',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Where the lines of an order come from: a department, or the card counter, which is no part of the shelf. */
export const LINE_CATEGORIES = [...CATEGORIES, 'card'] as const;
export type LineCategory = (typeof LINE_CATEGORIES)[number];

export function isCategory(text: string): text is Category {
  return CATEGORIES.some((category) => category === text);
}

export const ORDER_STATES = [
  'open',
  'paying',
  'paid',
  'cancelled',
  'partially_refunded',
  'refunded',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What an order may become, and by whom: checkout moves money, the shop itself only cancels. */
export const ORDER_TRANSITIONS: Record<OrderState, readonly OrderState[]> = {
  open: ['paying', 'cancelled'],
  /** A payment is alive; it ends in `paid`, or gives the order back. */
  paying: ['paid', 'open'],
  paid: ['partially_refunded', 'refunded'],
  // A gateway may refuse a refund later: then the order goes back.
  partially_refunded: ['partially_refunded', 'refunded', 'paid'],
  refunded: ['partially_refunded', 'paid'],
  // Money that arrives after the cancellation is sent back by checkout; the order stays cancelled.
  cancelled: [],
};

/** What the reader of an order is told; `lapsed` is an open order whose time to pay is over. */
export type OrderStanding = OrderState | 'lapsed';

/** How long an order waits for its payment. */
export const PAYMENT_WINDOW_MS = 30 * MINUTE_MS;

/** The most of one product in a basket or an order (a CHECK of the database holds it too). */
export const MAX_QUANTITY = 99;

/** A text of the shop in both languages. */
export interface LocalText {
  readonly zh: string;
  readonly en: string;
}

export type ShopRefusal =
  | { readonly code: 'product_not_found' }
  | { readonly code: 'quantity_not_allowed' }
  | { readonly code: 'basket_empty' }
  /** The basket is no longer what the shopper saw: another tab changed it, or a price did. */
  | { readonly code: 'basket_changed' }
  /** The key was used for something else. */
  | { readonly code: 'idempotency_key_reused' }
  | { readonly code: 'order_not_found' }
  | { readonly code: 'order_not_open' }
  /** A payment of this order is under way: first it has to end. */
  | { readonly code: 'payment_under_way' };

/** Whether any shopping card can pay it. Fresh food and POP merchants are a matter of the card's programme. */
export function isPayableByCard(kind: ProductKind): boolean {
  return PAYABLE_KINDS.some((payable) => payable === kind);
}

export function canBecome(from: OrderState, to: OrderState): boolean {
  return ORDER_TRANSITIONS[from].includes(to);
}

export function standingOf(order: { state: OrderState; payBy: Date }, now: Date): OrderStanding {
  return order.state === 'open' && order.payBy <= now ? 'lapsed' : order.state;
}

/**
 * Until when a shopper may return a line without giving a reason; null = not at all, support decides. Seven days
 * for goods (消费者权益保护法 Art. 25, counted here from payment: the demo shop delivers at once), two days for fresh
 * food that spoiled; what was delivered by wire and investment gold are excepted.
 */
export function returnableUntil(kind: ProductKind, paidAt: Date): Date | null {
  switch (kind) {
    case 'goods':
      return plusMs(paidAt, 7 * DAY_MS);
    case 'fresh':
      return plusMs(paidAt, 48 * HOUR_MS);
    default:
      return null;
  }
}

/** The text in the reader's language; Chinese unless the locale is English. */
export function textIn(locale: string, text: LocalText): string {
  return locale === 'en' ? text.en : text.zh;
}

/**
 * Text as it is compared in a search: full-width and half-width forms, and letter case, make no difference
 * (Unicode NFKC, then lower case).
 */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Whether every word of `query` stands somewhere in `texts`. An empty query matches everything. */
export function matchesQuery(texts: readonly string[], query: string): boolean {
  const haystack = searchable(texts.join('\n'));
  return searchable(query)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

export type ProductId = Id<'prd'>;
export type OrderId = Id<'ord'>;
export type OrderLineId = Id<'orl'>;
export type UserId = Id<'usr'>;

export interface Merchant {
  readonly id: string;
  readonly kind: MerchantKind;
  readonly name: LocalText;
}

export interface Product {
  readonly id: ProductId;
  readonly slug: string;
  readonly merchant: Merchant;
  readonly category: Category;
  readonly kind: ProductKind;
  readonly title: LocalText;
  readonly description: LocalText;
  readonly priceMinor: bigint;
  readonly currency: Currency;
  readonly art: string;
}

export interface BasketLine {
  readonly product: Product;
  readonly quantity: number;
  readonly amountMinor: bigint;
}

export interface Basket {
  readonly lines: readonly BasketLine[];
  /** How many things, not how many lines. */
  readonly count: number;
  readonly totalMinor: bigint;
  /** What cards of some programme could pay of it. */
  readonly payableByCardMinor: bigint;
  readonly currency: Currency;
}

/** A line as it was when ordered. */
export interface OrderLine {
  readonly id: OrderLineId;
  readonly productId: ProductId;
  readonly merchantId: string;
  readonly merchantKind: MerchantKind;
  readonly category: LineCategory;
  readonly kind: ProductKind;
  readonly title: LocalText;
  readonly art: string;
  readonly unitMinor: bigint;
  readonly quantity: number;
  readonly amountMinor: bigint;
}

export interface Order {
  readonly id: OrderId;
  /** 12 digits. */
  readonly number: string;
  readonly userId: UserId;
  readonly state: OrderState;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly createdAt: Date;
  readonly payBy: Date;
  readonly paidAt: Date | null;
  readonly lines: readonly OrderLine[];
}

/** `123456789012` as it is read out: `1234 5678 9012`. */
export function orderNumberGroups(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** A line of a paid order, and how much of what was paid for it has not gone back yet (minor units). */
export interface ReturnableLine {
  readonly line: OrderLine;
  readonly leftMinor: bigint;
  /** Until when; null = the shopper cannot return it. */
  readonly until: Date | null;
  readonly open: boolean;
}

/** What goes back, by line. */
export type ReturnChoice = readonly { readonly lineId: string; readonly amountMinor: bigint }[];

/** What `pieces` of a line come to; never more than is left of it. */
export function piecesMinor({ line, leftMinor }: ReturnableLine, pieces: number): bigint {
  const amountMinor = line.unitMinor * BigInt(pieces);
  return amountMinor < leftMinor ? amountMinor : leftMinor;
}

/** How many pieces can be chosen of a line. */
export function piecesOf({ line, leftMinor }: ReturnableLine): number {
  return Number((leftMinor + line.unitMinor - 1n) / line.unitMinor);
}
