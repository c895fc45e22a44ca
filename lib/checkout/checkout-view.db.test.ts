import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setDayLimit } from '@/lib/cards';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import { cancelPayment, checkoutView, findPayment, payOrder, receiptOf } from './index';
import type { CheckoutContext } from './model';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { payInput } from './testing/payments';

/** What the page says about each card before paying, and the receipt afterwards. Only the cards of one test are there. */
let world: CheckoutWorld;

beforeAll(async () => {
  world = await openCheckoutWorld();
  const everything = await world.test.db.programme.findUniqueOrThrow({ where: { id: 'everything' } });
  const spendingRule = JSON.stringify({ products: { allow: ['fresh'] }, merchants: { allow: ['self'] } });
  const texts = { nameZh: '生鲜卡', nameEn: 'Fresh', colourFrom: '#112233', colourTo: '#445566' };
  await world.test.db.programme.create({
    data: { ...everything, ...texts, id: 'fresh-only', prefix: '6298', spendingRule },
  });
});
beforeEach(() => world.test.db.card.updateMany({ data: { holderId: null, boundAt: null } }));
afterAll(() => world.close());

const expiresAt = new Date('2099-01-01T00:00:00.000Z');

async function addFreshCard(amountMinor: bigint) {
  const card = await world.addCard({ amountMinor, expiresAt });
  await world.test.db.card.update({ where: { id: card.id }, data: { programmeId: 'fresh-only' } });
  return card;
}

const freeze = (id: string) => world.test.db.card.update({ where: { id }, data: { state: 'frozen' } });

/** An order of goods for 60.00 and fresh food for 30.00. */
const addOrder = () => world.addOrder([{ amountMinor: 6_000n }, { amountMinor: 3_000n, kind: 'fresh' }]);

async function shown(orderId: string, over: Partial<CheckoutContext> = {}) {
  const view = await checkoutView({ ...world.context(), ...over }, { orderId, userId: world.userId });
  if (!view.ok) throw new Error(view.refusal.code);
  return view.value;
}

const labelOf = (id: string) => ({
  id,
  lastFour: id.slice(-4),
  nameZh: '生鲜卡',
  nameEn: 'Fresh',
  colours: { from: '#112233', to: '#445566' },
});

