import { afterEach, beforeEach, expect, test } from 'vitest';
import { payOrder } from '@/lib/checkout';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { HOUR_MS, MINUTE_MS, newId, plusMs } from '@/lib/kernel';
import { type Agent, viewCard, viewDesk, viewHolder, viewOrder } from './index';

let world: CheckoutWorld;
const [mei, bo]: [Agent, Agent] = [
  { id: newId('usr'), role: 'support' },
  { id: newId('usr'), role: 'supervisor' },
];

beforeEach(async () => {
  world = await openCheckoutWorld();
});
afterEach(() => world.close());

const context = () => ({ db: world.context().db, now: world.context().now });

test('the desk lists the agent’s own last looks, each thing once, the latest first', async () => {
  const card = await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 9_000n }]);
  const look = async (
    actor: Agent,
    see: typeof viewCard | typeof viewHolder | typeof viewOrder,
    id: string,
  ) => {
    expect(await see(context(), { actor, id })).not.toBeNull();
    world.advance(1_000);
  };
  await look(mei, viewCard, card.id);
  await look(mei, viewOrder, order.id);
  await look(mei, viewHolder, world.userId);
  await look(mei, viewCard, card.id);
  await look(bo, viewOrder, order.id);

  const lines = await context().db.auditEvent.count();
  const desk = await viewDesk(context(), mei);
  expect(desk?.looks.map(({ kind, id }) => [kind, id])).toEqual([
    ['card', card.id],
    ['holder', world.userId],
    ['order', order.id],
  ]);
  expect((await viewDesk(context(), bo))?.looks.map(({ id }) => id)).toEqual([order.id]);
  expect(await context().db.auditEvent.count()).toBe(lines);
});

test('what should long have ended is counted, with its order, and parked messages are', async () => {
  const { db } = context();
  await world.addCard({ amountMinor: 5_000n });
  const order = await world.addOrder([{ amountMinor: 9_000n }]);
  const paid = await payOrder(world.context(), {
    orderId: order.id,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: 5_000n, externalMinor: 4_000n },
    idempotencyKey: order.id,
    mode: 'mobile',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  expect(paid).toMatchObject({ ok: true, value: { status: 'proceed' } });
  const requests = { open: 0, overdue: 0 };
  const nothing = { stuckPayments: 0, stuckRefunds: 0, stuckOrders: [], parkedMessages: 0, requests };
  world.advance(59 * MINUTE_MS);
  expect((await viewDesk(context(), mei))?.attention).toEqual(nothing);

  world.advance(2 * MINUTE_MS);
  const { now } = context();
  const message = { topic: 'test', payload: '{}', createdAt: now, availableAt: now };
  await db.outboxMessage.create({ data: { id: newId('out'), ...message, parkedAt: plusMs(now, -HOUR_MS) } });
  expect((await viewDesk(context(), mei))?.attention).toMatchObject({
    stuckPayments: 1,
    stuckRefunds: 0,
    stuckOrders: [{ id: order.id }],
    parkedMessages: 1,
  });
});

test('to those who are no staff there is no desk', async () => {
  expect(await viewDesk(context(), { id: world.userId, role: 'shopper' })).toBeNull();
});
