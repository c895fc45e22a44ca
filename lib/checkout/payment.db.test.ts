import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { balancesOf } from '@/lib/ledger';
import { cancelPayment, checkPayment, findPayment, payOrder, proceed } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { begun, closeAudited, payInput, usable, work } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

describe('a payment by cards alone', () => {
  it('is settled at once and credits each merchant', async () => {
    const card = await world.addCard({ amountMinor: 20_000n });
    const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
    const result = await payOrder(
      world.context(),
      payInput(world, order.id, { card: 15_000n, external: 0n, method: null }),
    );
    expect(result).toMatchObject({ ok: true, value: { status: 'paid', payment: { state: 'PAID' } } });
    expect(await usable(world, card.accountId)).toBe(5_000n);
    const merchants = await balancesOf(world.test.db, ['merchant:self', 'merchant:pop']);
    expect([...merchants.values()].map((balance) => balance.creditsPosted).sort()).toEqual([6_000n, 9_000n]);
  });

  it('the same submit 20 times at once is one payment', async () => {
    const card = await world.addCard({ amountMinor: 50_000n });
    const order = await world.addOrder([{ amountMinor: 10_000n }]);
    const input = payInput(world, order.id, { card: 10_000n, external: 0n });
    const results = await Promise.all(Array.from({ length: 20 }, () => payOrder(world.context(), input)));
    expect(results.every((result) => result.ok && result.value.status === 'paid')).toBe(true);
    expect(await world.test.db.payment.count()).toBe(1);
    expect(await usable(world, card.accountId)).toBe(40_000n);
  });

  it('two tabs that pay one order pay it once', async () => {
    const card = await world.addCard({ amountMinor: 50_000n });
    const order = await world.addOrder([{ amountMinor: 10_000n }]);
    const tabs = ['a', 'b', 'c', 'd'].map((tab) =>
      payOrder(
        world.context(),
        payInput(world, order.id, { card: 10_000n, external: 0n, idempotencyKey: tab }),
      ),
    );
    const results = await Promise.all(tabs);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]));
    expect(refusals.every((code) => code === 'already_being_paid' || code === 'split_changed')).toBe(true);
    expect(await usable(world, card.accountId)).toBe(40_000n);
  });

  it('two orders that want the same card do not both get it', async () => {
    const card = await world.addCard({ amountMinor: 10_000n });
    const orders = await Promise.all(
      Array.from({ length: 8 }, () => world.addOrder([{ amountMinor: 10_000n }])),
    );
    const results = await Promise.all(
      orders.map(({ id }) => payOrder(world.context(), payInput(world, id, { card: 10_000n, external: 0n }))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await usable(world, card.accountId)).toBe(0n);
  });

  it('a split that is not the one shown is not charged', async () => {
    await world.addCard({ amountMinor: 10_000n });
    const order = await world.addOrder([{ amountMinor: 12_000n }]);
    const result = await payOrder(
      world.context(),
      payInput(world, order.id, { card: 12_000n, external: 0n }),
    );
    expect(result).toEqual({ ok: false, refusal: { code: 'split_changed' } });
    expect(await world.test.db.payment.count()).toBe(0);
  });

  it("another shopper's order answers like one that does not exist", async () => {
    const order = await world.addOrder([{ amountMinor: 12_000n }]);
    const stranger = payInput(world, order.id, { card: 0n, external: 12_000n });
    const result = await payOrder(world.context(), {
      ...stranger,
      userId: (await world.addCard({ amountMinor: 1n })).id as never,
    });
    expect(result).toEqual({ ok: false, refusal: { code: 'order_not_found' } });
  });

  it('a payment whose process died after the holds is settled by the worker', async () => {
    const card = await world.addCard({ amountMinor: 10_000n });
    const order = await world.addOrder([{ amountMinor: 4_000n }]);
    const { loadCheckout } = await import('./load-checkout');
    const { reservation } = await import('./reserve-payment');
    const { commit } = await import('@/lib/ledger');
    const context = world.context();
    const checkout = await loadCheckout(context, { orderId: order.id, userId: world.userId });
    if (!checkout.ok) throw new Error('the order can be paid');
    const idempotency = { key: 'k', fingerprint: 'f' };
    const { payment, unit } = reservation(checkout.value, { method: null, now: context.now, idempotency });
    expect(await commit(context.db, unit, context.now)).toMatchObject({ ok: true });
    expect(await usable(world, card.accountId)).toBe(6_000n);
    await work(world, 1, 10_000);
    expect((await findPayment(context.db, payment.id))?.state).toBe('PAID');
  });
});

