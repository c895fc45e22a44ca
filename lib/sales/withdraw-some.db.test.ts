import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeOwnCard } from '@/lib/cards';
import { payOrder } from '@/lib/checkout';
import { planGifts } from '@/lib/gifts';
import { giftPlanSchema } from '@/lib/gifts/schemas';
import { newId } from '@/lib/kernel';
import { counterDesk } from './desk';
import { handleSalesMessage } from './handle-message';
import { hangingWithdrawals, retryWithdrawal } from './hanging-withdrawals';
import { issuePurchase } from './issue-purchase';
import { markInvoiceIssued } from './note-invoice';
import { placePurchase } from './place-purchase';
import { printLines } from './ship-cards';
import { openSalesWorld, type SalesWorld, SOMEBODY } from './testing';
import { purchaseView } from './views';
import { withdrawPurchase } from './withdraw-purchase';

let world: SalesWorld;

beforeEach(async () => {
  world = await openSalesWorld();
});

afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function bought(over: Parameters<SalesWorld['buy']>[0] = {}) {
  const { purchaseId, orderId } = await world.buy(over);
  await issuePurchase(world.context(), orderId);
  const { batchId } = await purchase(purchaseId);
  const cards = await world.shop.test.db.card.findMany({ where: { batchId }, orderBy: { id: 'asc' } });
  return { purchaseId, orderId, ids: cards.map(({ id }) => id) };
}

const purchase = (id: string) => world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id } });

const withdraw = (purchaseId: string, cardIds: readonly string[]) =>
  withdrawPurchase(world.context(), { purchaseId, userId: world.userId, cardIds });

const view = (purchaseId: string) => purchaseView(world.context(), { purchaseId, userId: world.userId });

/** Hands every message to the counter, as the worker does, twice. */
async function deliver() {
  const rows = await world.shop.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } });
  for (const row of [...rows, ...rows]) {
    const message = { ...row, payload: JSON.parse(row.payload) };
    await handleSalesMessage({ sales: world.context(), checkout: world.shop.context() }, message);
  }
}

/** What went back of an order at the gateway, in our books. */
async function backOf(orderId: string): Promise<bigint[]> {
  const refunds = await world.shop.test.db.refund.findMany({
    where: { payment: { orderId }, state: 'SUCCEEDED' },
    orderBy: { id: 'asc' },
  });
  return refunds.map(({ amountMinor }) => amountMinor);
}

/** Buys something of the shop with a card. */
async function spend(cardMinor: bigint) {
  const { id } = await world.shop.addOrder([{ amountMinor: cardMinor }]);
  return payOrder(world.shop.context(), {
    orderId: id,
    userId: world.userId,
    method: null,
    expected: { cardMinor, externalMinor: 0n },
    idempotencyKey: newId('att'),
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: 'cup',
  });
}

const total = (amounts: readonly bigint[]) => amounts.reduce((sum, each) => sum + each, 0n);

const stateOf = async (orderId: string) =>
  (await world.shop.test.db.order.findUniqueOrThrow({ where: { id: orderId } })).state;

it('some cards go back with their share of a discounted price, the others stay; then the rest', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId, ids } = await bought({ faceMinor: 12_347n, quantity: 50 });
  expect(await withdraw(purchaseId, ids.slice(3, 5))).toEqual({ ok: true, value: undefined });
  expect(await db.card.count({ where: { state: 'closed' } })).toBe(2);
  expect(await db.refund.count()).toBe(0);
  await deliver();
  expect(await backOf(orderId)).toEqual([24_200n]);
  expect([await purchase(purchaseId), await stateOf(orderId)]).toMatchObject([
    { state: 'issued', withdrawnCards: 2 },
    'partially_refunded',
  ]);
  expect(await view(purchaseId)).toMatchObject({
    withdrawable: { free: { length: 48 }, obstacle: null },
    withdrawals: [{ cards: 2, amountMinor: 24_200n, state: 'returned' }],
  });
  expect(await withdraw(purchaseId, [...ids.slice(0, 3), ...ids.slice(5)])).toMatchObject({ ok: true });
  await deliver();
  expect(await backOf(orderId)).toEqual([24_200n, 12_100n * 48n]);
  expect([await purchase(purchaseId), await stateOf(orderId)]).toMatchObject([
    { state: 'withdrawn' },
    'refunded',
  ]);
  const discount = await db.account.findUniqueOrThrow({ where: { id: 'house:discount:CNY' } });
  expect(discount.creditsPosted).toBe(discount.debitsPosted);
});

