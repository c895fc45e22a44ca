import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interrupted } from '@/lib/database/testing/interrupted';
import type { Gateway, RefundOutcome } from '@/lib/gateways';
import { invariant, plusMs, SECOND_MS } from '@/lib/kernel';
import { balancesOf } from '@/lib/ledger';
import {
  type CheckoutContext,
  checkPayment,
  checkRefund,
  findPayment,
  findRefund,
  payOrder,
  refundPayment,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, payInput } from './testing/payments';

/** What each answer of a gateway does to a refund of a payment whose two lines of 60.00 Alipay alone paid. */
let world: CheckoutWorld;
let order: { id: string; lineIds: string[] };
let paymentId: string;
let tenderId: string;

beforeEach(async () => {
  world = await openCheckoutWorld();
  ({ order, paymentId, tenderId } = await paidOrder());
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

async function paidOrder() {
  const made = await world.addOrder([{ amountMinor: 6_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const result = await payOrder(world.context(), payInput(world, made.id, { card: 0n, external: 12_000n }));
  invariant(result.ok && result.value.status === 'proceed', 'at the cashier');
  await world.sandbox.confirm(await world.sandbox.visit(result.value.next));
  const { id, tenders } = result.value.payment;
  expect((await checkPayment(world.context(), id))?.state).toBe('PAID');
  return { order: made, paymentId: id, tenderId: tenders[0]?.id ?? '' };
}

const done = (amountMinor: bigint): RefundOutcome => ({ status: 'succeeded', amountMinor, refundedAt: null });
const waiting: RefundOutcome = { status: 'pending' };
const lost: RefundOutcome = { status: 'unknown', reason: 'timeout', detail: '' };
const unheardOf: RefundOutcome = { status: 'not_found' };
const refused = (reason: 'balance' | 'not_refundable'): RefundOutcome => ({
  status: 'failed',
  reason,
  detail: '',
});

/** A gateway that gives these answers and writes down what it is asked. */
function answering(answers: { refund?: RefundOutcome; query?: RefundOutcome }) {
  const real = world.context().gateway('alipay');
  invariant(real, 'the sandbox is configured');
  const asked: unknown[] = [];
  const answer = (how: 'refund' | 'query') => async (request: unknown) => {
    asked.push([how, request]);
    const outcome = answers[how];
    invariant(outcome, `nobody expected to be asked for ${how}`);
    return outcome;
  };
  const gateway: Gateway = { ...real, refund: answer('refund'), queryRefund: answer('query') };
  return { asked, context: (): CheckoutContext => ({ ...world.context(), gateway: () => gateway }) };
}

/** Of the two lines so much; the gateway answers the first time as said. */
async function refund(amounts: readonly bigint[], first: RefundOutcome, reason: string | null = '坏了') {
  const { asked, context } = answering({ refund: first });
  const lines = amounts.flatMap((amountMinor, index) =>
    amountMinor > 0n ? [{ lineId: order.lineIds[index] ?? '', amountMinor }] : [],
  );
  const keys = { actorId: null, idempotencyKey: crypto.randomUUID() };
  const result = await refundPayment(context(), { paymentId, lines, reason, ...keys });
  invariant(result.ok, 'it can be refunded');
  return { refund: result.value, asked };
}
const check = (id: string, answers: Parameters<typeof answering>[0]) =>
  checkRefund(answering(answers).context(), id);

async function payment() {
  const found = await findPayment(world.test.db, paymentId);
  const { state } = await world.test.db.order.findUniqueOrThrow({ where: { id: order.id } });
  const lines = found?.tenders[0]?.lines.map(({ refundedMinor }) => refundedMinor);
  return [found?.state, state, found?.refundedMinor, found?.tenders[0]?.state, lines?.sort()];
}
/** What each merchant has, and what is kept aside for the gateway. */
async function merchants() {
  const balances = await balancesOf(world.test.db, ['merchant:self', 'merchant:pop']);
  return ['merchant:self', 'merchant:pop'].map((id) => {
    const balance = balances.get(id);
    return balance && [balance.creditsPosted - balance.debitsPosted, balance.debitsPending];
  });
}
const messages = async () =>
  (await world.test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } })).slice(2).map(({ topic }) => topic);

describe("the gateway's part of a refund", () => {
  it('is asked for by its own number, with its reason, and asked after before it is asked for again', async () => {
    const { refund: open, asked } = await refund([1_000n, 500n], waiting);
    const request = {
      paymentNo: tenderId,
      refundNo: open.parts[0]?.id,
      amountMinor: 1_500n,
      reason: '坏了',
      now: world.context().now,
    };
    expect(asked).toEqual([['refund', request]]);
    const again = answering({ query: unheardOf, refund: waiting });
    await checkRefund(again.context(), open.id);
    expect(again.asked).toEqual([
      ['query', request],
      ['refund', request],
    ]);
    const known = answering({ query: waiting });
    expect(await checkRefund(known.context(), open.id)).toMatchObject({ state: 'PENDING', checks: 3 });
    expect(known.asked).toEqual([['query', request]]);
    expect(await merchants()).toEqual([
      [6_000n, 1_000n],
      [6_000n, 500n],
    ]);
  });

  it('without a reason has one for the gateway', async () => {
    const { asked } = await refund([1_000n], waiting, null);
    expect(asked).toMatchObject([['refund', { reason: 'refund' }]]);
  });

  it('stays open while nothing is proven: nothing known, no funds there, or another amount', async () => {
    const { refund: open } = await refund([1_000n], lost);
    expect(open).toMatchObject({ state: 'PENDING', checks: 1 });
    let checks = 1;
    for (const query of [waiting, lost, refused('balance'), done(999n), done(1_001n)]) {
      checks += 1;
      expect(await check(open.id, { query })).toMatchObject({ state: 'PENDING', checks });
    }
    const unconfigured = { ...world.context(), gateway: () => null };
    expect(await checkRefund(unconfigured, open.id)).toMatchObject({ state: 'PENDING', checks: 7 });
    const { checkAt } = await world.test.db.refund.findUniqueOrThrow({ where: { id: open.id } });
    expect(checkAt).toEqual(plusMs(world.context().now, 20 * SECOND_MS));
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      1_000n,
      'REFUNDING',
      [0n, 1_000n],
    ]);
  });

  it('that is done is booked, merchant by merchant, and over', async () => {
    const { refund: over } = await refund([1_000n, 500n], done(1_500n));
    expect(over).toMatchObject({ state: 'SUCCEEDED', parts: [{ state: 'SUCCEEDED' }] });
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      1_500n,
      'CAPTURED',
      [1_000n, 500n],
    ]);
    expect(await merchants()).toEqual([
      [5_000n, 0n],
      [5_500n, 0n],
    ]);
    const { settledAt, checkAt } = await world.test.db.refund.findUniqueOrThrow({ where: { id: over.id } });
    expect([settledAt, checkAt]).toEqual([world.context().now, null]);
    expect(await messages()).toEqual(['refund.started', 'refund.succeeded']);
    expect(await check(over.id, {})).toEqual(over);
  });

  it('of everything leaves the tender refunded', async () => {
    await refund([6_000n, 6_000n], done(12_000n));
    expect(await payment()).toEqual(['REFUNDED', 'refunded', 12_000n, 'REFUNDED', [6_000n, 6_000n]]);
  });

  it('that is refused for good goes back to the merchants, and the counters to what they were', async () => {
    await refund([1_000n], done(1_000n));
    const { refund: failed } = await refund([2_000n, 500n], refused('not_refundable'));
    expect(failed).toMatchObject({ state: 'FAILED', parts: [{ state: 'FAILED' }] });
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      1_000n,
      'CAPTURED',
      [0n, 1_000n],
    ]);
    expect(await merchants()).toEqual([
      [5_000n, 0n],
      [6_000n, 0n],
    ]);
    expect((await messages()).slice(2)).toEqual(['refund.started', 'refund.failed']);
    const [event] = await world.test.db.paymentEvent.findMany({
      where: { paymentId },
      orderBy: { id: 'desc' },
    });
    expect(event).toMatchObject({ event: 'refund_failed_in_part', detail: failed.id });
  });

  it('of nothing but itself leaves the order paid when it is refused', async () => {
    await refund([6_000n, 6_000n], refused('not_refundable'));
    expect(await payment()).toEqual(['PAID', 'paid', 0n, 'CAPTURED', [0n, 0n]]);
    expect(await merchants()).toEqual([
      [6_000n, 0n],
      [6_000n, 0n],
    ]);
  });
});

