import { type Proof, ReferenceGateway } from './reference-gateway';
import type { PayRequest, RefundRequest } from './requests';
import {
  externalTender,
  type Merchant,
  must,
  type OrderSnapshot,
  PAID_STATES,
  type PaymentSnapshot,
  type Snapshot,
} from './snapshot';
import { type Split, splitOf } from './split';

/** A shopper is sent to the gateway only if at least a minute is left. */
const SHORTEST_VISIT_MS = 60_000;
const WINDOW_MS = 10 * 60_000;

/** The ids that the product gave to what the model says was created. */
export interface MadePayment {
  readonly id: string;
  readonly tenders: readonly { readonly id: string; readonly cardId: string | null }[];
}

/** The model of checkout: what its state tables and decisions say, one request after another. */
export class ReferenceCheckout {
  nowMs: number;
  readonly gateway: ReferenceGateway;
  /** By idempotency key: the request that used it first, and what that created. */
  readonly paid = new Map<string, { request: PayRequest; paymentId: string }>();
  readonly refunded = new Map<string, { request: RefundRequest; refundId: string }>();
  /** Trades that the gateway had closed and still took money for. */
  readonly paidAfterClose = new Set<string>();

  constructor(
    public snapshot: Snapshot,
    start: { nowMs: number; readonly cardIds: string[] },
  ) {
    this.nowMs = start.nowMs;
    this.cardIds = start.cardIds;
    this.gateway = new ReferenceGateway(
      () => this.snapshot,
      () => this.nowMs,
    );
  }

  readonly cardIds: string[];

  pay(request: PayRequest, made: () => MadePayment): string {
    const stored = this.paid.get(request.key);
    if (stored) {
      return sameBody(stored.request, request)
        ? this.proceed(this.payment(stored.paymentId))
        : 'idempotency_key_reused';
    }
    const order = this.order(request.orderId);
    if (order.state !== 'open') return this.notOpen(request.orderId);
    if (order.payByMs <= this.nowMs) return 'order_expired';
    const split = this.split(order, request);
    if (split.cardMinor !== request.cardMinor || split.externalMinor !== request.externalMinor)
      return 'split_changed';
    if (split.externalMinor > 0n && !request.method) return 'method_needed';
    const payment = this.reserve(request, split, made());
    this.paid.set(request.key, { request, paymentId: payment.id });
    return this.proceed(payment);
  }

  split(order: OrderSnapshot, request: Pick<PayRequest, 'choice'>): Split {
    return splitOf(this.snapshot, {
      order,
      cardIds: this.cardIds,
      choice: request.choice,
      nowMs: this.nowMs,
    });
  }

  check(paymentId: string): string {
    const payment = this.payment(paymentId);
    if (payment.state === 'EXTERNAL_PENDING') {
      if (payment.expiresMs !== null && payment.expiresMs <= this.nowMs) this.giveUp(payment);
      else this.apply(payment, this.ask(payment, 'query'));
    } else if (payment.state === 'CANCELLING') this.apply(payment, this.ask(payment, 'close'));
    else if (payment.state === 'LATE_PAID') this.returnLate(payment);
    return payment.state;
  }

  cancel(paymentId: string): string {
    const payment = this.payment(paymentId);
    if (payment.state === 'EXTERNAL_PENDING') this.giveUp(payment);
    return payment.state;
  }

  cancelOrder(orderId: string): string {
    const order = this.order(orderId);
    if (order.state === 'open') order.state = 'cancelled';
    else return order.state === 'paying' ? 'payment_under_way' : 'order_not_open';
    return 'ok';
  }

  setFrozen(cardId: string, frozen: boolean): string {
    const card = must(this.snapshot.cards.get(cardId), `card ${cardId}`);
    if (card.frozen === frozen) return 'not_possible_in_state';
    card.frozen = frozen;
    return 'ok';
  }

  /** Notifications that are due arrive, and meet their payment in the state that it has by now. */
  deliver(): void {
    const due = this.snapshot.owed.filter(({ dueMs }) => dueMs <= this.nowMs);
    this.snapshot.owed = this.snapshot.owed.filter(({ dueMs }) => dueMs > this.nowMs);
    for (const { tenderId } of due) this.apply(this.paymentOfTender(tenderId), 'succeeded');
  }

  payment(id: string): PaymentSnapshot {
    return must(this.snapshot.payments.get(id), `payment ${id}`);
  }

  order(id: string): OrderSnapshot {
    return must(this.snapshot.orders.get(id), `order ${id}`);
  }

  merchantOf(payment: PaymentSnapshot, lineId: string): Merchant {
    return must(
      this.order(payment.orderId).lines.find(({ id }) => id === lineId),
      `line ${lineId}`,
    ).merchant;
  }

  private notOpen(orderId: string): string {
    const latest = [...this.snapshot.payments.values()]
      .filter((payment) => payment.orderId === orderId)
      .at(-1);
    const alive = latest && !['CANCELLED', 'LATE_PAID', 'EXTERNAL_REFUNDED'].includes(latest.state);
    return alive ? `already_being_paid ${latest.id}` : 'order_not_payable';
  }

