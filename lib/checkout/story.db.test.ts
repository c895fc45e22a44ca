import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentOutcome, RefundOutcome } from '@/lib/gateways';
import { invariant, MINUTE_MS, SECOND_MS } from '@/lib/kernel';
import {
  type CheckoutContext,
  checkPayment,
  checkRefund,
  type Payment,
  paymentSummaryOf,
  payOrder,
  refundPayment,
  refundPreview,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { payInput } from './testing/payments';

/** What the page of an order tells of its payment and refunds. A gateway that answers as said stands in for Alipay's. */
let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(() => world.close());

/** Two lines, 60.00 and 40.00, and a card that pays so much of them. */
async function pay(cardMinor = 9_000n) {
  await world.addCard({ amountMinor: cardMinor });
  const { id: orderId, lineIds } = await world.addOrder([{ amountMinor: 6_000n }, { amountMinor: 4_000n }]);
  const [first = '', second = ''] = lineIds;
  return { orderId, first, second, payment: await payOf(orderId, cardMinor) };
}

async function payOf(orderId: string, cardMinor: bigint) {
  const split = { card: cardMinor, external: 10_000n - cardMinor };
  const input = payInput(world, orderId, { ...split, idempotencyKey: `${orderId} ${cardMinor}` });
  const result = await payOrder(world.context(), input);
  invariant(result.ok, 'the order is payable');
  return result.value.payment;
}

const dead: PaymentOutcome = { status: 'failed', reason: 'closed' };
const paidNow: PaymentOutcome = {
  status: 'succeeded',
  gatewayTradeNo: 'trade-1',
  amountMinor: 1_000n,
  paidAt: null,
  refundable: true,
};
const pending: RefundOutcome = { status: 'pending' };
const refused: RefundOutcome = { status: 'failed', reason: 'not_refundable', detail: '' };
const returned = (amountMinor: bigint): RefundOutcome => ({
  status: 'succeeded',
  amountMinor,
  refundedAt: null,
});

/** Checkout with a gateway that answers this about a payment, and this about a refund. */
function answering(outcome: PaymentOutcome, refund: RefundOutcome = pending): CheckoutContext {
  const real = world.context().gateway('alipay');
  invariant(real, 'the sandbox is configured');
  const refunds = { refund: async () => refund, queryRefund: async () => refund };
  return { ...world.context(), gateway: () => ({ ...real, query: async () => outcome, ...refunds }) };
}

async function look(payment: Payment, outcome: PaymentOutcome, refund?: RefundOutcome) {
  world.advance(SECOND_MS);
  return checkPayment(answering(outcome, refund), payment.id);
}

async function giveBack(payment: Payment, lines: Record<string, bigint>, refund: RefundOutcome) {
  world.advance(SECOND_MS);
  const result = await refundPayment(answering(paidNow, refund), {
    paymentId: payment.id,
    lines: Object.entries(lines).map(([lineId, amountMinor]) => ({ lineId, amountMinor })),
    reason: 'damaged',
    actorId: null,
    idempotencyKey: Object.entries(lines).join(),
  });
  invariant(result.ok, 'it can go back');
  return result.value;
}

async function summary(orderId: string) {
  const told = await paymentSummaryOf(world.context(), { orderId, userId: world.userId });
  invariant(told, 'it was tried to pay');
  return told;
}

async function story(orderId: string) {
  return (await summary(orderId)).story.map((entry) =>
    'amountMinor' in entry ? [entry.kind, entry.amountMinor] : [entry.kind],
  );
}

describe('the story', () => {
  it('of what cards pay alone has its end before its beginning, although both are of one moment', async () => {
    const { orderId } = await pay(10_000n);
    const { story: told, receipt } = await summary(orderId);
    expect(told).toMatchObject([
      { kind: 'paid' },
      { kind: 'started', cardMinor: 10_000n, externalMinor: 0n, gateway: null },
    ]);
    expect(told.map(({ at }) => at)).toEqual([receipt.paidAt, receipt.startedAt]);
    expect(receipt.paidAt).toEqual(receipt.startedAt);
  });

  it('tells that the other method came to nothing, that its money came late and went back', async () => {
    const { orderId, payment } = await pay();
    await look(payment, dead);
    await look(payment, paidNow);
    expect(await story(orderId)).toEqual([['late_money'], ['released'], ['external_failed'], ['started']]);
    await look(payment, paidNow, returned(1_000n));
    expect((await story(orderId))[0]).toEqual(['late_money_returned']);
  });

  it('tells a refund that the gateway takes its time for twice: its beginning, and its end', async () => {
    const { orderId, payment, first, second } = await pay();
    await look(payment, paidNow);
    const refund = await giveBack(payment, { [first]: 6_000n, [second]: 4_000n }, pending);
    expect((await story(orderId)).slice(0, 2)).toEqual([['refund_started', 10_000n], ['paid']]);
    world.advance(MINUTE_MS);
    await checkRefund(answering(paidNow, returned(1_000n)), refund.id);
    expect((await story(orderId)).slice(0, 2)).toEqual([
      ['refund_done', 10_000n],
      ['refund_started', 10_000n],
    ]);
    const { story: told, refunds } = await summary(orderId);
    expect(told.slice(0, 2).map(({ at }) => at)).toEqual([refunds[0]?.settledAt, refunds[0]?.startedAt]);
  });

  it('tells a refund by cards alone once', async () => {
    const { orderId, payment, first } = await pay(10_000n);
    await giveBack(payment, { [first]: 100n }, pending);
    expect(await story(orderId)).toEqual([['refund_started', 100n], ['paid'], ['started']]);
  });

  it('tells of each attempt with what it was tried', async () => {
    const { orderId, payment } = await pay();
    await look(payment, dead);
    await world.addCard({ amountMinor: 1_000n });
    world.advance(SECOND_MS);
    await payOf(orderId, 10_000n);
    expect((await summary(orderId)).story.filter(({ kind }) => kind === 'started')).toMatchObject([
      { cardMinor: 10_000n, externalMinor: 0n, gateway: null },
      { cardMinor: 9_000n, externalMinor: 1_000n, gateway: 'alipay' },
    ]);
  });

  it('tells each step by a name of its own, and nothing of another order', async () => {
    const { orderId, payment, first, second } = await pay();
    await look(payment, paidNow);
    const other = await pay(10_000n);
    for (const amountMinor of [3_500n, 500n]) {
      const { id } = await giveBack(payment, { [second]: amountMinor }, pending);
      world.advance(SECOND_MS);
      await checkRefund(answering(paidNow, returned(500n)), id);
    }
    await giveBack(other.payment, { [other.first]: 5n }, pending);
    await giveBack(payment, { [first]: 7n }, pending);
    const refunds = [
      ['refund_started', 7n],
      ['refund_done', 500n],
      ['refund_started', 500n],
      ['refund_done', 3_500n],
      ['refund_started', 3_500n],
    ];
    expect(await story(orderId)).toEqual([...refunds, ['paid'], ['started']]);
    expect(await story(other.orderId)).toEqual([['refund_started', 5n], ['paid'], ['started']]);
    const told = await summary(orderId);
    expect(new Set(told.story.map(({ id }) => id)).size).toBe(told.story.length);
    expect(told.refunds.map(({ amountMinor }) => amountMinor)).toEqual([7n, 500n, 3_500n]);
  });

  it('tells how much of a refund the gateway refused: only its own part', async () => {
    const { orderId, payment, first, second } = await pay();
    await look(payment, paidNow);
    await giveBack(payment, { [first]: 6_000n, [second]: 4_000n }, pending);
    world.advance(SECOND_MS);
    const [{ id } = { id: '' }] = (await summary(orderId)).refunds;
    await checkRefund(answering(paidNow, refused), id);
    expect((await story(orderId))[0]).toEqual(['refund_failed', 1_000n]);
    const told = await summary(orderId);
    expect(told.refunds[0]).toMatchObject({ state: 'FAILED', amountMinor: 10_000n, reason: 'damaged' });
    expect(told.refunds[0]?.parts.map(({ amountMinor, state }) => [amountMinor, state])).toEqual([
      [9_000n, 'SUCCEEDED'],
      [1_000n, 'FAILED'],
    ]);
    expect(told.refundable).toEqual([{ lineId: second, amountMinor: 1_000n }]);
  });
});

describe('what could go back', () => {
  const preview = (orderId: string, lines: Record<string, bigint>) =>
    refundPreview(world.context(), {
      orderId,
      userId: world.userId,
      lines: Object.entries(lines).map(([lineId, amountMinor]) => ({ lineId, amountMinor })),
    });

  it('is nothing while the order is being paid, and when that came to nothing', async () => {
    const { orderId, payment, first } = await pay();
    for (const state of ['EXTERNAL_PENDING', 'CANCELLED']) {
      expect((await summary(orderId)).receipt.state).toBe(state);
      expect((await summary(orderId)).refundable).toEqual([]);
      expect(await preview(orderId, { [first]: 1n })).toEqual({
        ok: false,
        refusal: { code: 'payment_not_paid' },
      });
      await look(payment, dead);
    }
  });

  it('is shown in all, and by who gets a part of it', async () => {
    const { orderId, payment, first, second } = await pay();
    await look(payment, paidNow);
    const shown = async (lines: Record<string, bigint>) => {
      const result = await preview(orderId, lines);
      invariant(result.ok, 'it could go back');
      const { amountMinor, parts } = result.value;
      return [amountMinor, ...parts.map((part) => `${part.tender.kind} ${part.amountMinor}`)];
    };
    expect(await shown({ [first]: 6_000n })).toEqual([6_000n, 'card 6000']);
    expect(await shown({ [first]: 6_000n, [second]: 4_000n })).toEqual([
      10_000n,
      'card 9000',
      'external 1000',
    ]);
  });
});
