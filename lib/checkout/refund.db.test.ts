import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { HOUR_MS, MINUTE_MS, plusMs } from '@/lib/kernel';
import { balancesOf } from '@/lib/ledger';
import {
  type CheckoutContext,
  checkRefund,
  findPayment,
  findRefund,
  payOrder,
  type RefundInput,
  refundPayment,
  runDueChecks,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput, usable } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

/**
 * A paid order of two lines: a cup for 90.00 and a lamp for 60.00. A card of 100.00 paid the cup and 10.00 of the lamp,
 * Alipay the other 50.00.
 */
async function paidOrder() {
  const card = await world.addCard({ amountMinor: 10_000n, expiresAt: plusMs(world.context().now, HOUR_MS) });
  const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const started = await payOrder(
    world.context(),
    payInput(world, order.id, { card: 10_000n, external: 5_000n }),
  );
  if (!started.ok || started.value.status !== 'proceed') throw new Error('not at the cashier');
  await world.sandbox.confirm(await world.sandbox.visit(started.value.next));
  await world.sandbox.deliver();
  const [cup = '', lamp = ''] = order.lineIds;
  const paymentId = started.value.payment.id;
  const external = started.value.payment.tenders.find(({ kind }) => kind === 'external');
  return { card, orderId: order.id, paymentId, cup, lamp, tenderId: external?.id ?? '' };
}

function refund(
  paymentId: string,
  amounts: Record<string, bigint>,
  over: Partial<RefundInput> = {},
  context: CheckoutContext = world.context(),
) {
  return refundPayment(context, {
    paymentId,
    lines: Object.entries(amounts).map(([lineId, amountMinor]) => ({ lineId, amountMinor })),
    reason: null,
    actorId: world.userId,
    idempotencyKey: crypto.randomUUID(),
    ...over,
  });
}

/** What the sandbox gateway has refunded of the one trade. */
async function sentBack(): Promise<bigint> {
  return (await world.test.db.sandboxTrade.findFirstOrThrow()).refundedMinor;
}

