import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { invariant } from '@/lib/kernel';
import { cancelPayment, checkPayment, findPayment, payOrder, refundPayment } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput, usable } from './testing/payments';

let world: CheckoutWorld;

beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

/** An order of two lines, 90.00 and 60.00 from two merchants, and cards with these amounts; there are no others. */
async function scene(...cards: bigint[]) {
  await world.test.db.card.updateMany({ data: { state: 'frozen' } });
  const owned = [];
  for (const amountMinor of cards) owned.push(await world.addCard({ amountMinor }));
  const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const total = cards.reduce((sum, each) => sum + each, 0n);
  const cardMinor = total < 15_000n ? total : 15_000n;
  const input = payInput(world, order.id, { card: cardMinor, external: 15_000n - cardMinor });
  return { cards: owned, order, input };
}

describe('a payment that cards make alone', () => {
  it('is one commit: each card pays each merchant by one transfer, and nothing is ever held', async () => {
    const { input, cards } = await scene(10_000n, 8_000n);
    const result = await payOrder(world.context(), input);
    invariant(result.ok, 'cards pay it');
    const { payment } = result.value;
    expect(result.value.status).toBe('paid');
    const transfers = await world.test.db.transfer.findMany({ where: { reference: payment.id } });
    expect(new Set(transfers.map(({ kind }) => kind))).toEqual(new Set(['posted']));
    expect(transfers.reduce((sum, { amount }) => sum + amount, 0n)).toBe(15_000n);
    const left = await Promise.all(cards.map(({ accountId }) => usable(world, accountId)));
    expect(left.sort()).toEqual([0n, 3_000n]);
    const events = await world.test.db.paymentEvent.findMany({
      where: { paymentId: payment.id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ event, toState }) => `${event} ${toState}`)).toEqual([
      'opened OPEN',
      'settled PAID',
    ]);
    const order = await world.test.db.order.findUniqueOrThrow({ where: { id: input.orderId } });
    expect(order).toMatchObject({ state: 'paid', paidAt: world.context().now });
    const row = await world.test.db.payment.findUniqueOrThrow({ where: { id: payment.id } });
    expect(row).toMatchObject({ checkAt: null, settledAt: world.context().now });
    const told = await world.test.db.outboxMessage.findMany({
      where: { payload: { contains: payment.id } },
    });
    expect(told.map(({ topic }) => topic)).toEqual(['payment.paid']);
  });

  it('of many submits at once with keys of their own pays once', async () => {
    const { input, cards } = await scene(40_000n);
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        payOrder(world.context(), { ...input, idempotencyKey: `${input.orderId}-${n}` }),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]));
    expect(new Set(refusals)).toEqual(new Set(['already_being_paid']));
    expect(await usable(world, cards[0]?.accountId ?? '')).toBe(25_000n);
  });

  it('changes nothing when a card was spent or frozen since the split was shown', async () => {
    const { input, cards } = await scene(20_000n);
    await world.test.db.card.updateMany({ where: { id: cards[0]?.id ?? '' }, data: { state: 'frozen' } });
    expect(await payOrder(world.context(), input)).toMatchObject({
      ok: false,
      refusal: { code: 'split_changed' },
    });
    expect(await world.test.db.payment.count({ where: { orderId: input.orderId } })).toBe(0);
    expect(await usable(world, cards[0]?.accountId ?? '')).toBe(20_000n);
  });

  it('goes back to its cards like one that was held before', async () => {
    const { input, cards, order } = await scene(10_000n, 5_000n);
    const result = await payOrder(world.context(), input);
    invariant(result.ok, 'cards pay it');
    const refund = await refundPayment(world.context(), {
      paymentId: result.value.payment.id,
      lines: [
        { lineId: order.lineIds[0] ?? '', amountMinor: 9_000n },
        { lineId: order.lineIds[1] ?? '', amountMinor: 6_000n },
      ],
      reason: null,
      actorId: null,
      idempotencyKey: `refund-${order.id}`,
    });
    expect(refund).toMatchObject({ ok: true });
    expect(await usable(world, cards[0]?.accountId ?? '')).toBe(10_000n);
    expect(await usable(world, cards[1]?.accountId ?? '')).toBe(5_000n);
  });
});

describe('what paying answers is the payment as it is stored', () => {
  it('when cards pay everything', async () => {
    const { input } = await scene(20_000n);
    const result = await payOrder(world.context(), input);
    invariant(result.ok, 'cards pay it');
    expect(await findPayment(world.test.db, result.value.payment.id)).toEqual(result.value.payment);
  });

  it('when another method pays the rest, and when it is given up', async () => {
    for (const confirmed of [true, false]) {
      const { input } = await scene(10_000n);
      const result = await payOrder(world.context(), input);
      invariant(result.ok && result.value.status === 'proceed', 'at the cashier');
      const { payment, next } = result.value;
      expect(await findPayment(world.test.db, payment.id)).toEqual(payment);
      const tenderId = payment.tenders.find(({ kind }) => kind === 'external')?.id ?? '';
      await setSwitches(world.sandbox.context(), tenderId, { notify: 'never' });
      const cashier = await world.sandbox.visit(next);
      if (confirmed) await world.sandbox.confirm(cashier);
      const ended = confirmed
        ? await checkPayment(world.context(), payment.id)
        : await cancelPayment(world.context(), payment);
      expect(ended?.state).toBe(confirmed ? 'PAID' : 'CANCELLED');
      expect(await findPayment(world.test.db, payment.id)).toEqual(ended);
    }
  });
});
