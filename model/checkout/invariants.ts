import { expect } from 'vitest';
import {
  externalTender,
  type Merchant,
  must,
  OPEN_STATES,
  PAID_STATES,
  type PaymentSnapshot,
  partMinor,
  type Snapshot,
  sum,
} from './snapshot';

/** What must hold in every snapshot, whatever happened before it and in whatever order. */
export function expectInvariants(
  snapshot: Snapshot,
  facts: { issued: Map<string, bigint>; paidAfterClose: ReadonlySet<string> },
): void {
  for (const payment of snapshot.payments.values()) expectWhole(payment);
  expectOnePaymentEach(snapshot);
  expectValueKept(snapshot, facts.issued);
  expectGatewayAgrees(snapshot, facts.paidAfterClose);
}

/** Amounts of lines, tenders and refunds add up, and nothing is refunded twice. */
function expectWhole(payment: PaymentSnapshot): void {
  const { id, tenders, refunds } = payment;
  expect(sum(tenders.map(({ amountMinor }) => amountMinor)), id).toBe(
    payment.cardMinor + payment.externalMinor,
  );
  for (const tender of tenders) {
    const lines = [...tender.lines.values()];
    expect(sum(lines.map(({ paidMinor }) => paidMinor)), tender.id).toBe(tender.amountMinor);
    expect(sum(lines.map(({ backMinor }) => backMinor)), tender.id).toBe(tender.refundedMinor);
    expect(lines.every(({ paidMinor, backMinor }) => 0n <= backMinor && backMinor <= paidMinor)).toBe(true);
    const parts = refunds.flatMap((refund) => refund.parts).filter((part) => part.tenderId === tender.id);
    const alive = parts.filter(({ state }) => state !== 'FAILED');
    expect(sum(alive.map(partMinor)), `refunds of ${tender.id}`).toBe(tender.refundedMinor);
    const open = parts.some(({ state }) => state === 'PENDING');
    const paid = PAID_STATES.includes(payment.state);
    const settled = tender.refundedMinor === tender.amountMinor ? 'REFUNDED' : 'CAPTURED';
    if (paid) expect(tender.state, tender.id).toBe(open ? 'REFUNDING' : settled);
  }
  const back = sum(tenders.map(({ refundedMinor }) => refundedMinor));
  expect(payment.refundedMinor, id).toBe(back);
  const amountMinor = payment.cardMinor + payment.externalMinor;
  const state = back === amountMinor ? 'REFUNDED' : back === 0n ? 'PAID' : 'PARTIALLY_REFUNDED';
  if (PAID_STATES.includes(payment.state)) expect(payment.state, id).toBe(state);
  else expect(back, id).toBe(0n);
}

/** At most one payment of an order is under way or paid, and the order's state says which. */
function expectOnePaymentEach(snapshot: Snapshot): void {
  for (const [orderId, order] of snapshot.orders) {
    const alive = [...snapshot.payments.values()]
      .filter((payment) => payment.orderId === orderId)
      .filter(({ state }) => OPEN_STATES.includes(state) || PAID_STATES.includes(state));
    expect(alive.length, `payments of ${orderId}`).toBeLessThanOrEqual(1);
    const [payment] = alive;
    const expected = !payment
      ? ['open', 'cancelled']
      : OPEN_STATES.includes(payment.state)
        ? ['paying']
        : [payment.state.toLowerCase()];
    expect(expected, `order ${orderId}`).toContain(order.state);
  }
}

