import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayLimitsOf, setDayLimit } from '@/lib/cards';
import { interrupted } from '@/lib/database/testing/interrupted';
import { DAY_MS, dayIn, endOfDay, instantIn, invariant, plusMs } from '@/lib/kernel';
import { cancelPayment, checkoutView, checkPayment, payOrder, refundPayment } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited } from './testing/payments';

let world: CheckoutWorld;
let keys = 0;

beforeEach(async () => {
  world = await openCheckoutWorld();
  // Midday in Shanghai: no test runs into the next day.
  const noon = instantIn(
    'Asia/Shanghai',
    dayIn('Asia/Shanghai', plusMs(world.context().now, DAY_MS)),
    12 * 60,
  );
  world.advance(noon.getTime() - world.context().now.getTime());
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

async function addLimited(limitMinor: bigint, amountMinor = 100_000n) {
  const card = await world.addCard({ amountMinor });
  expect(await limit(card.id, limitMinor)).toMatchObject({ ok: true });
  return card;
}

const limit = (cardId: string, limitMinor: bigint | null, proven = false) =>
  setDayLimit(world.context(), { cardId, userId: world.userId, limitMinor, proven });

/** Puts an order on the cards as the page would have shown it: `card` from them, the rest from Alipay. */
async function pay(amountMinor: bigint, card: bigint, context = world.context()) {
  const order = await world.addOrder([{ amountMinor }]);
  keys += 1;
  return payOrder(context, {
    orderId: order.id,
    userId: world.userId,
    method: card < amountMinor ? 'alipay' : null,
    expected: { cardMinor: card, externalMinor: amountMinor - card },
    idempotencyKey: `key-${keys}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
}

async function shown(amountMinor: bigint) {
  const order = await world.addOrder([{ amountMinor }]);
  const view = await checkoutView(world.context(), { orderId: order.id, userId: world.userId });
  invariant(view.ok, 'the order is open');
  const { cardMinor, externalMinor, cards, lines } = view.value;
  return { cardMinor, externalMinor, card: cards[0], line: lines[0] };
}

describe('a card with a limit of the day', () => {
  it('pays what the limit leaves of today, and says why the rest is paid another way', async () => {
    await addLimited(30_000n);
    expect(await shown(50_000n)).toMatchObject({
      cardMinor: 30_000n,
      externalMinor: 20_000n,
      card: { reason: { code: 'day_limit', todayMinor: 30_000n }, payableMinor: 30_000n, leftMinor: 70_000n },
      line: { reason: { code: 'day_limit' } },
    });
    expect(await pay(50_000n, 50_000n)).toMatchObject({ ok: false, refusal: { code: 'split_changed' } });
    expect(await pay(20_000n, 20_000n)).toMatchObject({ ok: true, value: { status: 'paid' } });
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 10_000n });
    expect(await pay(10_000n, 10_000n)).toMatchObject({ ok: true });
    expect(await shown(50_000n)).toMatchObject({
      cardMinor: 0n,
      card: { reason: { code: 'day_limit', todayMinor: 0n }, payableMinor: 0n },
      line: { reason: { code: 'day_limit' } },
    });
  });

  it('leaves what a choice asked for beyond it to the other method, with the reason', async () => {
    const { id } = await addLimited(30_000n);
    const order = await world.addOrder([{ amountMinor: 50_000n }]);
    const choice = [{ cardId: id, maxMinor: 40_000n }];
    const view = await checkoutView(world.context(), { orderId: order.id, userId: world.userId, choice });
    expect(view).toMatchObject({
      value: { cardMinor: 30_000n, cards: [{ shortfall: { code: 'day_limit', missingMinor: 10_000n } }] },
    });
  });

  it('pays again on the next day of the issuer’s zone', async () => {
    await addLimited(30_000n);
    const midnight = endOfDay('Asia/Shanghai', dayIn('Asia/Shanghai', world.context().now));
    world.advance(midnight.getTime() - world.context().now.getTime() - 1);
    await pay(30_000n, 30_000n);
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 0n });
    world.advance(1);
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 30_000n });
  });

  it('counts what a payment holds, and no more once it is called off', async () => {
    await addLimited(30_000n);
    const started = await pay(45_000n, 30_000n);
    invariant(started.ok && started.value.status === 'proceed', 'at the cashier');
    expect(await shown(10_000n)).toMatchObject({ cardMinor: 0n });
    await world.sandbox.visit(started.value.next);
    await cancelPayment(world.context(), started.value.payment);
    expect(await shown(10_000n)).toMatchObject({ cardMinor: 10_000n });
  });

  it('that is set while a payment holds more lets it be captured, and counts it', async () => {
    const { id } = await world.addCard({ amountMinor: 100_000n });
    const order = await pay(120_000n, 100_000n);
    invariant(order.ok && order.value.status === 'proceed', 'at the cashier');
    const cashier = await world.sandbox.visit(order.value.next);
    expect(await limit(id, 20_000n)).toMatchObject({ ok: true });
    await world.sandbox.confirm(cashier);
    expect(await checkPayment(world.context(), order.value.payment.id)).toMatchObject({ state: 'PAID' });
    const limits = await dayLimitsOf(world.context(), [id]);
    expect(limits.get(id)).toMatchObject({ limitMinor: 20_000n, leftMinor: 0n });
  });

  it('has room again for what comes back of a payment of today, not of an older one', async () => {
    await addLimited(30_000n);
    const refund = async (paid: Awaited<ReturnType<typeof pay>>, amountMinor: bigint) => {
      invariant(paid.ok, 'paid');
      const lineId = paid.value.payment.tenders[0]?.lines[0]?.orderLineId ?? '';
      keys += 1;
      const input = { paymentId: paid.value.payment.id, lines: [{ lineId, amountMinor }] };
      const asked = { ...input, reason: null, actorId: null, idempotencyKey: `refund-${keys}` };
      expect(await refundPayment(world.context(), asked)).toMatchObject({ ok: true });
    };
    const yesterday = await pay(30_000n, 30_000n);
    world.advance(DAY_MS);
    const today = await pay(25_000n, 25_000n);
    await refund(yesterday, 30_000n);
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 5_000n });
    await refund(today, 10_000n);
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 15_000n });
    await refund(today, 15_000n);
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 30_000n });
  });

  it('never pays more than the limit to payments that come at once, and no less than fits', async () => {
    await addLimited(30_000n);
    const paid = await Promise.all(Array.from({ length: 6 }, () => pay(10_000n, 10_000n)));
    expect(paid.filter(({ ok }) => ok)).toHaveLength(3);
    for (const each of paid) if (!each.ok) expect(each.refusal.code).toBe('split_changed');
    expect(await shown(50_000n)).toMatchObject({ cardMinor: 0n });
  });

  it.each([
    ['is paid all the same when enough is left', 20_000n, true],
    ['is shown anew when too little is left', 20_001n, false],
  ])('and that another payment drew on after it was read %s', async (_, taken, paid) => {
    await addLimited(30_000n);
    const db = await interrupted(world.test, () => pay(taken, taken));
    const result = await pay(10_000n, 10_000n, { ...world.context(), db });
    await db.$disconnect();
    expect(result.ok).toBe(paid);
    if (!result.ok) expect(result.refusal.code).toBe('split_changed');
    expect(await shown(50_000n)).toMatchObject({ cardMinor: paid ? 0n : 9_999n });
  });

  it('does not pay by a limit that has changed since the split was shown', async () => {
    const { id } = await addLimited(30_000n);
    await limit(id, 5_000n);
    expect(await pay(30_000n, 30_000n)).toMatchObject({ refusal: { code: 'split_changed' } });
    expect(await shown(30_000n)).toMatchObject({ cardMinor: 5_000n });
    await limit(id, null, true);
    expect(await shown(50_000n)).toMatchObject({
      cardMinor: 50_000n,
      card: { reason: { code: 'covers_all' } },
    });
  });
});

it('a card without a limit pays without a row of its own', async () => {
  await world.addCard({ amountMinor: 10_000n });
  await pay(10_000n, 10_000n);
  expect(await world.test.db.cardSetting.count()).toBe(0);
});