it('a card that was spent from stays, and those beside it can go back', async () => {
  const { purchaseId, orderId, ids } = await bought({ quantity: 3 });
  const spent = await spend(1n);
  expect(spent).toMatchObject({ ok: true });
  expect(await withdraw(purchaseId, ids)).toEqual({ ok: false, refusal: { code: 'cards_used' } });
  const seen = await view(purchaseId);
  if (seen?.withdrawable?.code !== 'withdrawable') throw new Error('two cards can go back');
  expect(seen.withdrawable).toMatchObject({ free: { length: 2 }, obstacle: 'cards_used' });
  const free = seen.withdrawable.free.map((card) => card.id);
  expect(await withdraw(purchaseId, free)).toMatchObject({ ok: true });
  await deliver();
  expect(await backOf(orderId)).toEqual([100_000n]);
  expect(await purchase(purchaseId)).toMatchObject({ state: 'issued', withdrawnCards: 2 });
});

it('a card that was used up and closed is told of, and one that was handed back is in nobody’s way', async () => {
  const { purchaseId, ids } = await bought({ quantity: 3, faceMinor: 10_000n });
  expect(await withdraw(purchaseId, ids.slice(0, 1))).toMatchObject({ ok: true });
  expect(await view(purchaseId)).toMatchObject({ withdrawable: { free: { length: 2 }, obstacle: null } });
  await spend(10_000n);
  const { db } = world.shop.test;
  const { cardId } = await db.tender.findFirstOrThrow({ where: { kind: 'card' } });
  const closed = await closeOwnCard(world.context(), { cardId: cardId ?? '', userId: world.userId });
  expect(closed).toMatchObject({ ok: true });
  expect(await view(purchaseId)).toMatchObject({
    withdrawable: { free: { length: 1 }, obstacle: 'cards_used' },
  });
  expect(await withdraw(purchaseId, ids.slice(1))).toMatchObject({ refusal: { code: 'cards_used' } });
});

it('withdrawals at once of sets that overlap: each card goes back at most once, and no money twice', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId, ids } = await bought({ quantity: 4 });
  const [a = '', b = '', c = '', d = ''] = ids;
  const sets = [[a, b], [b, c], [c, d], [a, d], [a], ids];
  const results = await Promise.all(sets.map((set) => withdraw(purchaseId, set)));
  const taken = sets.filter((_, index) => results[index]?.ok).flat();
  expect(taken.length).toBeGreaterThan(0);
  expect(new Set(taken).size).toBe(taken.length);
  const closed = await db.card.findMany({ where: { id: { in: ids }, state: 'closed' } });
  expect(closed.map(({ id }) => id).sort()).toEqual([...taken].sort());
  await Promise.all([deliver(), deliver()]);
  expect(total(await backOf(orderId))).toBe(50_000n * BigInt(taken.length));
});

it('withdrawals at once of single cards are all granted, and the last money to come back ends the purchase', async () => {
  const { db } = world.shop.test;
  const { purchaseId, orderId, ids } = await bought({ quantity: 6 });
  const results = await Promise.all(ids.map((id) => withdraw(purchaseId, [id])));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(await purchase(purchaseId)).toMatchObject({ state: 'withdrawing', withdrawnCards: 6 });
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(await backOf(orderId)).toEqual(Array.from({ length: 6 }, () => 50_000n));
  expect([await purchase(purchaseId), await stateOf(orderId)]).toMatchObject([
    { state: 'withdrawn' },
    'refunded',
  ]);
  expect(await db.outboxMessage.count({ where: { topic: 'purchase.returned' } })).toBe(6);
});

