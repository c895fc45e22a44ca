import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { type Id, newId, plusMs } from '@/lib/kernel';
import { audit } from '@/lib/ledger';
import { addToBasket } from './add-to-basket';
import { cancelOrder } from './cancel-order';
import { CATALOGUE, MERCHANTS } from './catalogue';
import { changeBasket } from './change-basket';
import { placeOrder } from './place-order';
import { seedShop } from './seed-shop';
import { insertShopper } from './testing';
import { basketCount, basketView, ordersPage, orderView, productBySlug } from './views';

const now = new Date('2026-03-01T10:00:00.000Z');
let shop: TestDatabase;
let lan: Id<'usr'>;
let mei: Id<'usr'>;
let mug: Id<'prd'>;
let rice: Id<'prd'>;
const context = () => ({ db: shop.db, now });

beforeEach(async () => {
  shop = await openTestDatabase();
  await seedShop(shop.db, now);
  [lan, mei] = [await insertShopper(shop.db, now), await insertShopper(shop.db, now)];
  [mug, rice] = [await idOf('celadon-mug'), await idOf('northeast-rice')];
});
afterEach(() => shop.close());

async function idOf(slug: string): Promise<Id<'prd'>> {
  const product = await productBySlug(shop.db, slug);
  if (!product) throw new Error(`${slug} is not in the shop`);
  return product.id;
}

async function fill(userId: Id<'usr'>, items: readonly [Id<'prd'>, number][]): Promise<bigint> {
  for (const [second, [productId, quantity]] of items.entries()) {
    const later = { ...context(), now: plusMs(now, second * 1_000) };
    await addToBasket(later, { userId, productId, quantity });
  }
  return (await basketView(shop.db, userId)).totalMinor;
}

const fromBasket = (expectedTotalMinor: bigint) => ({ source: 'basket', expectedTotalMinor }) as const;

describe('the shelf', () => {
  test('seeding twice leaves one of everything, and brings a changed price back', async () => {
    await shop.db.product.update({ where: { id: mug }, data: { priceMinor: 1n } });
    const total = await fill(lan, [[mug, 1]]);
    const order = await placeOrder(context(), {
      userId: lan,
      idempotencyKey: randomUUID(),
      from: fromBasket(total),
    });
    await seedShop(shop.db, now);
    expect(await shop.db.product.count()).toBe(CATALOGUE.flatMap((shelf) => shelf.products).length);
    expect(await shop.db.merchant.count()).toBe(MERCHANTS.length);
    expect(await shop.db.account.count()).toBe(MERCHANTS.length);
    expect((await productBySlug(shop.db, 'celadon-mug'))?.priceMinor).toBe(6800n);
    expect(
      order.ok && (await orderView(shop.db, { userId: lan, orderId: order.value.orderId }))?.totalMinor,
    ).toBe(1n);
    expect((await audit(shop.db)).ok).toBe(true);
  });
});

test('an address that cannot be one leads to no product', async () => {
  for (const slug of ['no-such-thing', 'celadon\0mug', '\ud83d'])
    expect(await productBySlug(shop.db, slug)).toBeNull();
});

describe('the basket', () => {
  test('adding twice at once counts both', async () => {
    const add = () => addToBasket(context(), { userId: lan, productId: mug, quantity: 2 });
    expect((await Promise.all([add(), add(), add()])).every((result) => result.ok)).toBe(true);
    expect(await basketCount(shop.db, lan)).toBe(6);
  });

  test('adding with one key adds once, also at once', async () => {
    const onceKey = randomUUID();
    const add = () => addToBasket(context(), { userId: lan, productId: mug, quantity: 2, onceKey });
    await Promise.all([add(), add(), add()]);
    await add();
    expect(await basketCount(shop.db, lan)).toBe(2);
  });

  test('a line stops at 99', async () => {
    await fill(lan, [[mug, 60]]);
    await fill(lan, [[mug, 60]]);
    expect(await basketCount(shop.db, lan)).toBe(99);
  });

  test('quantities that make no sense and products that do not exist are refused', async () => {
    for (const quantity of [0, -1, 1.5, 100, Number.NaN]) {
      expect(await addToBasket(context(), { userId: lan, productId: mug, quantity })).toEqual({
        ok: false,
        refusal: { code: 'quantity_not_allowed' },
      });
    }
    const gone = { userId: lan, productId: newId('prd'), quantity: 1 };
    expect(await addToBasket(context(), gone)).toEqual({ ok: false, refusal: { code: 'product_not_found' } });
    expect(await changeBasket(context(), gone)).toEqual({
      ok: false,
      refusal: { code: 'product_not_found' },
    });
  });

  test('a line that was taken out comes back with its quantity', async () => {
    await fill(lan, [[mug, 3]]);
    await changeBasket(context(), { userId: lan, productId: mug, quantity: 0 });
    expect(await basketCount(shop.db, lan)).toBe(0);
    await changeBasket(context(), { userId: lan, productId: mug, quantity: 3 });
    expect(await basketCount(shop.db, lan)).toBe(3);
  });
});

