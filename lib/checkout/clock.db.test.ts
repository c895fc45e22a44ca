import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '@/lib/database';
import { setSwitches } from '@/lib/gateways/sandbox';
import { addMonths, endOfDay, HOUR_MS, MINUTE_MS, plusMs, SECOND_MS } from '@/lib/kernel';
import { audit, balancesOf, usableOf } from '@/lib/ledger';
import {
  auditPayments,
  cancelPayment,
  checkPayment,
  findPayment,
  findPaymentOfOrder,
  type PayInput,
  payOrder,
  refundPayment,
  runDueChecks,
} from './index';
import type { CheckoutContext } from './model';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

let world: CheckoutWorld;
/** How far the shop's clock is ahead of the gateway's, which is right. */
let skewMs = 0;
const zoneBefore = process.env.TZ;

beforeEach(async () => {
  skewMs = 0;
  world = await openCheckoutWorld();
});

afterEach(async () => {
  process.env.TZ = zoneBefore;
  const { db } = world.test;
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, shop().now))];
  await world.close();
  expect(differences).toEqual([]);
});

/** Checkout as the shop's own clock has it. */
function shop(): CheckoutContext {
  const context = world.context();
  return { ...context, now: plusMs(context.now, skewMs) };
}

async function usable(accountId: string): Promise<bigint> {
  const balance = (await balancesOf(world.test.db, [accountId])).get(accountId);
  return balance ? usableOf(balance) : -1n;
}

