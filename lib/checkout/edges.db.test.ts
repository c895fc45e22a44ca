import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { invariant } from '@/lib/kernel';
import { audit, commit } from '@/lib/ledger';
import {
  auditPayments,
  type CheckoutContext,
  cancelPayment,
  checkPayment,
  findPayment,
  payOrder,
  refundPayment,
  runDueChecks,
} from './index';
import { loadCheckout } from './load-checkout';
import { aliveStates, asPaymentState, paymentStates } from './payment-states';
import { reservation } from './reserve-payment';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

let world: CheckoutWorld;

beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world.close());

interface Scene {
  readonly paymentId: string;
  readonly lineIds: readonly string[];
  readonly tenderId: string;
  readonly confirm: () => Promise<unknown>;
}

/** A payment of two lines of 100.00 each, `cardMinor` of it held on a card, the rest open at Alipay's page. */
async function begin(cardMinor: bigint): Promise<Scene> {
  await world.test.db.card.updateMany({ data: { state: 'frozen' } });
  if (cardMinor > 0n) await world.addCard({ amountMinor: cardMinor });
  const order = await world.addOrder([{ amountMinor: 10_000n }, { amountMinor: 10_000n }]);
  const result = await payOrder(world.context(), {
    orderId: order.id,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor, externalMinor: 20_000n - cardMinor },
    idempotencyKey: order.id,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  invariant(result.ok, 'the order is payable');
  const { payment } = result.value;
  const tenderId = payment.tenders.find(({ kind }) => kind === 'external')?.id ?? '';
  const scene = { paymentId: payment.id, lineIds: order.lineIds, tenderId };
  if (result.value.status !== 'proceed') return { ...scene, confirm: async () => undefined };
  await setSwitches(world.sandbox.context(), tenderId, { notify: 'never' });
  const cashier = await world.sandbox.visit(result.value.next);
  return { ...scene, confirm: () => world.sandbox.confirm(cashier) };
}

/** A payment of 200.00 that a card holds all of, with nothing to wait for. */
async function holdAll(): Promise<string> {
  const { now, db } = world.context();
  await db.card.updateMany({ data: { state: 'frozen' } });
  await world.addCard({ amountMinor: 20_000n });
  const { id: orderId } = await world.addOrder([{ amountMinor: 20_000n }]);
  const loaded = await loadCheckout(world.context(), { orderId, userId: world.userId });
  invariant(loaded.ok, 'the order is payable');
  const idempotency = { key: orderId, fingerprint: '-' };
  const { payment, unit } = reservation(loaded.value, { method: null, now, idempotency });
  expect(await commit(db, unit, now)).toMatchObject({ ok: true });
  return payment.id;
}

async function paid(cardMinor: bigint): Promise<Scene> {
  const scene = await begin(cardMinor);
  await scene.confirm();
  await checkPayment(world.context(), scene.paymentId);
  return scene;
}

function refund(scene: Scene, amounts: readonly bigint[], over: Partial<CheckoutContext> = {}) {
  return refundPayment(
    { ...world.context(), ...over },
    {
      paymentId: scene.paymentId,
      lines: amounts.flatMap((amountMinor, index) =>
        amountMinor > 0n ? [{ lineId: scene.lineIds[index] ?? '', amountMinor }] : [],
      ),
      reason: null,
      actorId: null,
      idempotencyKey: crypto.randomUUID(),
    },
  );
}

const trade = (scene: Scene, state: string) =>
  world.test.db.sandboxTrade.updateMany({ where: { outTradeNo: scene.tenderId }, data: { state } });
const current = async (scene: Scene) => {
  const payment = await findPayment(world.test.db, scene.paymentId);
  invariant(payment, 'it is stored');
  return payment;
};

/** Each walks some edges of the table; together they walk them all. */
const walks: Record<string, () => Promise<string>> = {
  'cards pay everything': async () => (await current(await begin(20_000n))).state,
  'cards hold everything, as versions did that captured in a second commit, and the worker finds it':
    async () => {
      const paymentId = await holdAll();
      world.advance(20_000);
      await runDueChecks(world.context(), () => {});
      return (await findPayment(world.test.db, paymentId))?.state ?? 'none';
    },
  'the other part arrives, and everything goes back in two steps and then the rest': async () => {
    const scene = await paid(15_000n);
    await refund(scene, [1_000n]);
    await refund(scene, [1_000n]);
    await refund(scene, [8_000n, 10_000n]);
    return (await current(scene)).state;
  },
  'everything goes back at once': async () => {
    const scene = await paid(15_000n);
    await refund(scene, [10_000n, 10_000n]);
    return (await current(scene)).state;
  },
  'given up, dead, and then money comes late and goes back': async () => {
    const scene = await begin(15_000n);
    await cancelPayment(world.context(), await current(scene));
    await trade(scene, 'WAIT_BUYER_PAY');
    await setSwitches(world.sandbox.context(), scene.tenderId, { notify: 'once' });
    await scene.confirm();
    await world.sandbox.deliver();
    world.advance(20_000);
    await runDueChecks(world.context(), () => {});
    return (await current(scene)).state;
  },
  'given up in the moment it was paid': async () => {
    const scene = await begin(15_000n);
    await scene.confirm();
    await cancelPayment(world.context(), await current(scene));
    return (await current(scene)).state;
  },
  'the gateway ends its part': async () => {
    const scene = await begin(15_000n);
    await trade(scene, 'TRADE_CLOSED');
    await checkPayment(world.context(), scene.paymentId);
    return (await current(scene)).state;
  },
  'a part that the gateway refuses to send back, and nothing else went back': async () => {
    const scene = await paid(15_000n);
    await trade(scene, 'TRADE_CLOSED');
    await refund(scene, [0n, 1_000n], { refundPolicy: 'EXTERNAL_FIRST' });
    return (await current(scene)).state;
  },
  'a part that the gateway refuses to send back, and another went back before': async () => {
    const scene = await paid(15_000n);
    await refund(scene, [1_000n]);
    await trade(scene, 'TRADE_CLOSED');
    await refund(scene, [0n, 1_000n], { refundPolicy: 'EXTERNAL_FIRST' });
    return (await current(scene)).state;
  },
  'everything, which the gateway refuses to send back': async () => {
    const scene = await paid(0n);
    await trade(scene, 'TRADE_CLOSED');
    await refund(scene, [10_000n, 10_000n]);
    return (await current(scene)).state;
  },
  'everything, of which the gateway refuses its part': async () => {
    const scene = await paid(15_000n);
    await trade(scene, 'TRADE_CLOSED');
    await refund(scene, [10_000n, 10_000n]);
    return (await current(scene)).state;
  },
};

const ends: Record<keyof typeof walks, string> = {
  'cards pay everything': 'PAID',
  'cards hold everything, as versions did that captured in a second commit, and the worker finds it': 'PAID',
  'the other part arrives, and everything goes back in two steps and then the rest': 'REFUNDED',
  'everything goes back at once': 'REFUNDED',
  'given up, dead, and then money comes late and goes back': 'EXTERNAL_REFUNDED',
  'given up in the moment it was paid': 'PAID',
  'the gateway ends its part': 'CANCELLED',
  'a part that the gateway refuses to send back, and nothing else went back': 'PAID',
  'a part that the gateway refuses to send back, and another went back before': 'PARTIALLY_REFUNDED',
  'everything, which the gateway refuses to send back': 'PAID',
  'everything, of which the gateway refuses its part': 'PARTIALLY_REFUNDED',
};

describe('the life of a payment', () => {
  it.each(Object.keys(walks))('%s', async (name) => {
    expect(await walks[name]?.()).toBe(ends[name]);
    const { db } = world.test;
    const found = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
    expect(found).toEqual([]);
  });

  it('has walked every edge of its table, and none beside it', async () => {
    const events = await world.test.db.paymentEvent.findMany({ where: { fromState: { not: null } } });
    const walked = events.map(({ fromState, event, toState }) => `${fromState} ${event} ${toState}`);
    const edges = Object.entries(paymentStates).flatMap(([from, { next }]) =>
      Object.entries(next).map(([event, to]) => `${from} ${event} ${to}`),
    );
    expect([...new Set(walked)].sort()).toEqual(edges.sort());
  });

  it('is told without gaps: each event begins where the one before it ended', async () => {
    const payments = await world.test.db.payment.findMany({
      include: { events: { orderBy: { id: 'asc' } } },
    });
    for (const { state, events } of payments) {
      const states = events.map(({ toState }) => toState);
      expect(events.map(({ fromState }) => fromState)).toEqual([null, ...states.slice(0, -1)]);
      expect(states.at(-1)).toBe(state);
    }
  });

  it('is one at a time for each order: the database counts the same states as alive as the table', async () => {
    const row = await world.test.db.payment.findFirstOrThrow();
    for (const state of Object.keys(paymentStates).map(asPaymentState)) {
      const order = await world.addOrder([{ amountMinor: 100n }]);
      const add = (id: string) =>
        world.test.db.payment.create({ data: { ...row, id, orderId: order.id, state, checkAt: null } });
      await add(`pay_1_${state}`);
      const second = await add(`pay_2_${state}`).then(
        () => 'two',
        () => 'one',
      );
      expect(`${state} ${second}`).toBe(`${state} ${aliveStates.includes(state) ? 'one' : 'two'}`);
    }
  });
});
