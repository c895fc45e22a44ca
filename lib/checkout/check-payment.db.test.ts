import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interrupted } from '@/lib/database/testing/interrupted';
import type { Gateway, PaymentOutcome, RefundOutcome } from '@/lib/gateways';
import { invariant, plusMs, SECOND_MS } from '@/lib/kernel';
import { balancesOf, houseAccount } from '@/lib/ledger';
import { applyOutcome } from './check-payment';
import { type CheckoutContext, cancelPayment, checkPayment, findPayment, payOrder } from './index';
import type { Payment } from './model';
import { settlePayment } from './settle-payment';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput, usable } from './testing/payments';

/** What each answer of a gateway does to a payment of which 100.00 are held on a card and 50.00 are open at Alipay. */
let world: CheckoutWorld;
let card: { accountId: string };
let payment: Payment;
let tenderId: string;

beforeEach(async () => {
  world = await openCheckoutWorld();
  card = await world.addCard({ amountMinor: 10_000n });
  payment = await pay();
  tenderId = payment.tenders.at(-1)?.id ?? '';
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

async function pay(): Promise<Payment> {
  const order = await world.addOrder([{ amountMinor: 15_000n }]);
  const result = await payOrder(
    world.context(),
    payInput(world, order.id, { card: 10_000n, external: 5_000n }),
  );
  invariant(result.ok, 'the order is payable');
  return result.value.payment;
}

const paid = (amountMinor = 5_000n): PaymentOutcome => ({
  status: 'succeeded',
  gatewayTradeNo: 'trade-1',
  amountMinor,
  paidAt: null,
  refundable: true,
});
const dead: PaymentOutcome = { status: 'failed', reason: 'closed' };
const waiting: PaymentOutcome = { status: 'pending', stage: 'awaiting_payer' };
const lost: PaymentOutcome = { status: 'unknown', reason: 'timeout', detail: '' };

/** A gateway that gives these answers and counts what it is asked. */
function answering(answers: { query?: PaymentOutcome; close?: PaymentOutcome; refund?: RefundOutcome }) {
  const real = world.context().gateway('alipay');
  invariant(real, 'the sandbox is configured');
  const asked: unknown[] = [];
  const answer =
    <T>(how: string, outcome: T | undefined) =>
    async (request: unknown): Promise<T> => {
      asked.push([how, request]);
      invariant(outcome, `nobody expected to be asked for ${how}`);
      return outcome;
    };
  const gateway: Gateway = {
    ...real,
    query: answer('query', answers.query),
    close: answer('close', answers.close),
    refund: answer('refund', answers.refund),
  };
  return { asked, context: (): CheckoutContext => ({ ...world.context(), gateway: () => gateway }) };
}

const check = (answers: Parameters<typeof answering>[0]) =>
  checkPayment(answering(answers).context(), payment.id);
const onCard = () => usable(world, card.accountId);
const story = async () =>
  (await world.test.db.paymentEvent.findMany({ where: { paymentId: payment.id }, orderBy: { id: 'asc' } }))
    .slice(3)
    .map(({ event, detail }) => (detail === null ? event : `${event} ${detail}`));
const messages = async () =>
  (await world.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } })).map(({ topic }) => topic);
const orderState = async () =>
  (await world.test.db.order.findUniqueOrThrow({ where: { id: payment.orderId } })).state;
const checkIn = (seconds: number) => plusMs(world.context().now, seconds * SECOND_MS);

