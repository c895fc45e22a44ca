import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aroundEveryWrite,
  type Failing,
  type MortalProcess,
  openMortalProcess,
} from '@/lib/database/testing/mortal-process';
import { planGifts } from '@/lib/gifts';
import { giftPlanSchema } from '@/lib/gifts/schemas';
import { issuePurchase } from './issue-purchase';
import { type PlacePurchase, placePurchase } from './place-purchase';
import { openSalesWorld, type SalesWorld, SOMEBODY } from './testing';

let world: SalesWorld;
let mortal: MortalProcess;

beforeAll(async () => {
  world = await openSalesWorld();
  mortal = await openMortalProcess(world.shop.test);
});
afterAll(async () => {
  await mortal.close();
  expect(await world.close()).toEqual([]);
});

const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '浙江省杭州市西湖区文三路1号' };

async function giftPlan(): Promise<string> {
  const list = '小李,li@example.com\n小张,zhang@example.com';
  const form = giftPlanSchema.parse({ senderName: '王芳', audience: 'many', list, message: '好好吃饭' });
  const plan = await planGifts(form, world.context().now);
  if (!plan.ok) throw new Error('the list is good');
  return JSON.stringify(plan.value);
}

/** What is bought while a worker fails in each of these ways. */
const BOUGHT = {
  'dies before': async () => ({ purpose: 'gift', plan: await giftPlan() }) as const,
  'dies after': async () =>
    ({
      programmeId: 'zhenxiang',
      purpose: 'ship',
      plan: JSON.stringify(ADDRESS),
      identity: SOMEBODY,
    }) as const,
} satisfies Partial<Record<Failing, () => Promise<Partial<PlacePurchase>>>>;

/** Orders cards and pays for them; nobody has acted on the payment yet. */
async function paidOrder(over: Partial<PlacePurchase>) {
  const { db } = world.shop.test;
  const placed = await placePurchase(world.context(), await world.input({ quantity: 2, ...over }));
  if (!placed.ok) throw new Error(`refused: ${placed.refusal.code}`);
  await world.pay(placed.value.orderId);
  return { ...placed.value, purpose: over.purpose ?? 'self', db };
}

describe.each(['dies before', 'dies after'] as const)(
  'a worker that %s a write while paid cards are made',
  (how) => {
    it('makes each purchase its cards, gifts and parcel exactly once, and tells its buyer once', async () => {
      const failures = await aroundEveryWrite(mortal, how, {
        scene: async () => paidOrder(await BOUGHT[how]()),
        act: ({ orderId }) => issuePurchase({ ...world.context(), db: mortal.db }, orderId),
        after: async ({ orderId, purchaseId, purpose, db }) => {
          await Promise.all([1, 2].map(() => issuePurchase(world.context(), orderId)));
          const purchase = await db.cardPurchase.findUniqueOrThrow({ where: { id: purchaseId } });
          expect(purchase.state).toBe('issued');
          const cards = await db.card.findMany({
            where: { batchId: purchase.batchId },
            include: { account: true },
          });
          const values = cards.map(({ account }) => account.creditsPosted - account.debitsPosted);
          expect(values).toEqual([purchase.faceMinor, purchase.faceMinor]);
          expect(await db.gift.count({ where: { purchaseId } })).toBe(purpose === 'gift' ? 2 : 0);
          expect(await db.shipment.count({ where: { purchaseId } })).toBe(purpose === 'ship' ? 1 : 0);
          const told = await db.outboxMessage.findMany({
            where: { topic: { startsWith: 'purchase.' }, payload: { contains: purchaseId } },
            orderBy: { id: 'asc' },
          });
          expect(told.map(({ topic }) => topic)).toEqual(['purchase.paid', 'purchase.issued']);
        },
      });
      expect(failures).toBeGreaterThan(2);
    });

    it('leaves no card that belongs to no purchase', async () => {
      const { db } = world.shop.test;
      const purchases = await db.cardPurchase.findMany({ where: { state: 'issued' } });
      const sold = await db.card.count({
        where: { batchId: { in: purchases.map(({ batchId }) => batchId ?? '') } },
      });
      expect(await db.card.count()).toBe(sold);
      expect(sold).toBe(purchases.reduce((sum, { quantity }) => sum + quantity, 0));
    });
  },
);
