import { afterEach, beforeEach, expect, it } from 'vitest';
import { freezeCard } from '@/lib/cards';
import { payOrder } from '@/lib/checkout';
import { interrupted } from '@/lib/database/testing/interrupted';
import { DAY_MS, newId } from '@/lib/kernel';
import { handleSalesMessage } from './handle-message';
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

async function bought(over: Parameters<SalesWorld['buy']>[0] = {}) {
  const ids = await world.buy(over);
  await issuePurchase(world.context(), ids.orderId);
  return ids;
}

const withdraw = (purchaseId: string) =>
  withdrawPurchase(world.context(), { purchaseId, userId: world.userId });

/** Hands every message to the counter, as the worker does, twice. */
async function deliver() {
  const rows = await world.shop.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  for (const row of [...rows, ...rows]) {
    const message = { ...row, payload: JSON.parse(row.payload) };
    await handleSalesMessage({ sales: world.context(), checkout: world.shop.context() }, message);
  }
}

async function spend(amountMinor: bigint, totalMinor = amountMinor) {
  const { id } = await world.shop.addOrder([{ amountMinor: totalMinor }]);
  return payOrder(world.shop.context(), {
    orderId: id,
    userId: world.userId,
    method: totalMinor > amountMinor ? 'alipay' : null,
    expected: { cardMinor: amountMinor, externalMinor: totalMinor - amountMinor },
    idempotencyKey: newId('att'),
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: 'cup',
  });
}

const purchase = (id: string) => world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id } });

it('who asks for a purchase of no name that there can be is told that there is none, and disturbs nobody who asks at once', async () => {
  const { purchaseId } = await bought();
  const ends = await Promise.allSettled([withdraw(purchaseId), withdraw(`${purchaseId}\u0000`)]);
  expect(ends).toEqual([
    { status: 'fulfilled', value: { ok: true, value: undefined } },
    { status: 'fulfilled', value: { ok: false, refusal: { code: 'purchase_not_found' } } },
  ]);
});

it('an unused purchase goes back to the method that paid: its cards are dead before the money moves', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId } = await bought({ faceMinor: 100_000n, quantity: 9 });
  expect(await withdraw(purchaseId)).toEqual({ ok: true, value: undefined });
  expect((await purchase(purchaseId)).state).toBe('withdrawing');
  expect(await db.card.count({ where: { state: 'closed' } })).toBe(9);
  expect(await db.refund.count()).toBe(0);
  await deliver();
  await deliver();
  expect((await purchase(purchaseId)).state).toBe('withdrawn');
  const [refund, ...more] = await db.refund.findMany({ include: { parts: { include: { tender: true } } } });
  expect(more).toEqual([]);
  expect(refund).toMatchObject({
    state: 'SUCCEEDED',
    amountMinor: 900_000n,
    parts: [{ tender: { gateway: 'alipay' } }],
  });
  expect((await db.order.findUniqueOrThrow({ where: { id: orderId } })).state).toBe('refunded');
});

it('a discount is taken back with the cards, to the fen', async () => {
  const { db } = world.shop.test;
  const { purchaseId } = await bought({ faceMinor: 12_347n, quantity: 50 });
  await withdraw(purchaseId);
  await deliver();
  const discount = await db.account.findUniqueOrThrow({ where: { id: 'house:discount:CNY' } });
  expect(discount.creditsPosted).toBe(discount.debitsPosted);
  expect((await db.refund.findFirstOrThrow()).amountMinor).toBe(12_100n * 50n);
});

it('a purchase that was spent from, by however little, is not handed back', async () => {
  const { purchaseId } = await bought();
  expect(await spend(1n)).toMatchObject({ ok: true });
  expect(await withdraw(purchaseId)).toEqual({ ok: false, refusal: { code: 'cards_used' } });
});

it('a payment and the withdrawal at the same moment: exactly one of them happens', async () => {
  const outcomes = [];
  for (let round = 0; round < 6; round += 1) {
    const { purchaseId } = await bought({ quantity: 1, faceMinor: 20_000n });
    const [back, spent] = await Promise.all([withdraw(purchaseId), spend(20_000n)]);
    outcomes.push([back.ok, spent.ok]);
    await deliver();
  }
  expect(outcomes.every(([back, spent]) => back !== spent)).toBe(true);
});