async function work(rounds: number, stepMs = 20_000) {
  for (let round = 0; round < rounds; round += 1) {
    world.advance(stepMs);
    await runDueChecks(world.context(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
    await world.sandbox.deliver();
  }
}

async function states(paymentId: string, orderId: string) {
  const payment = await findPayment(world.test.db, paymentId);
  const order = await world.test.db.order.findUniqueOrThrow({ where: { id: orderId } });
  return {
    payment: payment?.state,
    refundedMinor: payment?.refundedMinor,
    tenders: payment?.tenders.map(({ state, refundedMinor }) => `${state} ${refundedMinor}`),
    order: order.state,
  };
}

function misbehave(switches: Parameters<typeof setSwitches>[2]) {
  return setSwitches(world.sandbox.context(), null, switches);
}

describe('where the money goes', () => {
  it('a whole order goes back to the card and to Alipay, each what it paid', async () => {
    const { card, orderId, paymentId, cup, lamp } = await paidOrder();
    const result = await refund(paymentId, { [cup]: 9_000n, [lamp]: 6_000n });
    expect(result).toMatchObject({ ok: true, value: { state: 'SUCCEEDED', amountMinor: 15_000n } });
    expect(await usable(world, card.accountId)).toBe(10_000n);
    expect(await sentBack()).toBe(5_000n);
    expect(await states(paymentId, orderId)).toEqual({
      payment: 'REFUNDED',
      refundedMinor: 15_000n,
      tenders: ['REFUNDED 10000', 'REFUNDED 5000'],
      order: 'refunded',
    });
    const merchants = await balancesOf(world.test.db, ['merchant:self', 'merchant:pop']);
    for (const balance of merchants.values()) expect(balance.creditsPosted).toBe(balance.debitsPosted);
  });

  it('a line that only the card paid goes back to the card alone', async () => {
    const { card, orderId, paymentId, cup } = await paidOrder();
    expect(await refund(paymentId, { [cup]: 9_000n })).toMatchObject({
      ok: true,
      value: { state: 'SUCCEEDED' },
    });
    expect(await usable(world, card.accountId)).toBe(9_000n);
    expect(await sentBack()).toBe(0n);
    expect(await states(paymentId, orderId)).toMatchObject({
      payment: 'PARTIALLY_REFUNDED',
      order: 'partially_refunded',
    });
  });

  it('part of a line fills the card first, then Alipay', async () => {
    const { card, paymentId, lamp } = await paidOrder();
    await refund(paymentId, { [lamp]: 700n });
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([700n, 0n]);
    await refund(paymentId, { [lamp]: 800n });
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([1_000n, 500n]);
    await refund(paymentId, { [lamp]: 4_500n });
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([1_000n, 5_000n]);
  });

  it.each([
    ['EXTERNAL_FIRST', 0n, 1_200n],
    ['PRO_RATA', 200n, 1_000n],
  ] as const)('the policy %s is followed', async (refundPolicy, toCard, toAlipay) => {
    const { card, paymentId, lamp } = await paidOrder();
    await refund(paymentId, { [lamp]: 1_200n }, {}, { ...world.context(), refundPolicy });
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([toCard, toAlipay]);
  });

  it('a card that expired in between still gets its part', async () => {
    const { card, paymentId, cup } = await paidOrder();
    world.advance(2 * HOUR_MS);
    expect(await refund(paymentId, { [cup]: 9_000n })).toMatchObject({ ok: true });
    expect(await usable(world, card.accountId)).toBe(9_000n);
  });

  it('a card that was frozen in between still gets its part', async () => {
    const { card, paymentId, cup } = await paidOrder();
    await world.test.db.card.update({ where: { id: card.id }, data: { state: 'frozen' } });
    expect(await refund(paymentId, { [cup]: 9_000n })).toMatchObject({ ok: true });
    expect(await usable(world, card.accountId)).toBe(9_000n);
  });
});

describe('never more than was captured', () => {
  it('ten refunds of everything at once give everything back once', async () => {
    const { card, orderId, paymentId, cup, lamp } = await paidOrder();
    const everything = { [cup]: 9_000n, [lamp]: 6_000n };
    const results = await Promise.all(Array.from({ length: 10 }, () => refund(paymentId, everything)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]));
    expect(new Set(refusals)).toEqual(new Set(['above_refundable']));
    await work(2);
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([10_000n, 5_000n]);
    expect(await states(paymentId, orderId)).toMatchObject({ payment: 'REFUNDED', order: 'refunded' });
  });

  it('ten parts of one line at once come to no more than the line', async () => {
    const { card, paymentId, lamp, orderId } = await paidOrder();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => refund(paymentId, { [lamp]: 1_700n })),
    );
    const done = results.filter((result) => result.ok);
    expect(done.length).toBeLessThanOrEqual(3);
    expect(done.length).toBeGreaterThan(0);
    await work(4);
    const back = BigInt(done.length) * 1_700n;
    expect((await usable(world, card.accountId)) + (await sentBack())).toBe(back);
    const after = await states(paymentId, orderId);
    expect(after).toMatchObject({ payment: 'PARTIALLY_REFUNDED', refundedMinor: back });
    expect(after.tenders?.some((tender) => tender.startsWith('REFUNDING'))).toBe(false);
  });

  it('the same request ten times at once is one refund', async () => {
    const { card, paymentId, cup } = await paidOrder();
    const again = { idempotencyKey: 'one' };
    const results = await Promise.all(
      Array.from({ length: 10 }, () => refund(paymentId, { [cup]: 500n }, again)),
    );
    expect(new Set(results.map((result) => (result.ok ? result.value.id : result.refusal.code))).size).toBe(
      1,
    );
    expect(await world.test.db.refund.count()).toBe(1);
    expect(await usable(world, card.accountId)).toBe(500n);
  });

  it('a key that was used for something else is refused', async () => {
    const { paymentId, cup } = await paidOrder();
    await refund(paymentId, { [cup]: 500n }, { idempotencyKey: 'one' });
    const other = await refund(paymentId, { [cup]: 600n }, { idempotencyKey: 'one' });
    expect(other).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } });
  });

  it('a fen above what is left is refused and nothing moves', async () => {
    const { card, paymentId, cup, lamp } = await paidOrder();
    await refund(paymentId, { [cup]: 8_000n });
    const tooMuch = await refund(paymentId, { [lamp]: 6_000n, [cup]: 1_001n });
    expect(tooMuch).toMatchObject({ refusal: { code: 'above_refundable', refundableMinor: 1_000n } });
    expect([await usable(world, card.accountId), await sentBack()]).toEqual([8_000n, 0n]);
  });

  it('what was not paid cannot be refunded', async () => {
    const card = await world.addCard({ amountMinor: 100n });
    const order = await world.addOrder([{ amountMinor: 200n }]);
    const started = await payOrder(world.context(), {
      orderId: order.id,
      userId: world.userId,
      method: 'alipay',
      expected: { cardMinor: 100n, externalMinor: 100n },
      idempotencyKey: 'k',
      mode: 'mobile',
      returnUrl: () => 'http://127.0.0.1/',
      subject: '订单',
    });
    if (!started.ok) throw new Error('not started');
    const result = await refund(started.value.payment.id, { [order.lineIds[0] ?? '']: 1n });
    expect(result).toEqual({ ok: false, refusal: { code: 'payment_not_paid' } });
    expect(await refund('pay_none', {})).toEqual({ ok: false, refusal: { code: 'payment_not_found' } });
    expect(await usable(world, card.accountId)).toBe(0n);
  });
});

