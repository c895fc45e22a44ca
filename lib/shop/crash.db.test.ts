import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import {
  aroundEveryWrite,
  FAILINGS,
  type MortalProcess,
  openMortalProcess,
} from '@/lib/database/testing/mortal-process';
import { type Id, invariant, parseId } from '@/lib/kernel';
import { addToBasket, basketCount, basketView, cancelOrder, placeOrder, seedShop } from './index';
import { insertShopper } from './testing';

const NOW = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let mortal: MortalProcess;
let productId: Id<'prd'>;

beforeAll(async () => {
  test = await openTestDatabase();
  mortal = await openMortalProcess(test);
  await seedShop(test.db, NOW);
  const id = parseId('prd', (await test.db.product.findFirstOrThrow()).id);
  invariant(id, 'a product id');
  productId = id;
});
afterAll(async () => {
  await mortal.close();
  await test.close();
});

const context = () => ({ db: test.db, now: NOW });
const failing = () => ({ db: mortal.db, now: NOW });

describe.each(FAILINGS)('a process that %s a write', (how) => {
  it('while something is put into a basket: trying again adds it once', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => ({ userId: await insertShopper(test.db, NOW), onceKey: randomUUID() }),
      act: (scene) => addToBasket(failing(), { ...scene, productId, quantity: 2 }),
      after: async (scene) => {
        await addToBasket(context(), { ...scene, productId, quantity: 2 });
        expect(await basketCount(test.db, scene.userId)).toBe(2);
      },
    });
    expect(failures).toBeGreaterThan(2);
  });

  it('while an order is placed: trying again gives one order, and an empty basket', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const userId = await insertShopper(test.db, NOW);
        await addToBasket(context(), { userId, productId, quantity: 2 });
        const { totalMinor } = await basketView(test.db, userId);
        const from = { source: 'basket', expectedTotalMinor: totalMinor } as const;
        return { userId, idempotencyKey: randomUUID(), from };
      },
      act: (input) => placeOrder(failing(), input),
      after: async (input) => {
        expect(await placeOrder(context(), input)).toMatchObject({ ok: true });
        expect(await test.db.order.count({ where: { userId: input.userId } })).toBe(1);
        expect(await test.db.orderLine.count({ where: { order: { userId: input.userId } } })).toBe(1);
        expect(await basketCount(test.db, input.userId)).toBe(0);
      },
    });
    expect(failures).toBeGreaterThan(3);
  });

  it('while an order is cancelled: trying again finds it cancelled', async () => {
    await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const userId = await insertShopper(test.db, NOW);
        const from = { source: 'product', productId, quantity: 1 } as const;
        const placed = await placeOrder(context(), { userId, idempotencyKey: randomUUID(), from });
        invariant(placed.ok, 'an order');
        return { userId, orderId: placed.value.orderId };
      },
      act: (scene) => cancelOrder(failing(), scene),
      after: async (scene) => {
        await cancelOrder(context(), scene);
        const order = await test.db.order.findUniqueOrThrow({ where: { id: scene.orderId } });
        expect(order.state).toBe('cancelled');
      },
    });
  });
});