describe('while the other part is open', () => {
  it('the gateway is asked about this tender; what is not proven changes only the time of the next question', async () => {
    const { asked, context } = answering({ query: waiting });
    expect(await checkPayment(context(), payment.id)).toEqual({ ...payment, checks: 1, checkAt: checkIn(4) });
    const { expiresAt } = payment;
    const request = { paymentNo: tenderId, amountMinor: 5_000n, expiresAt, now: world.context().now };
    expect(asked).toEqual([['query', request]]);
    expect(await check({ query: waiting })).toMatchObject({ checks: 2, checkAt: checkIn(8) });
    expect(await story()).toEqual([]);
  });

  it('a lost answer is remembered until there is another', async () => {
    const external = (of: Payment | null) => of?.tenders.map(({ state }) => state);
    expect(external(await check({ query: lost }))).toEqual(['AUTHORIZED', 'UNKNOWN']);
    expect(external(await check({ query: lost }))).toEqual(['AUTHORIZED', 'UNKNOWN']);
    expect(external(await check({ query: waiting }))).toEqual(['AUTHORIZED', 'PENDING']);
    const unconfigured = { ...world.context(), gateway: () => null };
    expect(external(await checkPayment(unconfigured, payment.id))).toEqual(['AUTHORIZED', 'UNKNOWN']);
  });

  it('another amount than was asked for settles nothing', async () => {
    for (const amountMinor of [4_999n, 5_001n]) {
      const checked = await check({ query: paid(amountMinor) });
      expect(checked).toMatchObject({ state: 'EXTERNAL_PENDING' });
      expect(checked?.tenders.at(-1)?.state).toBe('UNKNOWN');
    }
    expect(await onCard()).toBe(0n);
  });

  it('the time for it ends on the instant, and then the gateway is asked to close it', async () => {
    invariant(payment.expiresAt, 'it ends');
    world.advance(payment.expiresAt.getTime() - world.context().now.getTime() - 1);
    expect(await check({ query: waiting })).toMatchObject({ state: 'EXTERNAL_PENDING' });
    world.advance(1);
    expect(await check({ close: lost })).toMatchObject({
      state: 'CANCELLING',
      checks: 1,
      checkAt: checkIn(4),
    });
    expect(await onCard()).toBe(0n);
    expect(await check({ close: dead })).toMatchObject({ state: 'CANCELLED', checkAt: null });
    expect(await onCard()).toBe(10_000n);
    expect(await story()).toEqual(['cancel_requested', 'released']);
    expect(await messages()).toEqual(['payment.reserved', 'payment.cancelled']);
    expect(await orderState()).toBe('open');
  });

  it('what the gateway proves dead is released at once', async () => {
    const released = await check({ query: dead });
    expect(released).toMatchObject({ state: 'CANCELLED', checkAt: null, checks: 0 });
    expect(released?.tenders.map(({ state }) => state)).toEqual(['VOIDED', 'CLOSED']);
    expect(await story()).toEqual(['external_failed', 'released']);
    expect(await orderState()).toBe('open');
  });

  it('what the gateway proves paid is settled, once', async () => {
    const settled = await check({ query: paid() });
    expect(settled).toMatchObject({ state: 'PAID', checkAt: null });
    expect(settled?.tenders).toMatchObject([
      { state: 'CAPTURED', gatewayReference: null },
      { state: 'CAPTURED', gatewayReference: 'trade-1' },
    ]);
    for (const outcome of [paid(), dead, waiting, lost])
      expect(await applyOutcome(world.context(), settled ?? payment, outcome)).toEqual(settled);
    expect(await check({})).toEqual(settled);
    expect(await story()).toEqual(['settled']);
    expect(await messages()).toEqual(['payment.reserved', 'payment.paid']);
    expect(await orderState()).toBe('paid');
  });

  it('a payment that does not exist is none', async () => {
    expect(await checkPayment(world.context(), 'pay_none')).toBeNull();
  });
});

describe('giving up', () => {
  it('asks the gateway to close it, and leaves anything but an open payment as it is', async () => {
    const { asked, context } = answering({ close: dead });
    const cancelled = await cancelPayment(context(), payment);
    expect(cancelled.state).toBe('CANCELLED');
    expect(await cancelPayment(context(), cancelled)).toBe(cancelled);
    expect(asked).toHaveLength(1);
  });

  it('meets a settlement that came first, and says so', async () => {
    await check({ query: paid() });
    expect(await cancelPayment(answering({}).context(), payment)).toMatchObject({ state: 'PAID' });
    expect(await story()).toEqual(['settled']);
  });

  it('of what was given up already asks only once more', async () => {
    await cancelPayment(answering({ close: lost }).context(), payment);
    const { asked, context } = answering({ close: waiting });
    expect(await cancelPayment(context(), payment)).toMatchObject({ state: 'CANCELLING' });
    expect(asked).toHaveLength(1);
    expect(await story()).toEqual(['cancel_requested']);
  });
});

