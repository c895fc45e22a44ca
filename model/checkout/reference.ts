import { FarSide, type Proof } from './far-side';
import {
  externalTender,
  type Merchant,
  must,
  type OrderPicture,
  PAID_STATES,
  type PaymentPicture,
  type Picture,
} from './picture';
import type { PayRequest, RefundRequest } from './requests';
import { type Split, splitOf } from './split';

/** The gateway lets a shopper in until a minute before the end. */
const SHORTEST_VISIT_MS = 60_000;
const WINDOW_MS = 10 * 60_000;

/** The ids that the product made for what the model says comes into being. */
export interface MadePayment {
  readonly id: string;
  readonly tenders: readonly { readonly id: string; readonly cardId: string | null }[];
}

/** Checkout as its state tables and decisions describe it, one request after another. */
export class ReferenceCheckout {
  nowMs: number;
  readonly farSide: FarSide;
  /** What a key was used for first: the request and what it made. */
  readonly paid = new Map<string, { request: PayRequest; paymentId: string }>();
  readonly refunded = new Map<string, { request: RefundRequest; refundId: string }>();
  /** Trades that the gateway had closed and took money for all the same. */
  readonly broken = new Set<string>();

  constructor(
    public picture: Picture,
    start: { nowMs: number; readonly cardIds: string[] },
  ) {
    this.nowMs = start.nowMs;
    this.cardIds = start.cardIds;
    this.farSide = new FarSide(
      () => this.picture,
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

  split(order: OrderPicture, request: Pick<PayRequest, 'choice'>): Split {
    return splitOf(this.picture, { order, cardIds: this.cardIds, choice: request.choice, nowMs: this.nowMs });
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
    const card = must(this.picture.cards.get(cardId), `card ${cardId}`);
    if (card.frozen === frozen) return 'not_possible_in_state';
    card.frozen = frozen;
    return 'ok';
  }

  /** The messages that are due arrive, and each finds its payment as it is by now. */
  deliver(): void {
    const due = this.picture.owed.filter(({ dueMs }) => dueMs <= this.nowMs);
    this.picture.owed = this.picture.owed.filter(({ dueMs }) => dueMs > this.nowMs);
    for (const { tenderId } of due) this.apply(this.paymentOfTender(tenderId), 'succeeded');
  }

  payment(id: string): PaymentPicture {
    return must(this.picture.payments.get(id), `payment ${id}`);
  }

  order(id: string): OrderPicture {
    return must(this.picture.orders.get(id), `order ${id}`);
  }

  merchantOf(payment: PaymentPicture, lineId: string): Merchant {
    return must(
      this.order(payment.orderId).lines.find(({ id }) => id === lineId),
      `line ${lineId}`,
    ).merchant;
  }

  private notOpen(orderId: string): string {
    const latest = [...this.picture.payments.values()]
      .filter((payment) => payment.orderId === orderId)
      .at(-1);
    const alive = latest && !['CANCELLED', 'LATE_PAID', 'EXTERNAL_REFUNDED'].includes(latest.state);
    return alive ? `already_being_paid ${latest.id}` : 'order_not_payable';
  }

  private reserve(request: PayRequest, split: Split, made: MadePayment): PaymentPicture {
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
    const payment: PaymentPicture = {
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
    this.picture.payments.set(payment.id, payment);
    this.order(request.orderId).state = 'paying';
    this.moveHolds(payment, 1n);
    return payment;
  }

  private proceed(payment: PaymentPicture): string {
    if (payment.state === 'HELD') this.settle(payment);
    if (payment.state === 'EXTERNAL_PENDING' && payment.expiresMs !== null) {
      if (payment.expiresMs - this.nowMs >= SHORTEST_VISIT_MS) return `proceed ${payment.id}`;
      this.apply(payment, this.ask(payment, 'query'));
    }
    return `${PAID_STATES.includes(payment.state) ? 'paid' : 'pending'} ${payment.id}`;
  }

  private ask(payment: PaymentPicture, how: 'query' | 'close'): Proof {
    const tender = must(externalTender(payment), 'external tender');
    return this.farSide[how](tender.id, payment.expiresMs ?? 0);
  }

  private giveUp(payment: PaymentPicture): void {
    payment.state = 'CANCELLING';
    this.apply(payment, this.ask(payment, 'close'));
  }

  private apply(payment: PaymentPicture, proof: Proof): void {
    const tender = must(externalTender(payment), 'external tender');
    const open = payment.state === 'EXTERNAL_PENDING' || payment.state === 'CANCELLING';
    if (proof === 'succeeded' && payment.state === 'CANCELLED') this.takeLate(payment);
    else if (!open) return;
    else if (proof === 'succeeded') this.settle(payment);
    else if (proof === 'failed') this.release(payment);
    else tender.state = proof === 'unknown' ? 'UNKNOWN' : 'PENDING';
  }

  private settle(payment: PaymentPicture): void {
    this.moveHolds(payment, -1n);
    for (const tender of payment.tenders) {
      tender.state = 'CAPTURED';
      if (tender.cardId === null) this.picture.house.receivableMinor += tender.amountMinor;
      else must(this.picture.cards.get(tender.cardId), 'card').postedMinor -= tender.amountMinor;
      for (const [lineId, { paidMinor }] of tender.lines) {
        this.picture.merchants[this.merchantOf(payment, lineId)].postedMinor += paidMinor;
      }
    }
    payment.state = 'PAID';
    this.order(payment.orderId).state = 'paid';
  }

  private release(payment: PaymentPicture): void {
    this.moveHolds(payment, -1n);
    for (const tender of payment.tenders) tender.state = tender.cardId === null ? 'CLOSED' : 'VOIDED';
    payment.state = 'CANCELLED';
    this.order(payment.orderId).state = 'open';
  }

  private takeLate(payment: PaymentPicture): void {
    const tender = must(externalTender(payment), 'external tender');
    this.picture.house.receivableMinor += tender.amountMinor;
    this.picture.house.suspenseMinor += tender.amountMinor;
    tender.state = 'REFUNDING';
    payment.state = 'LATE_PAID';
  }

  private returnLate(payment: PaymentPicture): void {
    const tender = must(externalTender(payment), 'external tender');
    if (this.farSide.refund(tender.id, `${tender.id}_late`, tender.amountMinor) !== 'succeeded') return;
    this.picture.house.receivableMinor -= tender.amountMinor;
    this.picture.house.suspenseMinor -= tender.amountMinor;
    tender.state = 'REFUNDED';
    payment.state = 'EXTERNAL_REFUNDED';
  }

  /** The cards' part is held for the merchants, or no longer. */
  private moveHolds(payment: PaymentPicture, sign: 1n | -1n): void {
    for (const { cardId, amountMinor, lines } of payment.tenders) {
      if (cardId === null) continue;
      must(this.picture.cards.get(cardId), 'card').heldMinor += sign * amountMinor;
      for (const [lineId, { paidMinor }] of lines) {
        this.picture.merchants[this.merchantOf(payment, lineId)].creditsPending += sign * paidMinor;
      }
    }
  }

  private paymentOfTender(tenderId: string): PaymentPicture {
    return must(
      [...this.picture.payments.values()].find(({ tenders }) => tenders.some(({ id }) => id === tenderId)),
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
