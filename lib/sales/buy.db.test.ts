import { afterEach, beforeEach, expect, it } from 'vitest';
import { cardOf, walletOf } from '@/lib/cards';
import { loadCheckout } from '@/lib/checkout';
import { DAY_MS, newId } from '@/lib/kernel';
import { balancesOf, usableOf } from '@/lib/ledger';
import { cancelOrder, orderView } from '@/lib/shop';
import { unseal } from '@/lib/vault';
import { abandonPurchases } from './abandon-purchases';
import { issuePurchase } from './issue-purchase';
import { placePurchase } from './place-purchase';
import { openSalesWorld, type SalesWorld, SOMEBODY } from './testing';
import { purchaseView } from './views';
import { weighPayment } from './weigh-payment';

let world: SalesWorld;

beforeEach(async () => {
  world = await openSalesWorld();
});

afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

const stateOf = async (id: string) =>
  (await world.shop.test.db.cardPurchase.findUniqueOrThrow({ where: { id } })).state;

it('cards for oneself are in the wallet with their whole value once the order is paid, and not before', async () => {
  const { db } = world.shop.test;
  const placed = await placePurchase(world.context(), await world.input());
  if (!placed.ok) throw new Error(placed.refusal.code);
  const { orderId, purchaseId } = placed.value;
  await issuePurchase(world.context(), orderId);
  expect(await stateOf(purchaseId)).toBe('open');
  expect((await walletOf({ db, now: world.context().now }, world.userId)).cards).toHaveLength(0);
  const seen = () => purchaseView(world.context(), { userId: world.userId, purchaseId });
  expect(await seen()).toMatchObject({ standing: 'open' });
  await world.pay(orderId);
  // The worker has not looked yet, and the buyer is told all the same that it is paid.
  expect(await seen()).toMatchObject({ standing: 'paid', cards: [] });
  await issuePurchase(world.context(), orderId);
  const wallet = await walletOf({ db, now: world.context().now }, world.userId);
  expect(wallet.cards.map((card) => card.usableMinor)).toEqual([50_000n, 50_000n]);
  expect(await stateOf(purchaseId)).toBe('issued');
  const order = await orderView(db, { userId: world.userId, orderId });
  expect(order?.lines).toMatchObject([{ kind: 'card', category: 'card', quantity: 2, unitMinor: 50_000n }]);
});

it('a paid purchase is issued once under ten deliveries at the same moment', async () => {
  const { db } = world.shop.test;
  const { orderId } = await world.buy({ quantity: 3 });
  await Promise.all(Array.from({ length: 10 }, () => issuePurchase(world.context(), orderId)));
  expect(await db.card.count({ where: { holderId: world.userId } })).toBe(3);
  expect(await db.outboxMessage.count({ where: { topic: 'purchase.issued' } })).toBe(1);
  expect(await db.transfer.count({ where: { code: 104 } })).toBe(3);
});

it('a failure of its issue leaves the purchase paid, and it is issued once when the message comes again', async () => {
  const { db } = world.shop.test;
  const { orderId, purchaseId } = await world.buy({ purpose: 'self' });
  const broken = { ...world.context(), keys: { ...world.context().keys, number: new Map() } };
  await expect(issuePurchase(broken, orderId)).rejects.toThrow();
  expect(await stateOf(purchaseId)).toBe('paid');
  expect(await db.card.count()).toBe(0);
  await issuePurchase(world.context(), orderId);
  await issuePurchase(world.context(), orderId);
  expect(await db.card.count()).toBe(2);
});

it('the discount of a tier is on the cards and off the price, to the fen', async () => {
  const { db } = world.shop.test;
  const { orderId } = await world.buy({ faceMinor: 12_347n, quantity: 50 });
  await issuePurchase(world.context(), orderId);
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  // 123.47 × 0.98 = 121.0006, rounded down for the buyer.
  expect(order.totalMinor).toBe(12_100n * 50n);
  const cards = await db.card.findMany({ where: { holderId: world.userId } });
  const balances = await balancesOf(db, [...cards.map((card) => card.accountId), 'house:discount:CNY']);
  expect(cards.every((card) => usableOf(must(balances.get(card.accountId))) === 12_347n)).toBe(true);
  expect(balances.get('house:discount:CNY')?.debitsPosted).toBe(247n * 50n);
  const counter = await db.merchant.findUniqueOrThrow({ where: { id: 'mer_0000000000000000000000000b' } });
  expect(usableOf(must((await balancesOf(db, [counter.accountId])).get(counter.accountId)))).toBe(0n);
});