describe('an order', () => {
  test('holds the basket as it was, is open for half an hour, and leaves the basket empty', async () => {
    const total = await fill(lan, [
      [mug, 2],
      [rice, 1],
    ]);
    const placed = await placeOrder(context(), {
      userId: lan,
      idempotencyKey: randomUUID(),
      from: fromBasket(total),
    });
    if (!placed.ok) throw new Error(placed.refusal.code);
    const before = await orderView(shop.db, { userId: lan, orderId: placed.value.orderId });
    await shop.db.product.update({ where: { id: mug }, data: { priceMinor: 1n, titleZh: '换了名字' } });
    const order = await orderView(shop.db, { userId: lan, orderId: placed.value.orderId });
    expect(order).toEqual(before);
    expect(order).toMatchObject({
      state: 'open',
      totalMinor: 20_090n,
      payBy: new Date('2026-03-01T10:30:00.000Z'),
    });
    expect(order?.number).toMatch(/^[1-9]\d{11}$/);
    expect(
      order?.lines.map((line) => [line.title.zh, line.unitMinor, line.quantity, line.amountMinor]),
    ).toEqual([
      ['青釉手作马克杯', 6800n, 2, 13_600n],
      ['黑土长粒香米 5 千克', 6490n, 1, 6490n],
    ]);
    expect(await basketCount(shop.db, lan)).toBe(0);
  });

  test('is one, however often and however fast its form is sent', async () => {
    const total = await fill(lan, [[mug, 2]]);
    const idempotencyKey = randomUUID();
    const send = () => placeOrder(context(), { userId: lan, idempotencyKey, from: fromBasket(total) });
    const results = [...(await Promise.all([send(), send(), send(), send()])), await send()];
    const ids = results.map((result) => (result.ok ? result.value.orderId : result.refusal.code));
    expect(new Set(ids).size).toBe(1);
    expect(results.filter((result) => result.ok && !result.value.replayed)).toHaveLength(1);
    expect(await shop.db.order.count()).toBe(1);
    expect(await shop.db.orderLine.count()).toBe(1);
  });

  test('of two tabs that send the same basket, one is made', async () => {
    const total = await fill(lan, [
      [mug, 2],
      [rice, 3],
    ]);
    const send = () =>
      placeOrder(context(), { userId: lan, idempotencyKey: randomUUID(), from: fromBasket(total) });
    const results = await Promise.all([send(), send(), send()]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await shop.db.order.count()).toBe(1);
  });

  test('is refused when the basket is not what the shopper saw', async () => {
    const total = await fill(lan, [[mug, 1]]);
    await shop.db.product.update({ where: { id: mug }, data: { priceMinor: 9900n } });
    const send = () =>
      placeOrder(context(), { userId: lan, idempotencyKey: randomUUID(), from: fromBasket(total) });
    expect(await send()).toEqual({ ok: false, refusal: { code: 'basket_changed' } });
    expect(await basketCount(shop.db, lan)).toBe(1);
    await changeBasket(context(), { userId: lan, productId: mug, quantity: 0 });
    expect(await send()).toEqual({ ok: false, refusal: { code: 'basket_empty' } });
  });

  test('of one shopper leaves the basket of another alone', async () => {
    const total = await fill(lan, [[mug, 2]]);
    await fill(mei, [[mug, 5]]);
    const key = randomUUID();
    const placed = await placeOrder(context(), { userId: lan, idempotencyKey: key, from: fromBasket(total) });
    expect(await basketCount(shop.db, mei)).toBe(5);
    if (!placed.ok) throw new Error(placed.refusal.code);
    expect(await orderView(shop.db, { userId: mei, orderId: placed.value.orderId })).toBeNull();
    expect((await ordersPage(shop.db, { userId: mei, page: 1 })).orders).toEqual([]);
    const same = await placeOrder(context(), { userId: mei, idempotencyKey: key, from: fromBasket(34_000n) });
    expect(same.ok && same.value.orderId !== placed.value.orderId).toBe(true);
  });

  test('of one product at once leaves the basket as it is', async () => {
    await fill(lan, [[rice, 1]]);
    const idempotencyKey = randomUUID();
    const buy = (quantity: number) =>
      placeOrder(context(), {
        userId: lan,
        idempotencyKey,
        from: { source: 'product', productId: mug, quantity },
      });
    const placed = await buy(2);
    expect(placed.ok).toBe(true);
    expect(await basketCount(shop.db, lan)).toBe(1);
    expect(await buy(3)).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } });
    expect(await shop.db.order.count()).toBe(1);
  });
});

describe('cancelling', () => {
  async function openOrder() {
    const placed = await placeOrder(context(), {
      userId: lan,
      idempotencyKey: randomUUID(),
      from: { source: 'product', productId: mug, quantity: 1 },
    });
    if (!placed.ok) throw new Error(placed.refusal.code);
    return placed.value.orderId;
  }

  test('ends an unpaid order, once, and only for its owner', async () => {
    const orderId = await openOrder();
    expect(await cancelOrder(context(), { userId: mei, orderId })).toEqual({
      ok: false,
      refusal: { code: 'order_not_found' },
    });
    expect((await cancelOrder(context(), { userId: lan, orderId })).ok).toBe(true);
    expect(await cancelOrder(context(), { userId: lan, orderId })).toEqual({
      ok: false,
      refusal: { code: 'order_not_open' },
    });
  });

  test('waits for a payment that is under way', async () => {
    const orderId = await openOrder();
    await shop.db.order.update({ where: { id: orderId }, data: { state: 'paying' } });
    expect(await cancelOrder(context(), { userId: lan, orderId })).toEqual({
      ok: false,
      refusal: { code: 'payment_under_way' },
    });
    expect((await orderView(shop.db, { userId: lan, orderId }))?.state).toBe('paying');
    await shop.db.order.update({ where: { id: orderId }, data: { state: 'open' } });
    expect((await cancelOrder(context(), { userId: lan, orderId })).ok).toBe(true);
  });
});
