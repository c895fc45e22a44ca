/** Everything that checkout, the ledger and the gateway hold at one moment, as plain values to compare. */
export interface Snapshot {
  readonly cards: Map<string, CardSnapshot>;
  readonly orders: Map<string, OrderSnapshot>;
  readonly payments: Map<string, PaymentSnapshot>;
  /** The gateway's trades, by the external tender's id. */
  readonly trades: Map<string, TradeSnapshot>;
  readonly merchants: Record<Merchant, MerchantSnapshot>;
  /** What the gateway owes us, and late money that waits to be sent back. */
  readonly house: { receivableMinor: bigint; suspenseMinor: bigint };
  /** Notifications that the gateway has still to send: trade and due time. */
  owed: { readonly tenderId: string; readonly dueMs: number }[];
}

export type Merchant = 'self' | 'pop';

export interface CardSnapshot {
  readonly accountId: string;
  readonly expiresMs: number | null;
  postedMinor: bigint;
  heldMinor: bigint;
  frozen: boolean;
}

export interface MerchantSnapshot {
  postedMinor: bigint;
  creditsPending: bigint;
  debitsPending: bigint;
}

export interface OrderSnapshot {
  state: string;
  readonly payByMs: number;
  readonly lines: readonly OrderLineSnapshot[];
}

export interface OrderLineSnapshot {
  readonly id: string;
  readonly amountMinor: bigint;
  readonly kind: string;
  readonly merchant: Merchant;
}

export interface PaymentSnapshot {
  readonly id: string;
  readonly orderId: string;
  state: string;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  refundedMinor: bigint;
  readonly expiresMs: number | null;
  readonly tenders: TenderSnapshot[];
  readonly refunds: RefundSnapshot[];
}

export interface TenderSnapshot {
  readonly id: string;
  readonly cardId: string | null;
  state: string;
  readonly amountMinor: bigint;
  refundedMinor: bigint;
  readonly lines: Map<string, { readonly paidMinor: bigint; backMinor: bigint }>;
}

export interface RefundSnapshot {
  readonly id: string;
  state: string;
  /** The gateway was asked at least once without a final answer. */
  asked: boolean;
  readonly parts: RefundPartSnapshot[];
}

export interface RefundPartSnapshot {
  readonly id: string;
  readonly tenderId: string;
  state: string;
  readonly lines: Map<string, bigint>;
}

export interface TradeSnapshot {
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

export function partMinor(part: RefundPartSnapshot): bigint {
  return sum(part.lines.values());
}

export function externalTender(payment: PaymentSnapshot): TenderSnapshot | undefined {
  return payment.tenders.find(({ cardId }) => cardId === null);
}

export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`the model has no ${what}`);
  return value;
}

/**
 * The snapshot as sorted lines of text: two snapshots are equal when their lines are. A trade that is unpaid after its expiry
 * counts as closed, whether or not the gateway has written that down yet.
 */
export function linesOf(snapshot: Snapshot, nowMs: number): string[] {
  const isOver = ({ state, expiresMs }: TradeSnapshot) =>
    state === 'WAIT_BUYER_PAY' && expiresMs !== null && expiresMs <= nowMs;
  const trades = new Map(
    [...snapshot.trades].map(([id, trade]) => [
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
  const payments = [...snapshot.payments.values()].map(({ refunds, tenders, ...payment }) => [
    `payment ${text(payment)}`,
    ...tenders.map((tender) => `tender ${text(tender)}`),
    ...refunds.flatMap(({ parts, ...refund }) => [
      `refund ${text(refund)}`,
      ...parts.map((part) => `part of ${refund.id} ${text(part)}`),
    ]),
  ]);
  return [
    ...things('card', snapshot.cards),
    ...things('order', snapshot.orders),
    ...payments.flat(),
    ...things('trade', trades),
    ...snapshot.owed.map((message) => `owed ${text(message)}`),
    `merchants ${text(snapshot.merchants)}`,
    `house ${text(snapshot.house)}`,
  ].sort();
}