it('no card pays for cards', async () => {
  const { db } = world.shop.test;
  await world.shop.addCard({ amountMinor: 90_000n });
  const placed = await placePurchase(world.context(), await world.input());
  if (!placed.ok) throw new Error(placed.refusal.code);
  const { now, zone } = world.context();
  const loaded = await loadCheckout({ db, now, zone }, { ...placed.value, userId: world.userId });
  expect(loaded).toMatchObject({ ok: true, value: { quote: { cardMinor: 0n, remainderMinor: 100_000n } } });
});

it('one form is one purchase, however often it is sent', async () => {
  const input = await world.input();
  const placed = await Promise.all(Array.from({ length: 5 }, () => placePurchase(world.context(), input)));
  const ids = placed.map((each) => (each.ok ? each.value.purchaseId : each.refusal.code));
  expect(new Set(ids).size).toBe(1);
  expect(await world.shop.test.db.order.count()).toBe(1);
  const other = { ...input, quantity: 3, expectedTotalMinor: 150_000n };
  expect(await placePurchase(world.context(), other)).toMatchObject({
    refusal: { code: 'idempotency_key_reused' },
  });
});

it('a form whose words were mended after going back is another purchase, with what it says now', async () => {
  const { db } = world.shop.test;
  const input = await world.input({ programmeId: 'zhenxiang', purpose: 'ship', identity: SOMEBODY });
  const to = async (recipient: string) => {
    const plan = JSON.stringify({ recipient, phone: '13800138000', address: '上海市徐汇区漕溪北路 1 号' });
    const placed = await placePurchase(world.context(), { ...input, plan, typed: plan });
    if (!placed.ok) throw new Error(placed.refusal.code);
    return placed.value.purchaseId;
  };
  const [first, again] = await Promise.all([to('王小明'), to('王小明')]);
  expect(again).toBe(first);
  const mended = await to('汪小明');
  expect(mended).not.toBe(first);
  const { sealedPlan } = await db.cardPurchase.findUniqueOrThrow({ where: { id: mended } });
  const plan = unseal(world.context().keys.seal, { owner: mended, field: 'plan' }, sealedPlan ?? '');
  expect(plan).toContain('汪小明');
  expect(JSON.stringify(await db.idempotencyKey.findMany())).not.toMatch(/小明|13800138000/);
});

it('the threshold of the day holds for two purchases at the same moment: one goes through, one needs a name', async () => {
  const inputs = await Promise.all([
    world.input({ faceMinor: 100_000n, quantity: 6 }),
    world.input({ faceMinor: 100_000n, quantity: 6 }),
  ]);
  const placed = await Promise.all(inputs.map((input) => placePurchase(world.context(), input)));
  expect(placed.filter((each) => each.ok)).toHaveLength(1);
  expect(placed.find((each) => !each.ok)).toMatchObject({
    refusal: {
      code: 'real_name_required',
      limitMinor: 1_000_000n,
      amountMinor: 1_200_000n,
      rule: { source: { articles: '15' } },
    },
  });
});

it('just below the threshold nobody is asked, at it everybody; the next day begins anew', async () => {
  const buy = async (quantity: number) =>
    placePurchase(world.context(), await world.input({ faceMinor: 99_900n, quantity }));
  expect(await buy(10)).toMatchObject({ ok: true });
  expect(await buy(1)).toMatchObject({ refusal: { code: 'real_name_required' } });
  world.shop.advance(DAY_MS);
  expect(await buy(10)).toMatchObject({ ok: true });
});

