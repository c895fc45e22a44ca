import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { payOrder, refundPayment } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { newId } from '@/lib/kernel';
import { post } from '@/lib/ledger';
import { type Journal, newPurchase, openJournal, type Purchase } from './journal';
import { judge, type Verdict } from './judge';
import type { BookedTrade } from './sandbox-gateway';

/** Small fault-free campaigns, and in each one fault: the judge has to name it. */

const LOGIN = '+8613700000001';
const FACE_MINOR = 10_000n;

let world: CheckoutWorld;
let journal: Journal;
let purchase: Purchase;
let trades: BookedTrade[];
let card: { id: string; accountId: string };
let paymentId: string;

beforeEach(async () => {
  world = await openCheckoutWorld();
  journal = openJournal();
  await world.test.db.user.update({ where: { id: world.userId }, data: { phone: LOGIN } });
  card = await world.addCard({ amountMinor: FACE_MINOR });
  await buy();
});
afterEach(() => world.close());

/** 60.00 by card and 30.00 at the gateway; 20.00 of it back, then 50.00, of which 10.00 through the gateway. */
async function buy() {
  const order = await world.addOrder([{ amountMinor: 9_000n }]);
  const choice = [{ cardId: card.id, maxMinor: 6_000n }];
  const result = await payOrder(world.context(), {
    orderId: order.id,
    userId: world.userId,
    choice,
    method: 'alipay',
    expected: { cardMinor: 6_000n, externalMinor: 3_000n },
    idempotencyKey: 'pay',
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/result',
    subject: '订单',
  });
  if (!result.ok || result.value.status !== 'proceed') throw new Error('the payment did not begin');
  await world.sandbox.confirm(await world.sandbox.visit(result.value.next));
  await world.sandbox.deliver();
  paymentId = result.value.payment.id;
  const lineId = order.lineIds[0] ?? '';
  for (const [key, amountMinor] of [
    ['first', 2_000n],
    ['second', 5_000n],
  ] as const) {
    const asked = { paymentId, lines: [{ lineId, amountMinor }], reason: null, actorId: null };
    await refundPayment(world.context(), { ...asked, idempotencyKey: key });
  }
  const binding = { number: '', password: '', cardId: card.id, leftMinor: 0n };
  purchase = {
    ...newPurchase({ id: 'p', slug: 'p', priceMinor: 9_000n }, 1),
    orderIds: new Set([order.id]),
    paid: { key: 'pay', cards: [], cardMinor: 6_000n, externalMinor: 3_000n, accepted: true },
    refunds: [
      { key: 'first', amountMinor: 2_000n, accepted: true },
      { key: 'second', amountMinor: 5_000n, accepted: true },
    ],
    finished: true,
  };
  journal.stories.push({ login: LOGIN, bindings: [binding], purchases: [purchase] });
  const rows = await world.test.db.sandboxTrade.findMany({ include: { refunds: true } });
  trades = rows.map(({ outTradeNo, amountMinor, paidAt, refunds }) => ({
    paymentNo: outTradeNo,
    amountMinor,
    paid: paidAt !== null,
    refunds: refunds.map((each) => ({ refundNo: each.outRequestNo, amountMinor: each.amountMinor })),
  }));
  await world.test.db.outboxMessage.updateMany({ data: { deliveredAt: world.context().now } });
}

/** How many findings of each kind there are. */
async function counts(): Promise<Record<keyof Verdict, number>> {
  const { lost, doubled, unbalanced, negative, stuck } = await judge({
    db: world.test.db,
    journal,
    faceMinor: FACE_MINOR,
    trades,
  });
  return {
    lost: lost.length,
    doubled: doubled.length,
    unbalanced: unbalanced.length,
    negative: negative.length,
    stuck: stuck.length,
  };
}

const NONE = { lost: 0, doubled: 0, unbalanced: 0, negative: 0, stuck: 0 };

/** SQL past the triggers and checks, as damage in the file would come. */
function damage(sql: string): Promise<void> {
  if (world.test.engine === 'postgres') {
    return world.test.raw(
      `ALTER TABLE "Account" DROP CONSTRAINT IF EXISTS "account_not_overdrawn"; SET session_replication_role = replica; ${sql}`,
    );
  }
  return world.test.raw(`PRAGMA ignore_check_constraints = ON; ${sql}`);
}

test('a campaign without a fault has no findings', async () => {
  expect(await counts()).toEqual(NONE);
});

describe('lost', () => {
  test('an account, a card, an order that the shop had acknowledged', async () => {
    journal.stories.push({ login: '+8613700000002', bindings: [], purchases: [] });
    journal.stories[0]?.bindings.push({ number: '', password: '', cardId: newId('crd'), leftMinor: 0n });
    purchase.orderIds.clear();
    purchase.orderIds.add(newId('ord'));
    expect(await counts()).toMatchObject({ lost: 3 });
  });

  test('a payment of which the shopper was told', async () => {
    await damage(`UPDATE "Payment" SET "state" = 'CANCELLED' WHERE "id" = '${paymentId}'`);
    expect((await counts()).lost).toBeGreaterThan(0);
  });

  test('a refund that was accepted', async () => {
    purchase.refunds.push({ key: 'third', amountMinor: 100n, accepted: true });
    expect((await counts()).lost).toBeGreaterThan(0);
  });

  test('a cancellation that was acknowledged', async () => {
    purchase.cancelled = true;
    expect(await counts()).toMatchObject({ lost: 1 });
  });

  test('money that the gateway took and the shop does not know', async () => {
    trades.push({ paymentNo: newId('tnd'), amountMinor: 1n, paid: true, refunds: [] });
    expect(await counts()).toEqual({ ...NONE, lost: 1 });
  });

  test('a refund that the gateway never made', async () => {
    trades = trades.map((trade) => ({ ...trade, refunds: [] }));
    expect(await counts()).toEqual({ ...NONE, lost: 1 });
  });
});

