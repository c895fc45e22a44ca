/** Something the shop sells, as shoppers of the campaign buy it. */
export interface Product {
  readonly id: string;
  readonly slug: string;
  readonly priceMinor: bigint;
}

export interface CardSecret {
  readonly number: string;
  readonly password: string;
}

/** A card a shopper binds. `cardId` is set when the shop said that it is bound. */
export interface Binding extends CardSecret {
  cardId: string | null;
  /** What the shopper believes is left on it; the shop knows better. */
  leftMinor: bigint;
}

/** One submission of the pay form: repeated with its key until the shop has answered. */
export interface PayPlan {
  readonly key: string;
  readonly cards: readonly { readonly binding: Binding; readonly amountMinor: bigint }[];
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  /** The shop took it: the payment began. */
  accepted: boolean;
}

export interface RefundWish {
  readonly key: string;
  readonly amountMinor: bigint;
  accepted: boolean;
}

/** One thing bought, from the order to the last refund, with everything that the shop acknowledged on the way. */
export interface Purchase {
  readonly orderKey: string;
  readonly product: Product;
  readonly quantity: number;
  readonly totalMinor: bigint;
  /** Every order that the shop named for this key; more than one is a fault. */
  readonly orderIds: Set<string>;
  plan: PayPlan | null;
  plansMade: number;
  cashierPath: string | null;
  /** How often the gateway said to the shopper that it has taken the money. */
  confirmedAtGateway: number;
  /** The plan that the shop said is paid. */
  paid: PayPlan | null;
  readonly refunds: RefundWish[];
  cancelled: boolean;
  finished: boolean;
}

/** Everything that one shopper did and was told. */
export interface Story {
  readonly login: string;
  readonly bindings: Binding[];
  readonly purchases: Purchase[];
}

/**
 * What the campaign knows without asking the shop: every acknowledgement that a shopper got, and every answer that
 * should not exist.
 */
export interface Journal {
  readonly stories: Story[];
  /** How many operations were acknowledged. */
  acknowledged: number;
  /** Answers that nobody expects. */
  readonly oddities: string[];
}

export function openJournal(): Journal {
  return { stories: [], acknowledged: 0, oddities: [] };
}

export function newPurchase(product: Product, quantity: number): Purchase {
  return {
    orderKey: crypto.randomUUID(),
    product,
    quantity,
    totalMinor: product.priceMinor * BigInt(quantity),
    orderIds: new Set(),
    plan: null,
    plansMade: 0,
    cashierPath: null,
    confirmedAtGateway: 0,
    paid: null,
    refunds: [],
    cancelled: false,
    finished: false,
  };
}