  private reserve(request: PayRequest, split: Split, made: MadePayment): PaymentSnapshot {
    const { cardMinor, externalMinor } = split;
    const idOf = (cardId: string | null) =>
      must(
        made.tenders.find((tender) => tender.cardId === cardId),
        `tender of ${cardId}`,
      ).id;
    const paid = (amounts: Map<string, bigint>) =>
      new Map(
        [...amounts]
          .filter(([, minor]) => minor > 0n)
          .map(([id, paidMinor]) => [id, { paidMinor, backMinor: 0n }]),
      );
    const tender = (cardId: string | null, amounts: Map<string, bigint>) => ({
      id: idOf(cardId),
      cardId,
      state: cardId === null ? 'PENDING' : 'AUTHORIZED',
      amountMinor: [...amounts.values()].reduce((a, b) => a + b, 0n),
      refundedMinor: 0n,
      lines: paid(amounts),
    });
    const payment: PaymentSnapshot = {
      id: made.id,
      orderId: request.orderId,
      state: externalMinor > 0n ? 'EXTERNAL_PENDING' : 'HELD',
      cardMinor,
      externalMinor,
      refundedMinor: 0n,
      expiresMs: externalMinor > 0n ? this.nowMs + WINDOW_MS : null,
      tenders: [
        ...split.cards.map(({ cardId, lines }) => tender(cardId, lines)),
        ...(externalMinor > 0n ? [tender(null, split.rest)] : []),
      ],
      refunds: [],
    };
    this.snapshot.payments.set(payment.id, payment);
    this.order(request.orderId).state = 'paying';
    this.moveHolds(payment, 1n);
    return payment;
  }

  private proceed(payment: PaymentSnapshot): string {
    if (payment.state === 'HELD') this.settle(payment);
    if (payment.state === 'EXTERNAL_PENDING' && payment.expiresMs !== null) {
      if (payment.expiresMs - this.nowMs >= SHORTEST_VISIT_MS) return `proceed ${payment.id}`;
      this.apply(payment, this.ask(payment, 'query'));
    }
    return `${PAID_STATES.includes(payment.state) ? 'paid' : 'pending'} ${payment.id}`;
  }

  private ask(payment: PaymentSnapshot, how: 'query' | 'close'): Proof {
    const tender = must(externalTender(payment), 'external tender');
    return this.gateway[how](tender.id, payment.expiresMs ?? 0);
  }

  private giveUp(payment: PaymentSnapshot): void {
    payment.state = 'CANCELLING';
    this.apply(payment, this.ask(payment, 'close'));
  }

  private apply(payment: PaymentSnapshot, proof: Proof): void {
    const tender = must(externalTender(payment), 'external tender');
    const open = payment.state === 'EXTERNAL_PENDING' || payment.state === 'CANCELLING';
    if (proof === 'succeeded' && payment.state === 'CANCELLED') this.takeLate(payment);
    else if (!open) return;
    else if (proof === 'succeeded') this.settle(payment);
    else if (proof === 'failed') this.release(payment);
    else tender.state = proof === 'unknown' ? 'UNKNOWN' : 'PENDING';
  }

  private settle(payment: PaymentSnapshot): void {
    this.moveHolds(payment, -1n);
    for (const tender of payment.tenders) {
      tender.state = 'CAPTURED';
      if (tender.cardId === null) this.snapshot.house.receivableMinor += tender.amountMinor;
      else must(this.snapshot.cards.get(tender.cardId), 'card').postedMinor -= tender.amountMinor;
      for (const [lineId, { paidMinor }] of tender.lines) {
        this.snapshot.merchants[this.merchantOf(payment, lineId)].postedMinor += paidMinor;
      }
    }
    payment.state = 'PAID';
    this.order(payment.orderId).state = 'paid';
  }

  private release(payment: PaymentSnapshot): void {
    this.moveHolds(payment, -1n);
    for (const tender of payment.tenders) tender.state = tender.cardId === null ? 'CLOSED' : 'VOIDED';
    payment.state = 'CANCELLED';
    this.order(payment.orderId).state = 'open';
  }

  private takeLate(payment: PaymentSnapshot): void {
    const tender = must(externalTender(payment), 'external tender');
    this.snapshot.house.receivableMinor += tender.amountMinor;
    this.snapshot.house.suspenseMinor += tender.amountMinor;
    tender.state = 'REFUNDING';
    payment.state = 'LATE_PAID';
  }

  private returnLate(payment: PaymentSnapshot): void {
    const tender = must(externalTender(payment), 'external tender');
    if (this.gateway.refund(tender.id, `${tender.id}_late`, tender.amountMinor) !== 'succeeded') return;
    this.snapshot.house.receivableMinor -= tender.amountMinor;
    this.snapshot.house.suspenseMinor -= tender.amountMinor;
    tender.state = 'REFUNDED';
    payment.state = 'EXTERNAL_REFUNDED';
  }

  /** Adds (`1n`) or ends (`-1n`) the holds of a payment's cards for its merchants. */
  private moveHolds(payment: PaymentSnapshot, sign: 1n | -1n): void {
    for (const { cardId, amountMinor, lines } of payment.tenders) {
      if (cardId === null) continue;
      must(this.snapshot.cards.get(cardId), 'card').heldMinor += sign * amountMinor;
      for (const [lineId, { paidMinor }] of lines) {
        this.snapshot.merchants[this.merchantOf(payment, lineId)].creditsPending += sign * paidMinor;
      }
    }
  }

  private paymentOfTender(tenderId: string): PaymentSnapshot {
    return must(
      [...this.snapshot.payments.values()].find(({ tenders }) => tenders.some(({ id }) => id === tenderId)),
      `payment of ${tenderId}`,
    );
  }
}

function sameBody(a: PayRequest, b: PayRequest): boolean {
  return (
    a.orderId === b.orderId &&
    a.method === b.method &&
    a.cardMinor === b.cardMinor &&
    a.externalMinor === b.externalMinor &&
    textOf(a) === textOf(b)
  );
}

function textOf({ choice }: PayRequest): string {
  return choice?.map(({ cardId, maxMinor }) => `${cardId}=${maxMinor}`).join() ?? 'all';
}
