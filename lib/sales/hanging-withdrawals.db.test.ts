import { afterEach, beforeEach, expect, it } from 'vitest';
import { refundPayment } from '@/lib/checkout';
import { openDatabase } from '@/lib/database';
import { interrupted } from '@/lib/database/testing/interrupted';
import { newId } from '@/lib/kernel';
import { handleSalesMessage } from './handle-message';
import { hangingWithdrawals, type RetryInput, retryWithdrawal } from './hanging-withdrawals';
import { issuePurchase } from './issue-purchase';
import { openSalesWorld, type SalesWorld } from './testing';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;
const actor = { id: 'usr_support', role: 'support' };

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function handleAll() {
  const rows = await world.shop.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  for (const row of rows) {
    const message = { ...row, payload: JSON.parse(row.payload) };
    await handleSalesMessage({ sales: world.context(), checkout: world.shop.context() }, message);
  }
}

const gatewayTakesRefunds = (takes: boolean) =>
  world.shop.test.db.sandboxTrade.updateMany({
    data: { state: takes ? 'TRADE_SUCCESS' : 'TRADE_CLOSED' },
  });

/** Asks again for the money of the one withdrawal of a purchase. */
const retry = async (purchaseId: string, over: Partial<RetryInput> = {}) => {
  const { id: withdrawalId } = await world.shop.test.db.withdrawal.findFirstOrThrow({
    where: { purchaseId },
  });
  return retryWithdrawal(world.shop.context(), { withdrawalId, actor, ...over });
};

/** A purchase of one card that was handed back, and whose money the gateway has refused to send. */
async function refusedPurchase(): Promise<string> {
  const { purchaseId, orderId } = await world.buy({ quantity: 1 });
  await issuePurchase(world.context(), orderId);
  await gatewayTakesRefunds(false);
  expect(await withdrawPurchase(world.context(), { purchaseId, userId: world.userId })).toMatchObject({
    ok: true,
  });
  await handleAll();
  return purchaseId;
}

it('a refund that the gateway refused is seen, asked for anew, refused again, and comes back once', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId } = await world.buy({ quantity: 1 });
  await issuePurchase(world.context(), orderId);
  expect(await hangingWithdrawals(db)).toEqual([]);
  await gatewayTakesRefunds(false);
  expect(await withdrawPurchase(world.context(), { purchaseId, userId: world.userId })).toMatchObject({
    ok: true,
  });
  expect(await hangingWithdrawals(db)).toMatchObject([{ purchaseId, refund: 'waiting', askedAt: null }]);
  expect(await retry(purchaseId)).toEqual({ ok: false, refusal: { code: 'nothing_to_retry' } });
  await handleAll();
  expect(await hangingWithdrawals(db)).toMatchObject([
    { purchaseId, refund: 'refused', totalMinor: 50_000n },
  ]);

  expect(await retry(purchaseId)).toEqual({ ok: true, value: 'refused' });
  expect(await hangingWithdrawals(db)).toMatchObject([{ refund: 'refused' }]);
  await gatewayTakesRefunds(true);
  const presses = await Promise.all([retry(purchaseId), retry(purchaseId), retry(purchaseId)]);
  expect(presses.some((press) => press.ok && press.value === 'back')).toBe(true);
  await handleAll();
  expect(await hangingWithdrawals(db)).toEqual([]);
  const refunds = await db.refund.findMany({ orderBy: { id: 'asc' } });
  expect(refunds.map(({ state }) => state)).toEqual(['FAILED', 'FAILED', 'SUCCEEDED']);
  expect(await db.cardPurchase.findUnique({ where: { id: purchaseId } })).toMatchObject({
    state: 'withdrawn',
  });
  expect(await retry(purchaseId)).toEqual({ ok: false, refusal: { code: 'nothing_to_retry' } });
  expect(await db.auditEvent.count({ where: { action: 'purchase.refund_retried' } })).toBe(2);
});

it('money that the gateway refused is seen, however much of other money waits longer', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId } = await world.buy({ quantity: 1 });
  await issuePurchase(world.context(), orderId);
  const createdAt = world.context().now;
  const ids = Array.from({ length: 120 }, (_, place) => `wdr_${String(place).padStart(26, '0')}`);
  await db.withdrawal.createMany({
    data: ids.map((id) => {
      const waits = { state: 'returning', cards: 1, amountMinor: 1n, refundKey: id, createdAt };
      return { id, purchaseId, ...waits };
    }),
  });
  const refused = await refusedPurchase();
  const hanging = await hangingWithdrawals(db);
  expect(hanging.filter(({ refund }) => refund === 'refused')).toMatchObject([{ purchaseId: refused }]);
  expect(hanging[0]).toMatchObject({ purchaseId: refused });
});

