import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freezeCard, unfreezeCard } from '@/lib/cards';
import { setSwitches } from '@/lib/gateways/sandbox';
import { type Id, invariant, MINUTE_MS, parseId, plusMs } from '@/lib/kernel';
import { cancelOrder } from '@/lib/shop';
import {
  cancelPayment,
  checkPayment,
  findPayment,
  findPaymentOfOrder,
  payOrder,
  refundPayment,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { atTheCashier, closeAudited, payInput, usable, work } from './testing/payments';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

function idOf(order: { id: string }): Id<'ord'> {
  const id = parseId('ord', order.id);
  invariant(id, 'an order id');
  return id;
}

const support = { id: 'usr_support', role: 'support' };
const freeze = (cardId: string) => freezeCard(world.context(), { cardId, actor: support, reason: '挂失' });

describe('cancelling an order while it is being paid', () => {
  it('leaves it cancelled and untouched, or paid, never both', async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const card = await world.addCard({ amountMinor: 1_000n });
      const order = await world.addOrder([{ amountMinor: 1_000n }]);
      const orderId = idOf(order);
      const [paid, cancelled] = await Promise.all([
        payOrder(world.context(), payInput(world, order.id, { card: 1_000n, external: 0n })),
        cancelOrder(world.context(), { userId: world.userId, orderId }),
      ]);
      const { state } = await world.test.db.order.findUniqueOrThrow({ where: { id: order.id } });
      expect(paid.ok).toBe(!cancelled.ok);
      ends.add(`${state} ${await usable(world, card.accountId)}`);
      await world.test.db.card.update({ where: { id: card.id }, data: { state: 'frozen' } });
    }
    for (const end of ends) expect(['paid 0', 'cancelled 1000']).toContain(end);
  });

  it('and the other part is open at the gateway, is refused until the payment has ended', async () => {
    const { order, payment } = await atTheCashier(world);
    const request = { userId: world.userId, orderId: idOf(order) };
    expect(await cancelOrder(world.context(), request)).toMatchObject({
      refusal: { code: 'payment_under_way' },
    });
    await cancelPayment(world.context(), payment);
    expect(await cancelOrder(world.context(), request)).toMatchObject({ ok: true });
  });

  it('does not stop late money from going back', async () => {
    const { order, payment, cashier } = await atTheCashier(world);
    await cancelPayment(world.context(), payment);
    await cancelOrder(world.context(), { userId: world.userId, orderId: idOf(order) });
    await world.test.db.sandboxTrade.updateMany({ data: { state: 'WAIT_BUYER_PAY' } });
    await world.sandbox.confirm(cashier);
    await world.sandbox.deliver();
    await work(world, 2, 20_000);
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('EXTERNAL_REFUNDED');
  });
});

describe('a card that is frozen', () => {
  it('in the moment of paying pays or does not, and is never held by an order that stays open', async () => {
    for (let round = 0; round < 12; round += 1) {
      const card = await world.addCard({ amountMinor: 1_000n });
      const order = await world.addOrder([{ amountMinor: 1_000n }]);
      const [paid] = await Promise.all([
        payOrder(world.context(), payInput(world, order.id, { card: 1_000n, external: 0n })),
        freeze(card.id),
      ]);
      expect(await usable(world, card.accountId)).toBe(paid.ok ? 0n : 1_000n);
      if (!paid.ok) expect(paid.refusal).toEqual({ code: 'split_changed' });
    }
  });

  it('while its holder is at the cashier pays what it was held for', async () => {
    const { card, payment, cashier } = await atTheCashier(world);
    expect(await freeze(card.id)).toMatchObject({ ok: true });
    await world.sandbox.confirm(cashier);
    await world.sandbox.deliver();
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
    expect(await usable(world, card.accountId)).toBe(0n);
  });

  it('while its holder is at the cashier gets back what it was held for, and cannot pay again', async () => {
    const { card, order, payment } = await atTheCashier(world);
    await freeze(card.id);
    await cancelPayment(world.context(), payment);
    expect(await usable(world, card.accountId)).toBe(10_000n);
    const again = {
      ...payInput(world, order.id, { card: 10_000n, external: 5_000n }),
      idempotencyKey: 'again',
    };
    expect(await payOrder(world.context(), again)).toEqual({ ok: false, refusal: { code: 'split_changed' } });
    await unfreezeCard(world.context(), { cardId: card.id, actor: support, reason: '找到了' });
    expect(await payOrder(world.context(), again)).toMatchObject({ ok: true });
  });
});