it('whatever is handed back in whatever parts, no more than the price comes back, and all of it for all cards', async () => {
  const set = fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 4 });
  const step = fc.record({ set, together: fc.boolean() });
  const lives = fc.array(step, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(lives, fc.integer({ min: 1_000, max: 20_000 }), async (steps, face) => {
      const { purchaseId, orderId, ids } = await bought({ quantity: 5, faceMinor: BigInt(face) });
      const { unitMinor } = await purchase(purchaseId);
      const left = new Set(ids);
      for (const { set: places, together } of steps) {
        const wanted = places.map((place) => ids[place] ?? '');
        const result = await withdraw(purchaseId, wanted);
        expect(result.ok).toBe(wanted.every((id) => left.has(id)));
        if (result.ok) for (const id of wanted) left.delete(id);
        if (!together) await deliver();
        expect(total(await backOf(orderId))).toBeLessThanOrEqual(unitMinor * BigInt(5 - left.size));
      }
      if (left.size > 0) expect(await withdraw(purchaseId, [...left])).toMatchObject({ ok: true });
      await deliver();
      expect(total(await backOf(orderId))).toBe(unitMinor * 5n);
      expect((await purchase(purchaseId)).state).toBe('withdrawn');
    }),
    { numRuns: 8 },
  );
});

it('money of one part that the gateway refused is asked for anew by itself, and only all parts end the purchase', async () => {
  const { db } = world.shop.test;
  const gatewayTakesRefunds = (takes: boolean) =>
    db.sandboxTrade.updateMany({ data: { state: takes ? 'TRADE_SUCCESS' : 'TRADE_CLOSED' } });
  const { purchaseId, orderId, ids } = await bought({ quantity: 3 });
  await gatewayTakesRefunds(false);
  await withdraw(purchaseId, ids.slice(0, 1));
  await deliver();
  await gatewayTakesRefunds(true);
  await withdraw(purchaseId, ids.slice(1));
  await deliver();
  expect(await backOf(orderId)).toEqual([100_000n]);
  expect((await purchase(purchaseId)).state).toBe('withdrawing');
  const [hanging, ...more] = await hangingWithdrawals(db);
  expect([hanging, more]).toMatchObject([{ refund: 'refused', cards: 1, totalMinor: 50_000n }, []]);
  const actor = { id: 'usr_support', role: 'support' };
  const press = () => retryWithdrawal(world.shop.context(), { withdrawalId: hanging?.id ?? '', actor });
  const presses = await Promise.all([press(), press(), press()]);
  expect(presses.filter(({ ok }) => ok)).toEqual([{ ok: true, value: 'back' }]);
  await deliver();
  expect(await backOf(orderId)).toEqual([100_000n, 50_000n]);
  expect((await purchase(purchaseId)).state).toBe('withdrawn');
  const line = { subjectId: purchaseId, detail: JSON.stringify({ withdrawal: hanging?.id }) };
  expect(await db.auditEvent.findMany({ where: { action: 'purchase.refund_retried' } })).toMatchObject([
    line,
  ]);
});

it('one gift of several ends alone, and of cards of plastic the others are printed', async () => {
  const { db } = world.shop.test;
  const form = { senderName: '王芳', audience: 'many', list: '小李,li@example.com\n小张,zhang@example.com' };
  const plan = await planGifts(giftPlanSchema.parse(form), world.context().now);
  if (!plan.ok) throw new Error('the list is good');
  const given = await bought({ purpose: 'gift', plan: JSON.stringify(plan.value) });
  expect(await withdraw(given.purchaseId, given.ids.slice(0, 1))).toMatchObject({ ok: true });
  const gifts = await db.gift.findMany({ orderBy: { cardId: 'asc' } });
  expect(gifts.map(({ endedAt }) => endedAt === null)).toEqual([false, true]);

  const address = { recipient: '林小满', phone: '13800138000', address: '浙江省杭州市西湖区文三路1号' };
  const sent = await bought({
    programmeId: 'zhenxiang',
    purpose: 'ship',
    plan: JSON.stringify(address),
    identity: SOMEBODY,
  });
  expect(await withdraw(sent.purchaseId, sent.ids.slice(1))).toMatchObject({ ok: true });
  const printed = await printLines(world.context(), {
    purchaseId: sent.purchaseId,
    origin: 'https://x.test',
  });
  expect(printed?.lines).toHaveLength(1);
});