it('a press on a page that is older than the last refusal asks for nothing', async () => {
  const { db } = world.shop.test;
  const purchaseId = await refusedPurchase();
  const press = (refusals: number) => retry(purchaseId, { refusals });
  expect(await hangingWithdrawals(db)).toMatchObject([{ refusals: 0 }]);
  expect(await press(0)).toEqual({ ok: true, value: 'refused' });
  expect(await press(0)).toEqual({ ok: false, refusal: { code: 'nothing_to_retry' } });
  expect(await db.refund.count()).toBe(2);
  expect(await db.auditEvent.count({ where: { action: 'purchase.refund_retried' } })).toBe(1);
  await gatewayTakesRefunds(true);
  expect(await press(1)).toEqual({ ok: true, value: 'back' });
});

it('nobody but staff has money asked for again', async () => {
  const { db } = world.shop.test;
  const purchaseId = await refusedPurchase();
  const buyer = { id: world.userId, role: 'shopper' };
  expect(await retry(purchaseId, { actor: buyer })).toEqual({
    ok: false,
    refusal: { code: 'nothing_to_retry' },
  });
  expect(await db.refund.count()).toBe(1);
  expect(await db.auditEvent.count({ where: { action: 'purchase.refund_retried' } })).toBe(0);
});

it('money that is asked for again is not held up by another withdrawal of the purchase', async () => {
  const { db } = world.shop.test;
  const purchaseId = await refusedPurchase();
  const { id: withdrawalId, createdAt } = await db.withdrawal.findFirstOrThrow({ where: { purchaseId } });
  const more = { state: 'returning', cards: 1, amountMinor: 99_999_999n, refundKey: 'more than was paid' };
  const stuck = newId('wdr');
  await db.withdrawal.create({ data: { id: stuck, purchaseId, ...more, createdAt } });
  await gatewayTakesRefunds(true);
  expect(await retryWithdrawal(world.shop.context(), { withdrawalId, actor })).toEqual({
    ok: true,
    value: 'back',
  });
  // The worker does not pass over what cannot go back.
  await expect(handleAll()).rejects.toThrow(stuck);
  await db.withdrawal.delete({ where: { id: stuck } });
});

it('money that is asked for again while its payment keeps changing waits for the outbox, and nothing is thrown', async () => {
  const { db, url } = world.shop.test;
  const purchaseId = await refusedPurchase();
  const { id: withdrawalId } = await db.withdrawal.findFirstOrThrow({ where: { purchaseId } });
  await gatewayTakesRefunds(true);
  const { refundedMinor } = await db.payment.findFirstOrThrow();
  const crowded = openDatabase(url, {
    poolSize: 2,
    aroundCommit: async (commit) => {
      await db.payment.updateMany({ data: { refundedMinor: { increment: 1n } } });
      return commit();
    },
  });
  const press = { withdrawalId, actor };
  expect(await retryWithdrawal({ ...world.shop.context(), db: crowded }, press)).toEqual({
    ok: true,
    value: 'waiting',
  });
  await crowded.$disconnect();
  await db.payment.updateMany({ data: { refundedMinor } });
  expect(await hangingWithdrawals(db)).toMatchObject([{ refund: 'waiting' }]);
  await handleAll();
  expect(await hangingWithdrawals(db)).toEqual([]);
});

/** Part of what was paid goes back in another way. */
async function refundElsewhere() {
  const { db } = world.shop.test;
  const { id: paymentId } = await db.payment.findFirstOrThrow();
  const { id: lineId } = await db.orderLine.findFirstOrThrow();
  const part = { lines: [{ lineId, amountMinor: 1n }], reason: 'goodwill', actorId: null };
  const elsewhere = { paymentId, ...part, idempotencyKey: 'elsewhere' };
  expect(await refundPayment(world.shop.context(), elsewhere)).toMatchObject({ ok: true });
}

it('money of which the payment has not so much left is said to be blocked, and nothing is asked for', async () => {
  const { db } = world.shop.test;
  const purchaseId = await refusedPurchase();
  await gatewayTakesRefunds(true);
  await refundElsewhere();
  expect(await hangingWithdrawals(db)).toMatchObject([{ refund: 'blocked', refusals: 0 }]);
  expect(await retry(purchaseId)).toEqual({ ok: true, value: 'blocked' });
  expect(await db.auditEvent.count({ where: { action: 'purchase.refund_retried' } })).toBe(0);
});

it('so is money that goes another way while it is asked for again', async () => {
  const { db } = world.shop.test;
  const purchaseId = await refusedPurchase();
  const { id: withdrawalId } = await db.withdrawal.findFirstOrThrow({ where: { purchaseId } });
  await gatewayTakesRefunds(true);
  const overtaken = await interrupted(world.shop.test, refundElsewhere);
  const press = { withdrawalId, actor };
  expect(await retryWithdrawal({ ...world.shop.context(), db: overtaken }, press)).toEqual({
    ok: true,
    value: 'blocked',
  });
  await overtaken.$disconnect();
  expect(await hangingWithdrawals(db)).toMatchObject([{ refund: 'blocked', refusals: 1 }]);
});
