import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '@/lib/database';
import { issuePurchase } from './issue-purchase';
import { openSalesWorld, type SalesWorld } from './testing';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function bought(quantity: number) {
  const { purchaseId, orderId } = await world.buy({ faceMinor: 10_000n, quantity });
  await issuePurchase(world.context(), orderId);
  const { batchId } = await purchase(purchaseId);
  const cards = await world.shop.test.db.card.findMany({ where: { batchId }, select: { id: true } });
  return { purchaseId, orderId, ids: cards.map(({ id }) => id) };
}

const purchase = (id: string) => world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id } });

it('fifty who hand one card each back at once are all told yes', async () => {
  const { db } = world.shop.test;
  const { purchaseId, ids } = await bought(50);
  const withdraw = (id: string) =>
    withdrawPurchase(world.context(), { purchaseId, userId: world.userId, cardIds: [id] });
  const answers = await Promise.all(ids.map(withdraw));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect(await purchase(purchaseId)).toMatchObject({ state: 'withdrawing', withdrawnCards: 50 });
  const waiting = { purchaseId, state: 'returning', cards: 1 };
  expect(await db.withdrawal.count({ where: waiting })).toBe(50);
});

it('who hands cards back of a purchase that keeps changing is told to try again, and no card went back', async () => {
  const { db, url } = world.shop.test;
  const { purchaseId, orderId, ids } = await bought(2);
  const crowded = openDatabase(url, {
    poolSize: 2,
    aroundCommit: async (commit) => {
      const { state } = await db.order.findUniqueOrThrow({ where: { id: orderId } });
      const next = state === 'paid' ? 'partially_refunded' : 'paid';
      await db.order.update({ where: { id: orderId }, data: { state: next } });
      return commit();
    },
  });
  const request = { purchaseId, userId: world.userId, cardIds: ids };
  expect(await withdrawPurchase({ ...world.context(), db: crowded }, request)).toEqual({
    ok: false,
    refusal: { code: 'busy' },
  });
  await crowded.$disconnect();
  await db.order.update({ where: { id: orderId }, data: { state: 'paid' } });
  expect(await db.card.count({ where: { state: 'closed' } })).toBe(0);
  expect(await withdrawPurchase(world.context(), request)).toMatchObject({ ok: true });
});