it('cards that went back do not count in what their buyer bought in the day, and those that stay do', async () => {
  const { purchaseId, ids } = await bought({ faceMinor: 100_000n, quantity: 6 });
  const another = async () =>
    placePurchase(world.context(), await world.input({ faceMinor: 100_000n, quantity: 6 }));
  expect(await another()).toMatchObject({ refusal: { code: 'real_name_required' } });
  expect(await withdraw(purchaseId, ids.slice(2))).toMatchObject({ ok: true });
  expect(await another()).toMatchObject({ ok: true });
  expect(await another()).toMatchObject({ refusal: { code: 'real_name_required' } });
});

it('an invoice is for what is kept, and asked for anew in place of the one that was issued for more', async () => {
  const { db } = world.shop.test;
  const invoice = { kind: 'individual', title: '林小满', taxNumber: null, email: 'l@example.com' } as const;
  const { purchaseId, ids } = await bought({ quantity: 3, invoice });
  const waiting = async () => (await counterDesk(db)).invoices;
  const issue = (seen: { id: string; amountMinor: bigint } | undefined, number: string) => {
    const actor = { id: 'usr_support', role: 'support' };
    const { id: invoiceId = '', amountMinor = 0n } = seen ?? {};
    return markInvoiceIssued(world.context(), { invoiceId, amountMinor, number, actor });
  };
  const [whole] = await waiting();
  expect(whole).toMatchObject({ amountMinor: 150_000n, replaces: null });
  await withdraw(purchaseId, ids.slice(0, 1));
  // What was issued for the whole while a card went back is not noted as one for the rest.
  expect(await issue(whole, 'A-0001')).toEqual({ ok: false, refusal: { code: 'not_waiting' } });
  const [rest] = await waiting();
  expect(await issue(rest, 'A-0002')).toMatchObject({ ok: true });
  await withdraw(purchaseId, ids.slice(1, 2));
  const [last] = await waiting();
  expect(last).toMatchObject({ amountMinor: 50_000n, replaces: 'A-0002' });
  expect(await issue(last, 'A-0003')).toMatchObject({ ok: true });
  expect(await db.invoice.findUnique({ where: { purchaseId } })).toMatchObject({
    state: 'issued',
    amountMinor: 50_000n,
    number: 'A-0003',
  });
  await withdraw(purchaseId, ids.slice(2));
  expect(await db.invoice.findUnique({ where: { purchaseId } })).toMatchObject({ state: 'cancelled' });
});

it('no card, a card of another purchase, and a policy without the right are refused and told', async () => {
  const { db } = world.shop.test;
  const { purchaseId, ids } = await bought();
  const other = await bought({ quantity: 1 });
  const refused = (code: string) => ({ ok: false, refusal: { code } });
  expect(await withdraw(purchaseId, [])).toEqual(refused('cards_unknown'));
  expect(await withdraw(purchaseId, [...ids, ...other.ids])).toEqual(refused('cards_unknown'));
  expect(await db.card.count({ where: { state: 'closed' } })).toBe(0);
  await db.cardPurchase.update({ where: { id: purchaseId }, data: { policyPack: 'free' } });
  expect(await withdraw(purchaseId, ids)).toEqual(refused('no_right'));
  expect(await view(purchaseId)).toMatchObject({ withdrawable: { code: 'no_right' } });
});