describe('before paying', () => {
  it('each card says the most it could pay: what is on it, what it may pay for, what its day leaves, or nothing', async () => {
    const payable = async () => (await shown((await addOrder()).id)).cards[0]?.payableMinor;
    const { id } = await world.addCard({ amountMinor: 10_000n });
    expect(await payable()).toBe(9_000n);
    await setDayLimit(world.context(), {
      cardId: id,
      userId: world.userId,
      limitMinor: 2_000n,
      proven: false,
    });
    expect(await payable()).toBe(2_000n);
    await freeze(id);
    expect(await payable()).toBe(0n);
    await world.test.db.card.updateMany({ data: { holderId: null, boundAt: null } });
    await world.addCard({ amountMinor: 500n });
    expect(await payable()).toBe(500n);
    await world.test.db.card.updateMany({ data: { holderId: null, boundAt: null } });
    await addFreshCard(10_000n);
    expect(await payable()).toBe(3_000n);
  });

  it('each card is named, with its end and what will be left on it', async () => {
    const { id } = await addFreshCard(10_000n);
    const [card] = (await shown((await addOrder()).id)).cards;
    expect(card).toMatchObject({ ...labelOf(id), expiresAt, availableMinor: 10_000n, leftMinor: 7_000n });
  });

  it('a line names the cards that may not pay it and why, but not cards that could pay nothing at all', async () => {
    const able = await addFreshCard(1_000n);
    const other = await addFreshCard(500n);
    const empty = await addFreshCard(0n);
    const frozen = await addFreshCard(1_000n);
    await freeze(frozen.id);
    const { cards, lines } = await shown((await addOrder()).id);
    expect(new Set(cards.map(({ id }) => id))).toEqual(
      new Set([able, other, empty, frozen].map(({ id }) => id)),
    );
    const [goods, fresh] = lines;
    const reason = { code: 'product_not_included', kind: 'goods' };
    expect(new Set(goods?.ineligible)).toEqual(
      new Set([able, other].map(({ id }) => ({ card: labelOf(id), reason }))),
    );
    expect(fresh?.ineligible).toEqual([]);
    expect(new Set(fresh?.paidBy.map(({ cardId, amountMinor }) => `${cardId} ${amountMinor}`))).toEqual(
      new Set([`${able.id} 1000`, `${other.id} 500`]),
    );
    expect(goods?.paidBy).toEqual([]);
  });

  it('things are counted, not lines, and each line tells its words and number', async () => {
    const { id, lineIds } = await addOrder();
    await world.test.db.orderLine.update({
      where: { id: lineIds[1] ?? '' },
      data: { quantity: 3, unitMinor: 1_000n },
    });
    const view = await shown(id);
    expect(view.itemCount).toBe(4);
    expect(view.lines[1]).toMatchObject({
      titleZh: '杯子',
      titleEn: 'Cup',
      quantity: 3,
      amountMinor: 3_000n,
    });
  });

  it('those who could collect are offered by what they take: the amount that is left, and any when cards pay all', async () => {
    const gateway = world.context().gateway('alipay');
    if (!gateway) throw new Error('the sandbox is configured');
    const taking = (minMinor: bigint, maxMinor: bigint) => {
      const capabilities = { ...gateway.capabilities, amount: { minMinor, maxMinor } };
      return { gateway: () => ({ ...gateway, capabilities }) };
    };
    const { id } = await addOrder();
    expect((await shown(id, taking(9_000n, 9_000n))).methods).toContain('alipay');
    expect((await shown(id, taking(1n, 8_999n))).methods).toEqual([]);
    await world.addCard({ amountMinor: 10_000n });
    expect((await shown(id, taking(1n, 1n))).methods).toContain('alipay');
  });
});

describe('the receipt', () => {
  async function atTheCashier() {
    const card = await addFreshCard(1_000n);
    const order = await addOrder();
    const input = payInput(world, order.id, { card: 1_000n, external: 8_000n });
    const started = await payOrder(world.context(), input);
    if (!started.ok || started.value.status !== 'proceed') throw new Error('not at the cashier');
    return { card, ...started.value };
  }
  async function receiptNow(paymentId: string, over: Partial<CheckoutContext> = {}) {
    const payment = await findPayment(world.test.db, paymentId);
    return receiptOf({ ...world.context(), ...over }, payment, world.userId);
  }

  it('names the card, its end and what can be spent from it, beside the other method', async () => {
    const { card, payment, next } = await atTheCashier();
    const tenderOf = async () => (await receiptNow(payment.id))?.tenders[0]?.card;
    expect(await tenderOf()).toEqual({ ...labelOf(card.id), expiresAt, leftMinor: 0n });
    await world.sandbox.visit(next);
    await cancelPayment(world.context(), payment);
    expect(await tenderOf()).toEqual({ ...labelOf(card.id), expiresAt, leftMinor: 1_000n });
  });

  it('lets the shopper go on to the last moment that the gateway takes, and not when it is over or out of reach', async () => {
    const { payment, next } = await atTheCashier();
    if (!payment.expiresAt) throw new Error('the gateway part ends');
    const canProceed = async (over: Partial<CheckoutContext> = {}) =>
      (await receiptNow(payment.id, over))?.canProceed;
    const lastMoment = plusMs(payment.expiresAt, -MINUTE_MS);
    expect(await canProceed({ now: lastMoment })).toBe(true);
    expect(await canProceed({ now: plusMs(lastMoment, 1) })).toBe(false);
    expect(await canProceed({ gateway: () => null })).toBe(false);
    await world.sandbox.visit(next);
    await cancelPayment(world.context(), payment);
    expect(await canProceed()).toBe(false);
  });
});