describe("Alipay's part", () => {
  it('an answer that was lost is asked after, and the money goes back once', async () => {
    const { card, paymentId, lamp } = await paidOrder();
    await misbehave({ loseAnswers: ['refund'] });
    const result = await refund(paymentId, { [lamp]: 6_000n });
    expect(result).toMatchObject({ ok: true, value: { state: 'PENDING' } });
    expect(await usable(world, card.accountId)).toBe(1_000n);
    await work(2);
    expect(await findRefund(world.test.db, result.ok ? result.value.id : '')).toMatchObject({
      state: 'SUCCEEDED',
    });
    expect(await sentBack()).toBe(5_000n);
  });

  it('a gateway that is down for hours only delays it; the card has its part at once', async () => {
    const { card, orderId, paymentId, cup, lamp } = await paidOrder();
    await misbehave({ down: true });
    await refund(paymentId, { [cup]: 9_000n, [lamp]: 6_000n });
    expect(await usable(world, card.accountId)).toBe(10_000n);
    await work(3, 40 * MINUTE_MS);
    expect((await states(paymentId, orderId)).tenders).toEqual(['REFUNDED 10000', 'REFUNDING 5000']);
    await misbehave({});
    await work(1);
    expect((await states(paymentId, orderId)).tenders).toEqual(['REFUNDED 10000', 'REFUNDED 5000']);
    expect(await sentBack()).toBe(5_000n);
  });

  it('refused for want of balance, it is tried again until it works', async () => {
    const { paymentId, lamp } = await paidOrder();
    await misbehave({ refuseRefunds: true });
    const result = await refund(paymentId, { [lamp]: 6_000n });
    await work(3);
    const id = result.ok ? result.value.id : '';
    expect(await findRefund(world.test.db, id)).toMatchObject({ state: 'PENDING' });
    expect(await sentBack()).toBe(0n);
    await misbehave({});
    await work(1);
    expect(await findRefund(world.test.db, id)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await sentBack()).toBe(5_000n);
  });

  it('a process that died before it asked is made good by the worker', async () => {
    const { orderId, paymentId, cup, lamp } = await paidOrder();
    const died = { ...world.context(), gateway: () => null };
    await refund(paymentId, { [cup]: 9_000n, [lamp]: 6_000n }, {}, died);
    expect(await sentBack()).toBe(0n);
    await work(1);
    expect(await sentBack()).toBe(5_000n);
    expect(await states(paymentId, orderId)).toMatchObject({ payment: 'REFUNDED', order: 'refunded' });
  });

  it('refused for good, its amount can be refunded again and the card keeps its part', async () => {
    const { card, orderId, paymentId, cup, lamp } = await paidOrder();
    await world.test.db.sandboxTrade.updateMany({ data: { state: 'TRADE_CLOSED' } });
    const result = await refund(paymentId, { [cup]: 9_000n, [lamp]: 6_000n });
    expect(result).toMatchObject({ ok: true, value: { state: 'FAILED' } });
    expect(await usable(world, card.accountId)).toBe(10_000n);
    expect(await states(paymentId, orderId)).toEqual({
      payment: 'PARTIALLY_REFUNDED',
      refundedMinor: 10_000n,
      tenders: ['REFUNDED 10000', 'CAPTURED 0'],
      order: 'partially_refunded',
    });
    await world.test.db.sandboxTrade.updateMany({ data: { state: 'TRADE_SUCCESS' } });
    expect(await refund(paymentId, { [lamp]: 5_000n })).toMatchObject({ value: { state: 'SUCCEEDED' } });
    expect(await states(paymentId, orderId)).toMatchObject({ payment: 'REFUNDED', order: 'refunded' });
  });

  it('refused for good with nothing else refunded, the order is as paid as before', async () => {
    const { orderId, paymentId, lamp } = await paidOrder();
    await world.test.db.sandboxTrade.updateMany({ data: { state: 'TRADE_CLOSED' } });
    const context: CheckoutContext = { ...world.context(), refundPolicy: 'EXTERNAL_FIRST' };
    await refund(paymentId, { [lamp]: 2_000n }, {}, context);
    expect(await states(paymentId, orderId)).toEqual({
      payment: 'PAID',
      refundedMinor: 0n,
      tenders: ['CAPTURED 0', 'CAPTURED 0'],
      order: 'paid',
    });
  });

  it('two parts that end in the same moment leave the tender settled', async () => {
    const { paymentId, orderId, lamp } = await paidOrder();
    await misbehave({ down: true });
    const context: CheckoutContext = { ...world.context(), refundPolicy: 'EXTERNAL_FIRST' };
    const first = await refund(paymentId, { [lamp]: 2_000n }, {}, context);
    const second = await refund(paymentId, { [lamp]: 3_000n }, {}, context);
    await misbehave({});
    world.advance(20_000);
    const ids = [first, second].flatMap((result) => (result.ok ? [result.value.id] : []));
    await Promise.all([...ids, ...ids].map((id) => checkRefund(world.context(), id)));
    expect((await states(paymentId, orderId)).tenders).toEqual(['CAPTURED 0', 'REFUNDED 5000']);
    expect(await sentBack()).toBe(5_000n);
  });
});