describe('two refunds that are open at once', () => {
  it('leave the tender open until both have ended, whichever way', async () => {
    const { refund: one } = await refund([1_000n], waiting);
    const { refund: other } = await refund([0n, 500n], waiting);
    await check(one.id, { query: done(1_000n) });
    expect((await payment()).slice(2, 4)).toEqual([1_500n, 'REFUNDING']);
    await check(other.id, { query: refused('not_refundable') });
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      1_000n,
      'CAPTURED',
      [0n, 1_000n],
    ]);
  });

  it('the first of which fails leave it open for the other', async () => {
    const { refund: one } = await refund([1_000n], waiting);
    const { refund: other } = await refund([0n, 500n], waiting);
    await check(one.id, { query: refused('not_refundable') });
    expect((await payment()).slice(2)).toEqual([500n, 'REFUNDING', [0n, 500n]]);
    await check(other.id, { query: done(500n) });
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      500n,
      'CAPTURED',
      [0n, 500n],
    ]);
  });

  it('and end between what the other reads and writes are both booked', async () => {
    const { refund: one } = await refund([1_000n], waiting);
    const { refund: other } = await refund([0n, 500n], waiting);
    const db = await interrupted(world.test, () => check(other.id, { query: refused('not_refundable') }));
    const ended = await checkRefund({ ...answering({ query: done(1_000n) }).context(), db }, one.id);
    await db.$disconnect();
    expect(ended?.state).toBe('SUCCEEDED');
    expect((await findRefund(world.test.db, other.id))?.state).toBe('FAILED');
    expect(await payment()).toEqual([
      'PARTIALLY_REFUNDED',
      'partially_refunded',
      1_000n,
      'CAPTURED',
      [0n, 1_000n],
    ]);
  });
});