describe('a card that ends', () => {
  it('pays in its last millisecond and not at the instant of its end', async () => {
    const expiresAt = plusMs(world.context().now, MINUTE_MS);
    await world.addCard({ amountMinor: 2_000n, expiresAt });
    const orders = [
      await world.addOrder([{ amountMinor: 1_000n }]),
      await world.addOrder([{ amountMinor: 1_000n }]),
    ];
    const [last, late] = orders.map(({ id }) => payInput(world, id, { card: 1_000n, external: 0n }));
    invariant(last && late, 'two orders');
    world.advance(MINUTE_MS - 1);
    expect(await payOrder(world.context(), last)).toMatchObject({ ok: true, value: { status: 'paid' } });
    world.advance(1);
    expect(await payOrder(world.context(), late)).toEqual({ ok: false, refusal: { code: 'split_changed' } });
  });

  it('while its holder is at the cashier pays what it was held for', async () => {
    const { card, payment, cashier } = await atTheCashier(world, {
      expiresAt: plusMs(world.context().now, MINUTE_MS),
    });
    world.advance(2 * MINUTE_MS);
    await world.sandbox.confirm(cashier);
    await world.sandbox.deliver();
    expect((await findPayment(world.test.db, payment.id))?.state).toBe('PAID');
    expect(await usable(world, card.accountId)).toBe(0n);
  });

  it('while its holder is at the cashier gets its value back, to be exchanged', async () => {
    const { card, payment } = await atTheCashier(world, {
      expiresAt: plusMs(world.context().now, MINUTE_MS),
    });
    world.advance(2 * MINUTE_MS);
    expect((await cancelPayment(world.context(), payment)).state).toBe('CANCELLED');
    expect(await usable(world, card.accountId)).toBe(10_000n);
  });
});

describe('a refund', () => {
  it('in the moment of the settlement is refused or done, and never more than was captured', async () => {
    for (let round = 0; round < 6; round += 1) {
      const card = await world.addCard({ amountMinor: 1_000n });
      const order = await world.addOrder([{ amountMinor: 1_000n }]);
      const input = payInput(world, order.id, { card: 1_000n, external: 0n });
      const [paid] = await Promise.all([
        payOrder(world.context(), input),
        ...Array.from({ length: 5 }, async () => {
          const payment = await findPaymentOfOrder(world.test.db, order.id);
          if (!payment) return;
          await refundPayment(world.context(), {
            paymentId: payment.id,
            lines: [{ lineId: order.lineIds[0] ?? '', amountMinor: 400n }],
            reason: null,
            actorId: null,
            idempotencyKey: 'one',
          });
        }),
      ]);
      expect(paid.ok).toBe(true);
      const payment = await findPaymentOfOrder(world.test.db, order.id);
      expect(await usable(world, card.accountId)).toBe(payment?.refundedMinor);
      await world.test.db.card.update({ where: { id: card.id }, data: { state: 'frozen' } });
    }
  });
});

it('questions at the same moment, answered in any order, lead to the same end', async () => {
  const { payment, cashier, card } = await atTheCashier(world);
  await setSwitches(world.sandbox.context(), null, { notify: 'duplicate' });
  const everybody = [
    world.sandbox.confirm(cashier),
    ...Array.from({ length: 4 }, () => checkPayment(world.context(), payment.id)),
    cancelPayment(world.context(), payment),
    world.sandbox.deliver(),
  ];
  await Promise.all(everybody);
  await work(world, 3, 20_000);
  const end = (await findPayment(world.test.db, payment.id))?.state;
  expect(['PAID', 'CANCELLED', 'EXTERNAL_REFUNDED']).toContain(end);
  expect(await usable(world, card.accountId)).toBe(end === 'PAID' ? 0n : 10_000n);
});