describe('doubled', () => {
  test('one key that made two orders', async () => {
    purchase.orderIds.add((await world.addOrder([{ amountMinor: 9_000n }])).id);
    expect((await counts()).doubled).toBeGreaterThan(0);
  });

  test('an order that nobody placed', async () => {
    await world.addOrder([{ amountMinor: 9_000n }]);
    expect(await counts()).toEqual({ ...NONE, doubled: 1 });
  });

  test('a card that paid more than its shopper was told', async () => {
    const debit = { id: card.accountId, kind: 'card' as const };
    const credit = { id: 'merchant:self', kind: 'merchantPayable' as const };
    const spend = { type: 'post', movement: 'spend', debit, credit, amountMinor: 5n } as const;
    await post(world.test.db, [{ ...spend, id: 'again', reference: 'nothing' }], world.context().now);
    // The audit of payments notices it too: no tender says so.
    const { doubled, unbalanced } = await counts();
    expect(doubled).toBe(1);
    expect(unbalanced).toBeGreaterThan(0);
  });

  test('a refund that nobody asked for', async () => {
    purchase.refunds.pop();
    expect((await counts()).doubled).toBeGreaterThan(0);
  });

  test('a payment of an order that its shopper believes is not paid', async () => {
    purchase.paid = null;
    expect((await counts()).doubled).toBeGreaterThan(0);
  });

  test('a refund that the gateway made twice', async () => {
    trades = trades.map((trade) => ({
      ...trade,
      refunds: [...trade.refunds, { refundNo: newId('rft'), amountMinor: 1_000n }],
    }));
    expect(await counts()).toEqual({ ...NONE, doubled: 1 });
  });
});

describe('unbalanced', () => {
  test('a payment whose money the gateway does not have', async () => {
    trades = trades.map((trade) => ({ ...trade, paid: false }));
    expect(await counts()).toEqual({ ...NONE, unbalanced: 1 });
  });

  test('amounts that differ from the gateway', async () => {
    trades = trades.map((trade) => ({ ...trade, amountMinor: trade.amountMinor + 1n }));
    expect(await counts()).toEqual({ ...NONE, unbalanced: 1 });
  });

  test('a payment whose tenders do not add up', async () => {
    await damage(`UPDATE "Tender" SET "refundedMinor" = 1 WHERE "kind" = 'external'`);
    expect((await counts()).unbalanced).toBeGreaterThan(0);
  });

  test('a balance that its transfers do not explain', async () => {
    await damage(`UPDATE "Account" SET "creditsPosted" = "creditsPosted" + 1 WHERE "id" = 'merchant:self'`);
    expect((await counts()).unbalanced).toBeGreaterThan(0);
  });
});

test('negative: a card that is overdrawn', async () => {
  await damage(`UPDATE "Account" SET "debitsPosted" = 20000 WHERE "id" = '${card.accountId}'`);
  expect((await counts()).negative).toBeGreaterThan(0);
});

describe('stuck', () => {
  test('a hold that nobody ended', async () => {
    const debit = { id: card.accountId, kind: 'card' as const };
    const credit = { id: 'merchant:self', kind: 'merchantPayable' as const };
    const { now } = world.context();
    const hold = { type: 'hold', movement: 'spend', debit, credit, amountMinor: 5n, timeoutAt: now } as const;
    await post(world.test.db, [{ ...hold, id: 'hold', reference: 'nothing' }], now);
    expect(await counts()).toMatchObject({ stuck: 1, lost: 0, doubled: 0 });
  });

  test('a payment that came to no end', async () => {
    const order = await world.addOrder([{ amountMinor: 100n }]);
    await payOrder(world.context(), {
      orderId: order.id,
      userId: world.userId,
      choice: [],
      method: 'alipay',
      expected: { cardMinor: 0n, externalMinor: 100n },
      idempotencyKey: 'left',
      mode: 'desktop',
      returnUrl: () => 'http://127.0.0.1/result',
      subject: '订单',
    });
    journal.stories[0]?.purchases.push(newPurchase({ id: 'p', slug: 'p', priceMinor: 100n }, 1));
    expect(await counts()).toMatchObject({ stuck: 2, lost: 0, doubled: 0, unbalanced: 0 });
  });

  test('a message that nobody delivered', async () => {
    await world.test.db.outboxMessage.updateMany({
      where: { topic: 'payment.paid' },
      data: { deliveredAt: null },
    });
    expect(await counts()).toEqual({ ...NONE, stuck: 1 });
  });
});
