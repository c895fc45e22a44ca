import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interrupted } from '@/lib/database/testing/interrupted';
import type { PaymentOutcome, RefundOutcome } from '@/lib/gateways';
import { invariant } from '@/lib/kernel';
import { balancesOf, commit, houseAccount } from '@/lib/ledger';
import { type CheckoutContext, checkPayment, findPayment, payOrder, proceed } from './index';
import { loadCheckout } from './load-checkout';
import type { Payment } from './model';
import { reservation } from './reserve-payment';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput } from './testing/payments';

/** Two payments, each of 100.00 held on a card and 50.00 open at Alipay: what happens to one leaves the other alone. */
let world: CheckoutWorld;
let one: Payment;
let other: Payment;

beforeEach(async () => {
  world = await openCheckoutWorld();
  one = await pay();
  other = await pay();
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

async function pay(): Promise<Payment> {
  await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 15_000n }]);
  const result = await payOrder(
    world.context(),
    payInput(world, order.id, { card: 10_000n, external: 5_000n }),
  );
  invariant(result.ok, 'the order is payable');
  return result.value.payment;
}

const dead: PaymentOutcome = { status: 'failed', reason: 'closed' };
const lost: PaymentOutcome = { status: 'unknown', reason: 'timeout', detail: '' };
const returned: RefundOutcome = { status: 'succeeded', amountMinor: 5_000n, refundedAt: null };
const paid = (payment: Payment): PaymentOutcome => ({
  status: 'succeeded',
  gatewayTradeNo: `trade of ${payment.id}`,
  amountMinor: 5_000n,
  paidAt: null,
  refundable: true,
});

/** Looks at a payment; the gateway answers a question for it, or a refund, as said. */
function check(payment: Payment, outcome: PaymentOutcome, refund?: RefundOutcome, db = world.test.db) {
  const real = world.context().gateway('alipay');
  invariant(real, 'the sandbox is configured');
  const gateway = {
    ...real,
    query: async () => outcome,
    refund: async () => refund ?? { status: 'pending' as const },
  };
  const context: CheckoutContext = { ...world.context(), db, gateway: () => gateway };
  return checkPayment(context, payment.id);
}
const stored = async ({ id }: Payment) => {
  const payment = await findPayment(world.test.db, id);
  const order = await world.test.db.order.findUnique({ where: { id: payment?.orderId ?? '' } });
  return { payment, order };
};
const suspense = async () => {
  const { id } = houseAccount('suspense', 'CNY');
  const balance = (await balancesOf(world.test.db, [id])).get(id);
  return [balance?.creditsPosted, balance?.debitsPosted];
};

describe('what is done to one payment', () => {
  it('while it is open leaves the other as it was', async () => {
    const before = await stored(other);
    expect(await check(one, lost)).toMatchObject({ checks: 1 });
    expect(await stored(other)).toEqual(before);
    expect(await check(one, dead)).toMatchObject({ state: 'CANCELLED' });
    expect(await stored(other)).toEqual(before);
    expect((await stored(one)).order?.state).toBe('open');
    const message = await world.test.db.outboxMessage.findFirst({ where: { topic: 'payment.cancelled' } });
    expect(JSON.parse(message?.payload ?? '')).toEqual({ paymentId: one.id, userId: world.userId });
  });

  it('when its money comes late, and goes back, leaves the other as it was', async () => {
    for (const each of [one, other]) await check(each, dead);
    const before = await stored(other);
    expect(await check(one, paid(one))).toMatchObject({ state: 'LATE_PAID' });
    expect(await stored(other)).toEqual(before);
    expect(await check(other, paid(other))).toMatchObject({ state: 'LATE_PAID' });
    expect(await suspense()).toEqual([10_000n, 0n]);
    const late = await stored(other);
    expect(await check(one, lost)).toMatchObject({ state: 'LATE_PAID', checks: 1 });
    expect(await stored(other)).toEqual(late);
    expect(await check(one, lost, returned)).toMatchObject({ state: 'EXTERNAL_REFUNDED' });
    expect(await stored(other)).toEqual(late);
    expect(await check(other, lost, returned)).toMatchObject({ state: 'EXTERNAL_REFUNDED' });
    expect(await suspense()).toEqual([10_000n, 10_000n]);
  });
});

describe('late money that two see at the same moment', () => {
  async function twice(look: (db?: CheckoutContext['db']) => Promise<Payment | null>) {
    const db = await interrupted(world.test, () => look());
    const seen = await look(db);
    await db.$disconnect();
    return seen?.state;
  }

  it('is booked once, and sent back once', async () => {
    await check(one, dead);
    expect(await twice((db) => check(one, paid(one), undefined, db))).toBe('LATE_PAID');
    expect(await suspense()).toEqual([5_000n, 0n]);
    expect(await twice((db) => check(one, lost, returned, db))).toBe('EXTERNAL_REFUNDED');
    expect(await suspense()).toEqual([5_000n, 5_000n]);
  });
});

it('the same submit, come twice in the same moment, is answered with the one payment that was made', async () => {
  await world.addCard({ amountMinor: 4_000n });
  const order = await world.addOrder([{ amountMinor: 4_000n }]);
  const input = payInput(world, order.id, { card: 4_000n, external: 0n });
  const submit = (db: CheckoutContext['db']) => payOrder({ ...world.context(), db }, input);
  const db = await interrupted(world.test, () => submit(world.test.db));
  const result = await submit(db);
  await db.$disconnect();
  invariant(result.ok, 'it is paid');
  const made = await world.test.db.payment.findMany({ where: { orderId: order.id }, select: { id: true } });
  expect(made).toEqual([{ id: result.value.payment.id }]);
});

describe('what was only held when its process died', () => {
  async function held(): Promise<Payment> {
    await world.addCard({ amountMinor: 4_000n });
    const order = await world.addOrder([{ amountMinor: 4_000n }]);
    const context = world.context();
    const checkout = await loadCheckout(context, { orderId: order.id, userId: world.userId });
    invariant(checkout.ok, 'the order can be paid');
    const idempotency = { key: 'k', fingerprint: 'f' };
    const { payment, unit } = reservation(checkout.value, { method: null, now: context.now, idempotency });
    expect(await commit(context.db, unit, context.now)).toMatchObject({ ok: true });
    return payment;
  }

  it('is settled by the worker', async () => {
    const payment = await held();
    expect(await checkPayment(world.context(), payment.id)).toMatchObject({ state: 'PAID' });
    expect((await stored(payment)).order?.state).toBe('paid');
  });

  it('is settled when the shopper goes on with it', async () => {
    const payment = await held();
    const shop = { mode: 'desktop' as const, returnUrl: () => 'http://127.0.0.1/', subject: '订单' };
    const outcome = await proceed(world.context(), payment, shop);
    expect(outcome).toMatchObject({ status: 'paid', payment: { id: payment.id, state: 'PAID' } });
    expect((await stored(payment)).order?.state).toBe('paid');
  });
});
