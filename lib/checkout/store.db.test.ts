import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import { findPayment, findPaymentOfOrder, findRefund } from './index';
import { claimPayment, claimRefund, duePayments, dueRefunds, findPaymentOfTender } from './store';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

/** What the database holds is read as promised, in whatever order it was written. Each test has an order of its own. */
let world: CheckoutWorld;
let now: Date;

beforeAll(async () => {
  world = await openCheckoutWorld();
  now = world.context().now;
});
afterAll(() => world.close());

let payments = 0;

/** A row of a payment of 1.00 by cards, as no payment of ours has to be. */
async function addPayment(over: { orderId?: string; createdAt?: Date } & Record<string, unknown> = {}) {
  payments += 1;
  const id = `pay_${payments}`;
  const orderId = over.orderId ?? (await world.addOrder([{ amountMinor: 100n }])).id;
  const amounts = { currency: 'CNY', amountMinor: 100n, cardMinor: 100n, externalMinor: 0n };
  const row = { id, userId: world.userId, state: 'CANCELLED', ...amounts, createdAt: now, ...over };
  await world.test.db.payment.create({ data: { ...row, orderId } });
  return id;
}

async function addTender(paymentId: string, over: { id: string } & Record<string, unknown>) {
  const tender = { paymentId, kind: 'external', gateway: 'alipay', position: 0, amountMinor: 100n };
  await world.test.db.tender.create({ data: { ...tender, state: 'CREATED', ...over } });
}

describe('a payment', () => {
  it('has its tenders in the order in which they pay', async () => {
    const id = await addPayment();
    for (const position of [2, 0, 1]) await addTender(id, { id: `tnd_${position}`, position });
    const payment = await findPayment(world.test.db, id);
    expect(payment?.tenders.map((tender) => tender.id)).toEqual(['tnd_0', 'tnd_1', 'tnd_2']);
  });

  it('is found by each of its tenders, and by no other number', async () => {
    const id = await addPayment();
    await addTender(id, { id: 'tnd_found' });
    expect((await findPaymentOfTender(world.test.db, 'tnd_found'))?.id).toBe(id);
    expect(await findPaymentOfTender(world.test.db, 'tnd_none')).toBeNull();
  });

  it.each(['pay_none', 'pay\0', '\udc75'])('%j is none', async (id) => {
    expect(await findPayment(world.test.db, id)).toBeNull();
  });

  it('may be in any currency of the shop', async () => {
    const id = await addPayment({ currency: 'USD' });
    expect((await findPayment(world.test.db, id))?.currency).toBe('USD');
  });

  it('with a word that the program does not know is read by nobody', async () => {
    await expect(findPayment(world.test.db, await addPayment({ currency: 'EUR' }))).rejects.toThrow(
      'currency EUR',
    );
    await expect(findPayment(world.test.db, await addPayment({ gateway: 'cash' }))).rejects.toThrow(
      'gateway cash',
    );
    const id = await addPayment();
    await addTender(id, { id: 'tnd_cash', gateway: 'cash' });
    await expect(findPayment(world.test.db, id)).rejects.toThrow('gateway cash');
  });
});

it('a refund that nobody knows is none', async () => {
  expect(await findRefund(world.test.db, 'rfd_none')).toBeNull();
});

describe('the payment of an order', () => {
  it('is the one that is alive, even if a clock that was behind dated a dead one later', async () => {
    const { id: orderId } = await world.addOrder([{ amountMinor: 100n }]);
    const alive = await addPayment({ orderId, state: 'PAID', createdAt: plusMs(now, -MINUTE_MS) });
    await addPayment({ orderId });
    expect((await findPaymentOfOrder(world.test.db, orderId))?.id).toBe(alive);
  });

  it('is the latest when none is alive', async () => {
    const { id: orderId } = await world.addOrder([{ amountMinor: 100n }]);
    await addPayment({ orderId, createdAt: plusMs(now, -1) });
    const latest = await addPayment({ orderId });
    await addPayment({ orderId, createdAt: plusMs(now, -2) });
    expect((await findPaymentOfOrder(world.test.db, orderId))?.id).toBe(latest);
  });
});

const inMinutes = (minutes: number) => plusMs(now, minutes * MINUTE_MS);

/** When each was to be looked at next, in the order of writing; `farAhead` is what only a wrong clock can have set. */
const times = () => ({
  later: inMinutes(2),
  due: now,
  never: null,
  farAhead: plusMs(now, 10 * MINUTE_MS + 1),
  overdue: inMinutes(-2),
  last: inMinutes(10),
});

async function addPaymentsToCheck() {
  for (const [id, checkAt] of Object.entries(times())) await addPayment({ id: `pay_${id}`, checkAt });
}

async function addRefundsToCheck() {
  const paymentId = await addPayment();
  for (const [id, checkAt] of Object.entries(times())) {
    const refund = { paymentId, state: 'PENDING', amountMinor: 1n, policy: 'CARD_FIRST', createdAt: now };
    await world.test.db.refund.create({ data: { ...refund, id: `rfd_${id}`, checkAt } });
  }
}

describe.each([
  { what: 'payments', prefix: 'pay', add: addPaymentsToCheck, due: duePayments, claim: claimPayment },
  { what: 'refunds', prefix: 'rfd', add: addRefundsToCheck, due: dueRefunds, claim: claimRefund },
])('the $what to look at', ({ prefix, add, due, claim }) => {
  const dueNow = async (take = 10) => (await due(world.test.db, now, take)).map(({ id }) => id);

  beforeAll(add);

  it('are those whose time has come, and those that only a wrong clock can have put off, the oldest first', async () => {
    expect(await dueNow()).toEqual([`${prefix}_overdue`, `${prefix}_due`, `${prefix}_farAhead`]);
    expect(await dueNow(2)).toEqual([`${prefix}_overdue`, `${prefix}_due`]);
  });

  it('are each claimed by one worker, and then not to be looked at before the time that it set', async () => {
    const [first, second] = await due(world.test.db, now, 2);
    if (!first || !second) throw new Error('two are due');
    const claims = [1, 2, 3].map(() => claim(world.test.db, first, inMinutes(1)));
    expect((await Promise.all(claims)).filter((won) => won)).toHaveLength(1);
    expect(await dueNow()).toEqual([second.id, `${prefix}_farAhead`]);
  });
});