describe('between what is read and what is written', () => {
  async function meanwhile<T>(
    happens: () => Promise<unknown>,
    does: (db: CheckoutContext['db']) => Promise<T>,
  ) {
    const db = await interrupted(world.test, happens);
    const result = await does(db);
    await db.$disconnect();
    return result;
  }

  it('somebody gives up: what was paid is settled all the same', async () => {
    const settled = await meanwhile(
      () => cancelPayment(answering({ close: lost }).context(), payment),
      (db) => checkPayment({ ...answering({ query: paid() }).context(), db }, payment.id),
    );
    expect(settled?.state).toBe('PAID');
    expect(await story()).toEqual(['cancel_requested', 'settled']);
  });

  it('the holds are released: what was paid is late, and goes back', async () => {
    const late = await meanwhile(
      () => cancelPayment(answering({ close: dead }).context(), payment),
      (db) => checkPayment({ ...answering({ query: paid() }).context(), db }, payment.id),
    );
    expect(late?.state).toBe('LATE_PAID');
    expect(await onCard()).toBe(10_000n);
  });

  it('it is settled by somebody else: settling again changes nothing', async () => {
    await check({ query: paid() });
    expect(await settlePayment(world.context(), payment, 'trade-1')).toMatchObject({ state: 'PAID' });
    expect(await story()).toEqual(['settled']);
  });
});

describe('money that comes when all is released', () => {
  const suspense = async () => {
    const { id } = houseAccount('suspense', 'CNY');
    const balance = (await balancesOf(world.test.db, [id])).get(id);
    return [balance?.creditsPosted, balance?.debitsPosted];
  };
  beforeEach(async () => {
    await check({ query: dead });
  });

  it('is looked for only when somebody looks; nothing found changes nothing', async () => {
    const before = await findPayment(world.test.db, payment.id);
    for (const query of [dead, waiting, lost, paid(4_999n)]) expect(await check({ query })).toEqual(before);
  });

  it('is booked apart, and sent back until the gateway says that it did', async () => {
    const late = await check({ query: paid() });
    expect(late).toMatchObject({ state: 'LATE_PAID', checks: 0, checkAt: world.context().now });
    expect(late?.tenders.at(-1)).toMatchObject({ state: 'REFUNDING', gatewayReference: 'trade-1' });
    expect(await suspense()).toEqual([5_000n, 0n]);
    const { asked, context } = answering({ refund: { status: 'pending' } });
    expect(await checkPayment(context(), payment.id)).toMatchObject({
      state: 'LATE_PAID',
      checks: 1,
      checkAt: checkIn(4),
    });
    const request = { paymentNo: tenderId, refundNo: `${tenderId}_late`, amountMinor: 5_000n };
    expect(asked).toMatchObject([['refund', request]]);
    const unconfigured = { ...world.context(), gateway: () => null };
    expect(await checkPayment(unconfigured, payment.id)).toMatchObject({ state: 'LATE_PAID', checks: 2 });
    expect(await suspense()).toEqual([5_000n, 0n]);
    const refund = { status: 'succeeded', amountMinor: 5_000n, refundedAt: null } as const;
    const returned = await check({ refund });
    expect(returned).toMatchObject({ state: 'EXTERNAL_REFUNDED', checkAt: null });
    expect(returned?.tenders.map(({ state }) => state)).toEqual(['VOIDED', 'REFUNDED']);
    expect(await suspense()).toEqual([5_000n, 5_000n]);
    expect((await story()).slice(2)).toEqual(['late_money trade-1', 'late_money_returned']);
    expect(await check({})).toEqual(returned);
  });
});