it('an order that was cancelled no longer counts, and its purchase is abandoned with its plan', async () => {
  const input = await world.input({ faceMinor: 100_000n, quantity: 9 });
  const placed = await placePurchase(world.context(), input);
  if (!placed.ok) throw new Error(placed.refusal.code);
  await cancelOrder(world.context(), { userId: world.userId, orderId: placed.value.orderId });
  const again = await placePurchase(world.context(), { ...input, idempotencyKey: newId('att') });
  expect(again.ok).toBe(true);
  await abandonPurchases(world.context());
  expect(await stateOf(placed.value.purchaseId)).toBe('abandoned');
  expect(again.ok && (await stateOf(again.value.purchaseId))).toBe('open');
  world.shop.advance(DAY_MS);
  await abandonPurchases(world.context());
  expect(again.ok && (await stateOf(again.value.purchaseId))).toBe('abandoned');
});

it('a named card needs a name, which is kept sealed and shown masked', async () => {
  const { db } = world.shop.test;
  const named = { programmeId: 'zhenxiang', purpose: 'ship', plan: '{}' } as const;
  expect(await placePurchase(world.context(), await world.input(named))).toMatchObject({
    refusal: { code: 'real_name_required' },
  });
  const placed = await placePurchase(world.context(), await world.input({ ...named, identity: SOMEBODY }));
  expect(placed.ok).toBe(true);
  const [row] = await db.buyerIdentity.findMany();
  expect(row).toMatchObject({ maskedName: '林••', maskedNumber: `110••••••${SOMEBODY.number.slice(-3)}` });
  expect(JSON.stringify(row)).not.toContain(SOMEBODY.number);
  expect(JSON.stringify(row)).not.toContain(SOMEBODY.name);
});

it('one person under two accounts is one buyer: the limit of the day counts both', async () => {
  const other = await world.shop.addShopper();
  const input = { faceMinor: 100_000n, quantity: 60, identity: SOMEBODY };
  const both = [await world.input(input), await world.input({ ...input, userId: other })];
  const placed = await Promise.all(both.map((each) => placePurchase(world.context(), each)));
  expect(placed.filter((each) => each.ok)).toHaveLength(1);
  expect(placed.find((each) => !each.ok)).toMatchObject({
    refusal: { code: 'day_limit_reached', limitMinor: 10_000_000n, boughtMinor: 6_000_000n },
  });
});

it('the policy is asked again when it is paid: a purchase of the next day counts there', async () => {
  const input = await world.input({ faceMinor: 100_000n, quantity: 6 });
  const late = await placePurchase(world.context(), input);
  if (!late.ok) throw new Error(late.refusal.code);
  const { db } = world.shop.test;
  expect(await weighPayment(world.context(), { ...late.value, userId: world.userId })).toMatchObject({
    ok: true,
  });
  await db.cardPurchase.create({
    data: {
      ...(await db.cardPurchase.findUniqueOrThrow({ where: { id: late.value.purchaseId } })),
      id: newId('pur'),
      orderId: (await world.shop.addOrder([{ amountMinor: 600_000n }])).id,
    },
  });
  expect(await weighPayment(world.context(), { ...late.value, userId: world.userId })).toMatchObject({
    refusal: { refusal: { code: 'real_name_required' } },
  });
});

it('what the counter does not sell, or at another price, is refused', async () => {
  const refusalOf = async (over: Parameters<typeof world.input>[0]) => {
    const placed = await placePurchase(world.context(), await world.input(over));
    return placed.ok ? null : placed.refusal.code;
  };
  expect(await refusalOf({ programmeId: 'zengka' })).toBe('not_on_sale');
  expect(await refusalOf({ faceMinor: 100_001n })).toBe('face_above_limit');
  expect(await refusalOf({ faceMinor: 999n })).toBe('face_not_offered');
  expect(await refusalOf({ quantity: 100 })).toBe('quantity_not_allowed');
  expect(await refusalOf({ purpose: 'ship' })).toBe('purpose_not_allowed');
  expect(await refusalOf({ expectedTotalMinor: 1n })).toBe('price_changed');
});

it('a card of somebody else is not in the wallet of the buyer', async () => {
  const { orderId } = await world.buy({ quantity: 1 });
  await issuePurchase(world.context(), orderId);
  const { db } = world.shop.test;
  const card = await db.card.findFirstOrThrow();
  const other = await world.shop.addShopper();
  expect(await cardOf(world.context(), other, card.id)).toBeNull();
  expect(await cardOf(world.context(), world.userId, card.id)).toMatchObject({ balanceMinor: 50_000n });
});

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is one');
  return value;
}