it('ten presses are one withdrawal and one refund', async () => {
  const { db } = world.shop.test;
  const { purchaseId } = await bought();
  const results = await Promise.all(Array.from({ length: 10 }, () => withdraw(purchaseId)));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  await deliver();
  expect(await db.refund.count()).toBe(1);
});

it('until the end of the seventh day, by a consumer, of what is whole and one’s own', async () => {
  const { purchaseId } = await bought();
  const company = await bought({ buyer: 'company' });
  const frozen = await bought({ quantity: 1 });
  const { db } = world.shop.test;
  const { batchId } = await purchase(frozen.purchaseId);
  const card = await db.card.findFirstOrThrow({ where: { batchId } });
  await freezeCard(world.context(), {
    cardId: card.id,
    actor: { id: world.userId, role: 'shopper' },
    reason: '先停用',
  });
  expect(await withdraw(company.purchaseId)).toMatchObject({ refusal: { code: 'not_a_consumer' } });
  expect(await withdraw(frozen.purchaseId)).toMatchObject({ refusal: { code: 'cards_frozen' } });
  const stranger = await world.shop.addShopper();
  expect(await withdrawPurchase(world.context(), { purchaseId, userId: stranger })).toMatchObject({
    refusal: { code: 'purchase_not_found' },
  });
  world.shop.advance(8 * DAY_MS);
  expect(await withdraw(purchaseId)).toMatchObject({ refusal: { code: 'too_late' } });
});

it('the reason that is given is the one that holds: taken, frozen, paying, used, or refunded otherwise', async () => {
  const { db } = world.shop.test;
  const friend = await world.shop.addShopper();
  const cardsOf = async (purchaseId: string) =>
    db.card.findMany({ where: { batchId: (await purchase(purchaseId)).batchId } });
  const { purchaseId } = await bought({ quantity: 1, faceMinor: 20_000n });
  const [card] = await cardsOf(purchaseId);
  const id = card?.id ?? '';
  expect(await spend(20_000n, 25_000n)).toMatchObject({ ok: true });
  expect(await withdraw(purchaseId)).toEqual({ ok: false, refusal: { code: 'cards_paying' } });
  await db.card.update({ where: { id }, data: { state: 'frozen' } });
  expect(await withdraw(purchaseId)).toEqual({ ok: false, refusal: { code: 'cards_frozen' } });
  await db.card.update({ where: { id }, data: { holderId: friend } });
  expect(await withdraw(purchaseId)).toEqual({ ok: false, refusal: { code: 'cards_taken' } });

  const whole = await bought({ quantity: 1 });
  const order = { where: { id: whole.orderId } };
  await db.order.update({ ...order, data: { state: 'refunded' } });
  expect(await withdraw(whole.purchaseId)).toEqual({ ok: false, refusal: { code: 'refunded_otherwise' } });
  await db.order.update({ ...order, data: { state: 'paid' } });
  expect(await withdraw(whole.purchaseId)).toMatchObject({ ok: true });
});

it('what changes while it is handed back is looked at again, and no reason is made up', async () => {
  const { db } = world.shop.test;
  const { purchaseId } = await bought({ quantity: 1 });
  const invoice = {
    id: newId('inv'),
    kind: 'individual',
    purchaseId,
    state: 'requested',
    title: '林小满',
    email: 'l@example.com',
  };
  await db.invoice.create({ data: { ...invoice, amountMinor: 10_000n, createdAt: world.context().now } });
  const noted = { state: 'issued', number: 'A-0001', issuedAt: world.context().now };
  const issued = () => db.invoice.update({ where: { purchaseId }, data: noted });
  const other = await interrupted(world.shop.test, issued);
  const request = { purchaseId, userId: world.userId };
  expect(await withdrawPurchase({ ...world.context(), db: other }, request)).toMatchObject({ ok: true });
  await other.$disconnect();
  expect(await db.invoice.findUnique({ where: { purchaseId } })).toMatchObject({ state: 'cancelled' });

  const claimed = await bought({ quantity: 1 });
  const freeze = async () => {
    const { batchId } = await purchase(claimed.purchaseId);
    await db.card.updateMany({ where: { batchId }, data: { state: 'frozen' } });
  };
  const late = await interrupted(world.shop.test, freeze);
  const again = { purchaseId: claimed.purchaseId, userId: world.userId };
  expect(await withdrawPurchase({ ...world.context(), db: late }, again)).toEqual({
    ok: false,
    refusal: { code: 'cards_frozen' },
  });
  await late.$disconnect();
});