it.each([
  ['succeeded', done(1_000n), 'SUCCEEDED'],
  ['failed', refused('not_refundable'), 'FAILED'],
] as const)('an answer that two hear at the same moment is booked once: %s', async (name, query, state) => {
  const { refund: open } = await refund([1_000n], waiting);
  const db = await interrupted(world.test, () => check(open.id, { query }));
  const ended = await checkRefund({ ...answering({ query }).context(), db }, open.id);
  await db.$disconnect();
  expect(ended).toMatchObject({ state, checks: 1 });
  const topic = `refund.${name}`;
  const told = await world.test.db.outboxMessage.findMany({ where: { topic } });
  const payload = JSON.stringify({ refundId: open.id, paymentId, userId: world.userId });
  expect(told).toMatchObject([{ payload }]);
});

it('what is done to a refund leaves the payment and the refunds of another order alone', async () => {
  const mine = { order, paymentId, tenderId };
  ({ order, paymentId, tenderId } = await paidOrder());
  const { refund: others } = await refund([1_000n, 500n], waiting);
  const before = [await payment(), await findRefund(world.test.db, others.id)];
  const theirs = { order, paymentId, tenderId };
  ({ order, paymentId, tenderId } = mine);
  const { refund: one } = await refund([1_000n, 500n], lost);
  await check(one.id, { query: done(1_500n) });
  await refund([2_000n], refused('not_refundable'));
  expect((await payment()).slice(0, 3)).toEqual(['PARTIALLY_REFUNDED', 'partially_refunded', 1_500n]);
  ({ order, paymentId, tenderId } = theirs);
  expect([await payment(), await findRefund(world.test.db, others.id)]).toEqual(before);
});

describe('asking for a refund again', () => {
  const again = (lines: readonly { lineId: string; amountMinor: bigint }[], context: CheckoutContext) =>
    refundPayment(context, { paymentId, lines, reason: null, actorId: null, idempotencyKey: 'one' });

  it('with the same lines in another order is the same refund', async () => {
    const [cup = '', lamp = ''] = order.lineIds;
    const lines = [
      { lineId: cup, amountMinor: 100n },
      { lineId: lamp, amountMinor: 200n },
    ];
    const first = await again(lines, answering({ refund: waiting }).context());
    const second = await again([...lines].reverse(), answering({ query: done(300n) }).context());
    expect(second).toMatchObject({ ok: true, value: { id: first.ok && first.value.id, state: 'SUCCEEDED' } });
    const other = await again(
      [{ lineId: cup, amountMinor: 200n }, ...lines.slice(1)],
      answering({}).context(),
    );
    expect(other).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } });
  });

  it('of a refund that does not exist finds none', async () => {
    expect(await checkRefund(world.context(), 'rfd_none')).toBeNull();
  });
});