/** Every account's balance follows from the payments, to the fen. */
function expectValueKept(snapshot: Snapshot, issued: Map<string, bigint>): void {
  const payments = [...snapshot.payments.values()];
  const paid = payments.filter(({ state }) => PAID_STATES.includes(state));
  const open = payments.filter(({ state }) => OPEN_STATES.includes(state));
  for (const [cardId, card] of snapshot.cards) {
    const ofCard = (list: PaymentSnapshot[]) =>
      list.flatMap(({ tenders }) => tenders).filter((t) => t.cardId === cardId);
    const spent = sum(ofCard(paid).map(({ amountMinor, refundedMinor }) => amountMinor - refundedMinor));
    expect(card.postedMinor, `card ${cardId}`).toBe((issued.get(cardId) ?? 0n) - spent);
    expect(card.heldMinor, `held of ${cardId}`).toBe(sum(ofCard(open).map(({ amountMinor }) => amountMinor)));
  }
  const late = payments
    .filter(({ state }) => state === 'LATE_PAID')
    .map(({ externalMinor }) => externalMinor);
  expect(snapshot.house.suspenseMinor, 'suspense').toBe(sum(late));
  const collected = paid.map(({ externalMinor }) => externalMinor);
  const returned = paid.map((payment) => sum(succeededParts(payment).map(partMinor)));
  expect(snapshot.house.receivableMinor, 'receivable').toBe(sum(collected) - sum(returned) + sum(late));
  for (const name of ['self', 'pop'] as const) expectMerchantKept(snapshot, name);
}

function expectMerchantKept(snapshot: Snapshot, name: Merchant): void {
  let posted = 0n;
  let credits = 0n;
  let debits = 0n;
  for (const { orderId, state, tenders, refunds } of snapshot.payments.values()) {
    const lines = must(snapshot.orders.get(orderId), 'order').lines.filter(
      ({ merchant }) => merchant === name,
    );
    const mine = new Set(lines.map(({ id }) => id));
    for (const { cardId, lines: paid } of tenders) {
      const amounts = [...paid].filter(([id]) => mine.has(id)).map(([, { paidMinor }]) => paidMinor);
      if (PAID_STATES.includes(state)) posted += sum(amounts);
      if (OPEN_STATES.includes(state) && cardId !== null) credits += sum(amounts);
    }
    for (const part of refunds.flatMap(({ parts }) => parts)) {
      const amount = sum([...part.lines].filter(([id]) => mine.has(id)).map(([, minor]) => minor));
      if (part.state === 'SUCCEEDED') posted -= amount;
      if (part.state === 'PENDING') debits += amount;
    }
  }
  expect(snapshot.merchants[name], name).toEqual({
    postedMinor: posted,
    creditsPending: credits,
    debitsPending: debits,
  });
}

/** What we booked is what the gateway did: nobody paid for a cancelled payment, and nothing was refunded twice. */
function expectGatewayAgrees(snapshot: Snapshot, paidAfterClose: ReadonlySet<string>): void {
  for (const payment of snapshot.payments.values()) {
    const tender = externalTender(payment);
    if (!tender) continue;
    const trade = snapshot.trades.get(tender.id);
    const back = trade ? sum(trade.refunds.values()) : 0n;
    const took = trade !== undefined && (trade.state === 'TRADE_SUCCESS' || back > 0n);
    if (PAID_STATES.includes(payment.state)) {
      expect(trade?.amountMinor, `trade of ${tender.id}`).toBe(tender.amountMinor);
      const sure = succeededParts(payment).map(partMinor);
      const asked = payment.refunds
        .flatMap(({ parts }) => parts)
        .filter(({ tenderId, state }) => {
          return tenderId === tender.id && state !== 'FAILED';
        });
      expect(
        back >= sum(sure) && back <= sum(asked.map(partMinor)),
        `sent back of ${tender.id}: ${back}`,
      ).toBe(true);
    }
    if (payment.state === 'CANCELLED')
      expect(took && !paidAfterClose.has(tender.id), `${tender.id} paid for nothing`).toBe(false);
    if (payment.state === 'EXTERNAL_REFUNDED') expect(back, tender.id).toBe(tender.amountMinor);
  }
}

function succeededParts(payment: PaymentSnapshot) {
  const external = externalTender(payment)?.id;
  return payment.refunds
    .flatMap(({ parts }) => parts)
    .filter(({ tenderId, state }) => tenderId === external && state === 'SUCCEEDED');
}
