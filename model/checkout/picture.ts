/** Everything that checkout, the ledger and the gateway's far side say at one moment, in plain values to compare. */
export interface Picture {
  readonly cards: Map<string, CardPicture>;
  readonly orders: Map<string, OrderPicture>;
  readonly payments: Map<string, PaymentPicture>;
  /** The far side's trades, by the external tender's id. */
  readonly trades: Map<string, TradePicture>;
  readonly merchants: Record<Merchant, MerchantPicture>;
  /** What the gateway owes us, and what is parked until it goes back. */
  readonly house: { receivableMinor: bigint; suspenseMinor: bigint };
  /** Messages of the far side that are still to come: trade and due time. */
  owed: { readonly tenderId: string; readonly dueMs: number }[];
}

export type Merchant = 'self' | 'pop';

export interface CardPicture {
  readonly accountId: string;
  readonly expiresMs: number | null;
  postedMinor: bigint;
  heldMinor: bigint;
  frozen: boolean;
}

export interface MerchantPicture {
  postedMinor: bigint;
  creditsPending: bigint;
  debitsPending: bigint;
}

export interface OrderPicture {
  state: string;
  readonly payByMs: number;
  readonly lines: readonly OrderLinePicture[];
}

export interface OrderLinePicture {
  readonly id: string;
  readonly amountMinor: bigint;
  readonly kind: string;
  readonly merchant: Merchant;
}

export interface PaymentPicture {
  readonly id: string;
  readonly orderId: string;
  state: string;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  refundedMinor: bigint;
  readonly expiresMs: number | null;
  readonly tenders: TenderPicture[];
  readonly refunds: RefundPicture[];
}

export interface TenderPicture {
  readonly id: string;
  readonly cardId: string | null;
  state: string;
  readonly amountMinor: bigint;
  refundedMinor: bigint;
  readonly lines: Map<string, { readonly paidMinor: bigint; backMinor: bigint }>;
}

export interface RefundPicture {
  readonly id: string;
  state: string;
  /** The gateway was asked at least once without a final answer. */
  asked: boolean;
  readonly parts: RefundPartPicture[];
}

export interface RefundPartPicture {
  readonly id: string;
  readonly tenderId: string;
  state: string;
  readonly lines: Map<string, bigint>;
}

export interface TradePicture {
  state: string;
  readonly amountMinor: bigint;
  readonly expiresMs: number | null;
  /** By the number we gave each. */
  readonly refunds: Map<string, bigint>;
}

export const PAID_STATES = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];
export const OPEN_STATES = ['HELD', 'EXTERNAL_PENDING', 'CANCELLING'];

export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

export function partMinor(part: RefundPartPicture): bigint {
  return sum(part.lines.values());
}

export function externalTender(payment: PaymentPicture): TenderPicture | undefined {
  return payment.tenders.find(({ cardId }) => cardId === null);
}

export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the model has no ${what}`);
  return value;
}

/**
 * The picture as lines of text, one per thing, in an order of its own: two are alike when their lines are. A trade that
 * waits past its end is closed, whether somebody has looked and written that down or not.
 */
export function linesOf(picture: Picture, nowMs: number): string[] {
  const isOver = ({ state, expiresMs }: TradePicture) =>
    state === 'WAIT_BUYER_PAY' && expiresMs !== null && expiresMs <= nowMs;
  const trades = new Map(
    [...picture.trades].map(([id, trade]) => [
      id,
      isOver(trade) ? { ...trade, state: 'TRADE_CLOSED' } : trade,
    ]),
  );
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, inner) => {
      if (typeof inner === 'bigint') return `${inner}`;
      if (inner instanceof Map) return Object.fromEntries([...inner].sort(([a], [b]) => (a < b ? -1 : 1)));
      return inner;
    });
  const things = (name: string, map: Map<string, unknown>) =>
    [...map].map(([id, thing]) => `${name} ${id} ${text(thing)}`);
  const payments = [...picture.payments.values()].map(({ refunds, tenders, ...payment }) => [
    `payment ${text(payment)}`,
    ...tenders.map((tender) => `tender ${text(tender)}`),
    ...refunds.flatMap(({ parts, ...refund }) => [
      `refund ${text(refund)}`,
      ...parts.map((part) => `part of ${refund.id} ${text(part)}`),
    ]),
  ]);
  return [
    ...things('card', picture.cards),
    ...things('order', picture.orders),
    ...payments.flat(),
    ...things('trade', trades),
    ...picture.owed.map((message) => `owed ${text(message)}`),
    `merchants ${text(picture.merchants)}`,
    `house ${text(picture.house)}`,
  ].sort();
}