describe('card first, Alipay for the rest', () => {
  it('is paid when the shopper confirms, by the notification alone', async () => {
    const { card, payment, next } = await begun(world);
    expect(await usable(world, card.accountId)).toBe(0n);
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await world.sandbox.deliver();
    const paid = await findPayment(world.test.db, payment.id);
    expect(paid).toMatchObject({ state: 'PAID', cardMinor: 10_000n, externalMinor: 5_000n });
    expect(paid?.tenders.map(({ state }) => state)).toEqual(['CAPTURED', 'CAPTURED']);
  });

  it('is paid although the notification never comes', async () => {
    const { payment, next, tenderId } = await begun(world);
    await setSwitches(world.sandbox.context(), tenderId, { notify: 'never' });
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await work(world, 3, 20_000);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
  });

  it('is paid once when the notification comes three times and out of order', async () => {
    for (const notify of ['duplicate', 'out_of_order', 'late'] as const) {
      const { payment, next, tenderId } = await begun(world);
      await setSwitches(world.sandbox.context(), tenderId, { notify });
      await world.sandbox.confirm(await world.sandbox.visit(next));
      await world.sandbox.deliver();
      await work(world, 4, 20_000);
      expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
    }
  });

  it('is not paid by forged notifications', async () => {
    const { card, payment, next, tenderId } = await begun(world);
    await setSwitches(world.sandbox.context(), tenderId, {
      notify: 'never',
      forgeNotifications: ['signature', 'amount', 'app_id'],
      loseAnswers: ['query'],
    });
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await world.sandbox.deliver();
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('EXTERNAL_PENDING');
    expect(await usable(world, card.accountId)).toBe(0n);
  });

  it('answers that are lost leave it pending, and it ends once the gateway can be reached', async () => {
    const { payment, next, tenderId } = await begun(world);
    await setSwitches(world.sandbox.context(), tenderId, { notify: 'never', loseAnswers: ['query'] });
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await work(world, 1, 20_000);
    const waiting = await findPayment(world.test.db, payment.id);
    expect(waiting?.state).toBe('EXTERNAL_PENDING');
    expect(waiting?.tenders.at(-1)?.state).toBe('UNKNOWN');
    await setSwitches(world.sandbox.context(), tenderId, { notify: 'never' });
    await work(world, 3, 20_000);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
  });

  it('given up at the cashier, the cards are free again and the order can be paid anew', async () => {
    const { card, order, payment, next } = await begun(world);
    await world.sandbox.visit(next);
    const cancelled = await cancelPayment(world.context(), payment);
    expect(cancelled.state).toBe('CANCELLED');
    expect(await usable(world, card.accountId)).toBe(10_000n);
    const again = payInput(world, order.id, { card: 10_000n, external: 5_000n, idempotencyKey: 'again' });
    expect(await payOrder(world.context(), again)).toMatchObject({ ok: true, value: { status: 'proceed' } });
  });

  it('the tab closed before the cashier opened: the hold ends after the gateway window, not before', async () => {
    const { card, payment } = await begun(world);
    await work(world, 2, 60_000);
    expect(await usable(world, card.accountId)).toBe(0n);
    await work(world, 8, 120_000);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('CANCELLED');
    expect(await usable(world, card.accountId)).toBe(10_000n);
  });

  it('going on in the last minute does not release what was paid without our knowing', async () => {
    const { payment, next, tenderId } = await begun(world);
    await setSwitches(world.sandbox.context(), tenderId, { notify: 'never' });
    await world.sandbox.confirm(await world.sandbox.visit(next));
    world.advance(9.5 * 60_000);
    const { mode, returnUrl, subject } = payInput(world, payment.orderId, { card: 0n, external: 0n });
    const outcome = await proceed(world.context(), payment, { mode, returnUrl, subject });
    expect(outcome).toMatchObject({ status: 'paid', payment: { state: 'PAID' } });
  });

  it('going on in the last minute without having paid keeps the hold until the end is proven', async () => {
    const { card, payment, next } = await begun(world);
    await world.sandbox.visit(next);
    world.advance(9.5 * 60_000);
    const { mode, returnUrl, subject } = payInput(world, payment.orderId, { card: 0n, external: 0n });
    const outcome = await proceed(world.context(), payment, { mode, returnUrl, subject });
    expect(outcome).toMatchObject({ status: 'pending', payment: { state: 'EXTERNAL_PENDING' } });
    expect(await usable(world, card.accountId)).toBe(0n);
  });

  it('paid in the moment of giving up, it is paid', async () => {
    const { payment, next } = await begun(world);
    await world.sandbox.confirm(await world.sandbox.visit(next));
    expect((await cancelPayment(world.context(), payment)).state).toBe('PAID');
  });

  it('giving up while the gateway is down keeps the hold until the gateway has answered', async () => {
    const { card, payment, next } = await begun(world);
    await world.sandbox.visit(next);
    await setSwitches(world.sandbox.context(), null, { down: true });
    expect((await cancelPayment(world.context(), payment)).state).toBe('CANCELLING');
    await work(world, 3, 20_000);
    expect(await usable(world, card.accountId)).toBe(0n);
    await setSwitches(world.sandbox.context(), null, {});
    await work(world, 3, 20_000);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('CANCELLED');
    expect(await usable(world, card.accountId)).toBe(10_000n);
  });

  it.each([
    ['the notification', 'once', () => world.sandbox.deliver()],
    ['the shopper who looks', 'never', (id: string) => checkPayment(world.context(), id)],
  ] as const)(
    'money that arrives after the release, told by %s, goes back; cards stay untouched',
    async (...by) => {
      const [, notify, find] = by;
      const { card, payment, next, tenderId } = await begun(world);
      const cashier = await world.sandbox.visit(next);
      await setSwitches(world.sandbox.context(), tenderId, { ignoreCloses: true, notify });
      expect((await cancelPayment(world.context(), payment)).state).toBe('CANCELLED');
      await world.sandbox.confirm(cashier);
      await find(payment.id);
      expect((await findPayment(world.test.db, payment.id))?.state).toBe('LATE_PAID');
      await work(world, 3, 20_000);
      expect((await findPayment(world.test.db, payment.id))?.state).toBe('EXTERNAL_REFUNDED');
      expect(await usable(world, card.accountId)).toBe(10_000n);
      expect((await world.test.db.sandboxTrade.findFirstOrThrow()).refundedMinor).toBe(5_000n);
    },
  );

  it('ten workers, the notification and the returning shopper at once settle it once', async () => {
    const { payment, next } = await begun(world);
    await world.sandbox.confirm(await world.sandbox.visit(next));
    const everybody = Array.from({ length: 10 }, () => checkPayment(world.context(), payment.id));
    await Promise.all([...everybody, world.sandbox.deliver()]);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
    const settled = await world.test.db.paymentEvent.count({
      where: { paymentId: payment.id, event: 'settled' },
    });
    expect(settled).toBe(1);
  });
});