function pay(orderId: string, split: { card: bigint; external: bigint }, over: Partial<PayInput> = {}) {
  return payOrder(shop(), {
    orderId,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: split.card, externalMinor: split.external },
    idempotencyKey: `key-${orderId}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/result',
    subject: '订单',
    ...over,
  });
}

/** A card of 100.00 and an order of 150.00, reserved; the shopper has the gateway's address. */
async function begun(key = 'first') {
  const card = await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 15_000n }]);
  const result = await pay(order.id, { card: 10_000n, external: 5_000n }, { idempotencyKey: key });
  if (!result.ok || result.value.status !== 'proceed') throw new Error('the payment did not begin');
  return { card, order, id: result.value.payment.id, next: result.value.next };
}

async function stateOf(id: string) {
  return (await findPayment(world.test.db, id))?.state;
}

/** The shop's worker, for `seconds` of both clocks. */
async function work(seconds: number) {
  for (let second = 0; second < seconds; second += 1) {
    world.advance(SECOND_MS);
    await runDueChecks(shop(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
  }
}

describe("the shop's clock jumps an hour ahead in the middle of a payment and is put right", () => {
  it('at the cashier: nothing is released meanwhile, then the payment is given up and the card is free', async () => {
    const { card, id, next } = await begun();
    await world.sandbox.visit(next);
    skewMs = HOUR_MS;
    await work(3);
    expect([await stateOf(id), await usable(card.accountId)]).toEqual(['CANCELLING', 0n]);
    skewMs = 0;
    await work(2);
    expect([await stateOf(id), await usable(card.accountId)]).toEqual(['CANCELLED', 10_000n]);
  });

  it('after the gateway took the money: it is paid, although it had been given up', async () => {
    await setSwitches({ db: world.test.db }, null, { notify: 'never' });
    const { card, id, next } = await begun();
    await world.sandbox.confirm(await world.sandbox.visit(next));
    skewMs = HOUR_MS;
    await work(3);
    expect(await stateOf(id)).toBe('CANCELLING');
    skewMs = 0;
    await work(2);
    expect([await stateOf(id), await usable(card.accountId)]).toEqual(['PAID', 0n]);
  });

  it('before the cashier opened: it stays held while the handed out address can still be paid at', async () => {
    const { card, id, next } = await begun();
    skewMs = HOUR_MS;
    await work(3);
    skewMs = 0;
    await work(2);
    expect([await stateOf(id), await usable(card.accountId)]).toEqual(['CANCELLING', 0n]);
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await work(25);
    expect(await stateOf(id)).toBe('PAID');
  });

  it('a refund that waits for the gateway is asked for again as soon as ever', async () => {
    const { order, id, next } = await begun();
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await world.sandbox.deliver();
    await setSwitches({ db: world.test.db }, null, { refuseRefunds: true });
    const lines = [{ lineId: order.lineIds[0] ?? '', amountMinor: 15_000n }];
    const asked = { paymentId: id, lines, reason: null, actorId: null, idempotencyKey: 'refund' };
    await refundPayment(shop(), asked);
    skewMs = HOUR_MS;
    await work(3);
    await setSwitches({ db: world.test.db }, null, {});
    skewMs = 0;
    await work(2);
    expect(await world.test.db.refund.findFirst()).toMatchObject({ state: 'SUCCEEDED' });
  });
});

describe("the shop's clock is set back an hour", () => {
  it("a payment under way is settled by the gateway's message, which nothing about the clock makes doubtful", async () => {
    const { card, id, next } = await begun();
    const path = await world.sandbox.visit(next);
    skewMs = -HOUR_MS;
    await world.sandbox.confirm(path);
    await world.sandbox.deliver();
    expect([await stateOf(id), await usable(card.accountId)]).toEqual(['PAID', 0n]);
  });

  it('the same submit is still the same payment', async () => {
    const card = await world.addCard({ amountMinor: 10_000n });
    const order = await world.addOrder([{ amountMinor: 4_000n }]);
    const first = await pay(order.id, { card: 4_000n, external: 0n });
    skewMs = -HOUR_MS;
    const again = await pay(order.id, { card: 4_000n, external: 0n });
    expect([again.ok && again.value.payment.id, await usable(card.accountId)]).toEqual([
      first.ok && first.value.payment.id,
      6_000n,
    ]);
  });

  it('the order shows the payment that is alive, not one that was given up at a later hour', async () => {
    const { order, id, next } = await begun();
    await world.sandbox.visit(next);
    const payment = await findPayment(world.test.db, id);
    if (payment) await cancelPayment(shop(), payment);
    expect(await stateOf(id)).toBe('CANCELLED');
    skewMs = -HOUR_MS;
    const anew = await pay(order.id, { card: 10_000n, external: 5_000n }, { idempotencyKey: 'second' });
    const alive = anew.ok && anew.value.payment.id;
    expect((await findPaymentOfOrder(world.test.db, order.id))?.id).toBe(alive);
    const other = await pay(order.id, { card: 10_000n, external: 5_000n }, { idempotencyKey: 'third' });
    expect(other).toMatchObject({ refusal: { code: 'already_being_paid', paymentId: alive } });
  });
});

describe('a card on its last day', () => {
  const lastDay = addMonths({ year: 2027, month: 11, day: 30 }, 0);
  const end = endOfDay('Asia/Shanghai', lastDay);

  /** A card of 100.00 that ends then, an order of 40.00, and the clock `ms` before the end. */
  async function cardEnding(ms: number) {
    world.advance(end.getTime() - ms - world.context().now.getTime());
    const card = await world.addCard({ amountMinor: 10_000n, expiresAt: end });
    const order = await world.addOrder([{ amountMinor: 4_000n }]);
    return { card, order };
  }

  it('ends at midnight in the zone of the issuer', () => {
    expect(end.toISOString()).toBe('2027-11-30T16:00:00.000Z');
  });

  it('pays in its last second, to the last millisecond', async () => {
    for (const ms of [SECOND_MS, 1]) {
      const { order } = await cardEnding(ms);
      expect(await pay(order.id, { card: 4_000n, external: 0n })).toMatchObject({
        value: { status: 'paid' },
      });
    }
  });

  it('pays nothing from the first instant after', async () => {
    for (const ms of [0, -1]) {
      const { card, order } = await cardEnding(ms);
      expect(await pay(order.id, { card: 4_000n, external: 0n })).toMatchObject({
        refusal: { code: 'split_changed' },
      });
      expect(await usable(card.accountId)).toBe(10_000n);
    }
  });

  it('that was held in time pays, although the other part comes after its end; and takes a refund then', async () => {
    const { card } = await cardEnding(SECOND_MS);
    const order = await world.addOrder([{ amountMinor: 15_000n }]);
    const result = await pay(order.id, { card: 10_000n, external: 5_000n });
    if (!result.ok || result.value.status !== 'proceed') throw new Error('the payment did not begin');
    const { payment, next } = result.value;
    world.advance(2 * MINUTE_MS);
    await world.sandbox.confirm(await world.sandbox.visit(next));
    await checkPayment(shop(), payment.id);
    expect([await stateOf(payment.id), await usable(card.accountId)]).toEqual(['PAID', 0n]);
    const lines = [{ lineId: order.lineIds[0] ?? '', amountMinor: 3_000n }];
    const asked = { paymentId: payment.id, lines, reason: null, actorId: null, idempotencyKey: 'back' };
    expect(await refundPayment(shop(), asked)).toMatchObject({ value: { state: 'SUCCEEDED' } });
    expect(await usable(card.accountId)).toBe(3_000n);
  });
});

describe('the server moves to another zone in the middle of a payment', () => {
  it('every instant stays what it was, and the payment is settled', async () => {
    process.env.TZ = 'Asia/Shanghai';
    const { card, order, id, next } = await begun();
    const before = await findPayment(world.test.db, id);
    const path = await world.sandbox.visit(next);

    process.env.TZ = 'America/Los_Angeles';
    const { engine, url } = world.test;
    // Sessions that begin from now on read and write in the new zone.
    if (engine === 'postgres')
      await world.test.raw(
        `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone TO 'America/Los_Angeles'`,
      );
    const moved = openDatabase(url);
    try {
      const elsewhere = { ...shop(), db: moved };
      const after = await findPayment(moved, id);
      expect([after?.createdAt, after?.expiresAt, after?.checkAt]).toEqual([
        before?.createdAt,
        before?.expiresAt,
        before?.checkAt,
      ]);
      await world.sandbox.confirm(path);
      await checkPayment(elsewhere, id);
      const paidAt = (await world.test.db.order.findUniqueOrThrow({ where: { id: order.id } })).paidAt;
      expect([await stateOf(id), await usable(card.accountId), paidAt]).toEqual(['PAID', 0n, elsewhere.now]);
      expect(await auditPayments(moved, elsewhere.now)).toEqual([]);
    } finally {
      await moved.$disconnect();
    }
  });
});
