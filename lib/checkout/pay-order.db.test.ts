import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freezeCard } from '@/lib/cards';
import { interrupted } from '@/lib/database/testing/interrupted';
import { invariant, MINUTE_MS, plusMs } from '@/lib/kernel';
import { type CheckoutContext, cancelPayment, findPayment, type PayInput, payOrder } from './index';
import { loadCheckout } from './load-checkout';
import { takesPayment } from './pay-order';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { closeAudited, gatewayWith } from './testing/payments';

let world: CheckoutWorld;
let order: { id: string; lineIds: string[] };
let card: { id: string; accountId: string };

beforeEach(async () => {
  world = await openCheckoutWorld();
  card = await world.addCard({ amountMinor: 10_000n });
  order = await world.addOrder([{ amountMinor: 15_000n }]);
});
afterEach(async () => {
  expect(await closeAudited(world)).toEqual([]);
});

/** 100.00 from the card, 50.00 from Alipay. */
function input(over: Partial<PayInput> = {}): PayInput {
  return {
    orderId: order.id,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: 10_000n, externalMinor: 5_000n },
    idempotencyKey: 'key',
    mode: 'desktop',
    returnUrl: (id) => `http://127.0.0.1/${id}`,
    subject: '订单',
    ...over,
  };
}
const pay = (over: Partial<PayInput> = {}, context: Partial<CheckoutContext> = {}) =>
  payOrder({ ...world.context(), ...context }, input(over));

async function started() {
  const result = await pay();
  invariant(result.ok, 'the order is payable');
  return result.value.payment;
}

describe('paying is refused', () => {
  it('from the instant on at which the order had to be paid', async () => {
    const payBy = plusMs(world.context().now, MINUTE_MS);
    await world.test.db.order.update({ where: { id: order.id }, data: { payBy } });
    world.advance(MINUTE_MS);
    expect(await pay()).toEqual({ ok: false, refusal: { code: 'order_expired' } });
    world.advance(-1);
    expect(await pay()).toMatchObject({ ok: true });
  });

  it('when only one half of the split is another than the one shown', async () => {
    for (const expected of [
      { cardMinor: 10_000n, externalMinor: 4_999n },
      { cardMinor: 9_999n, externalMinor: 5_000n },
    ])
      expect(await pay({ expected })).toEqual({ ok: false, refusal: { code: 'split_changed' } });
  });

  it('without a method for the rest, or with one that is not there or does not take it', async () => {
    const unavailable = { ok: false, refusal: { code: 'method_unavailable' } };
    expect(await pay({ method: null })).toEqual({ ok: false, refusal: { code: 'method_needed' } });
    expect(await pay({}, { gateway: () => null })).toEqual(unavailable);
    const { capabilities } = gatewayWith(world, {}).gateway('alipay') ?? {};
    invariant(capabilities, 'the sandbox is configured');
    const dear = { ...capabilities, amount: { minMinor: 5_001n, maxMinor: 9_000n } };
    expect(await pay({}, gatewayWith(world, { capabilities: dear }))).toEqual(unavailable);
    expect(await world.test.db.payment.count()).toBe(0);
  });

  it('when the order is paid or being paid, naming that payment, or cannot be paid any more', async () => {
    const payment = await started();
    const again = { idempotencyKey: 'another' };
    const refusal = { code: 'already_being_paid', paymentId: payment.id };
    expect(await pay(again)).toEqual({ ok: false, refusal });
    await cancelPayment(
      {
        ...world.context(),
        ...gatewayWith(world, { close: async () => ({ status: 'failed', reason: 'closed' }) }),
      },
      payment,
    );
    await world.test.db.order.update({ where: { id: order.id }, data: { state: 'cancelled' } });
    expect(await pay(again)).toEqual({ ok: false, refusal: { code: 'order_not_payable' } });
  });

  it('when the key was used for anything else: another order, choice, method or split', async () => {
    const choice = [{ cardId: card.id, maxMinor: 10_000n }];
    expect(await pay({ choice })).toMatchObject({ ok: true });
    expect(await pay({ choice })).toMatchObject({ ok: true });
    const other = await world.addOrder([{ amountMinor: 15_000n }]);
    const others: Partial<PayInput>[] = [
      { choice, orderId: other.id },
      {},
      { choice: [] },
      { choice: [{ cardId: card.id, maxMinor: null }] },
      { choice: [{ cardId: card.id, maxMinor: 9_999n }] },
      { choice, method: null },
      { choice, expected: { cardMinor: 10_000n, externalMinor: 5_001n } },
      { choice, expected: { cardMinor: 9_999n, externalMinor: 5_000n } },
    ];
    for (const [index, over] of others.entries())
      expect((await pay(over)).ok, `the other request ${index}`).toBe(false);
    for (const over of others.slice(1))
      expect(await pay(over)).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } });
    expect(await world.test.db.payment.count()).toBe(1);
  });
});

describe('the order that is paid', () => {
  it('is paid by its stored lines, in the order of the basket, whatever order they were stored in', async () => {
    const other = await world.addOrder([{ amountMinor: 100n }, { amountMinor: 200n, merchant: 'pop' }]);
    const [first = '', second = ''] = other.lineIds;
    await world.test.db.orderLine.update({ where: { id: first }, data: { position: 7 } });
    const loaded = await loadCheckout(world.context(), { orderId: other.id, userId: world.userId });
    invariant(loaded.ok, 'it is there');
    expect(loaded.value.order.lines).toMatchObject([
      { id: second, amountMinor: 200n, merchantKind: 'pop', merchantAccountId: 'merchant:pop' },
      { id: first, amountMinor: 100n, merchantKind: 'self', merchantAccountId: 'merchant:self' },
    ]);
  });

  it('with a line that no card may pay leaves that line to the other method', async () => {
    const gold = await world.addOrder([{ amountMinor: 3_000n, kind: 'gold' }, { amountMinor: 1_000n }]);
    const expected = { cardMinor: 1_000n, externalMinor: 3_000n };
    const paid = await pay({ orderId: gold.id, expected });
    expect(paid).toMatchObject({ ok: true, value: { payment: expected } });
  });

  it.each(['kind', 'merchantKind'])('with a %s that nobody knows is a bug and throws', async (column) => {
    await world.test.db.orderLine.updateMany({ data: { [column]: 'invented' } });
    await expect(pay()).rejects.toThrow('invented');
  });

  it('is not found when there is none of that id, or none of that id could be stored', async () => {
    for (const orderId of ['ord_none', '\0'])
      expect(await pay({ orderId })).toEqual({ ok: false, refusal: { code: 'order_not_found' } });
  });

  it('is not paid by a key that has paid another order, also when both could be paid', async () => {
    expect(await pay()).toMatchObject({ ok: true });
    const { id: orderId } = await world.addOrder([{ amountMinor: 700n }]);
    const reused = await pay({ orderId, expected: { cardMinor: 0n, externalMinor: 700n } });
    expect(reused).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } });
    expect(await world.test.db.payment.count({ where: { orderId } })).toBe(0);
  });
});

describe('what happens between the look at the order and the holds', () => {
  const states = async () => [
    (await world.test.db.order.findUniqueOrThrow({ where: { id: order.id } })).state,
    await world.test.db.payment.count({ where: { orderId: order.id } }),
  ];
  async function payMeanwhile(happens: () => Promise<unknown>) {
    const db = await interrupted(world.test, happens);
    const result = await pay({}, { db });
    await db.$disconnect();
    return result;
  }

  it('a card that is frozen: the split is shown anew', async () => {
    const actor = { id: 'usr_support', role: 'support' };
    const refused = await payMeanwhile(() =>
      freezeCard(world.context(), { cardId: card.id, actor, reason: '挂失' }),
    );
    expect(refused).toEqual({ ok: false, refusal: { code: 'split_changed' } });
    expect(await states()).toEqual(['open', 0]);
  });

  it('a card that is spent elsewhere: the split is shown anew', async () => {
    const other = await world.addOrder([{ amountMinor: 1n }]);
    const elsewhere = { orderId: other.id, method: null, idempotencyKey: 'elsewhere' };
    const refused = await payMeanwhile(() =>
      pay({ ...elsewhere, expected: { cardMinor: 1n, externalMinor: 0n } }),
    );
    expect(refused).toEqual({ ok: false, refusal: { code: 'split_changed' } });
    expect(await states()).toEqual(['open', 0]);
  });

  it('the order that is cancelled: it cannot be paid', async () => {
    const refused = await payMeanwhile(() =>
      world.test.db.order.update({ where: { id: order.id }, data: { state: 'cancelled' } }),
    );
    expect(refused).toEqual({ ok: false, refusal: { code: 'order_not_payable' } });
    expect(await states()).toEqual(['cancelled', 0]);
  });

  it('another tab that pays it: its payment is named', async () => {
    const refused = await payMeanwhile(() => pay({ idempotencyKey: 'tab' }));
    const payment = await world.test.db.payment.findFirstOrThrow();
    expect(refused).toEqual({ ok: false, refusal: { code: 'already_being_paid', paymentId: payment.id } });
  });

  it('the same submit: its payment is the answer', async () => {
    const result = await payMeanwhile(() => pay());
    expect(result).toMatchObject({ ok: true, value: { status: 'proceed' } });
    expect(await states()).toEqual(['paying', 1]);
  });
});

it('payments are looked for beside ids that could not be stored, which find nothing and disturb nobody', async () => {
  const ids = ['pay_none', '\0', 'pay_nobody', '\ud800'];
  const found = await Promise.all([...ids, ...ids].map((id) => findPayment(world.test.db, id)));
  expect(found).toEqual([...ids, ...ids].map(() => null));
});

it('a gateway takes its own currencies, from its least to its greatest amount', () => {
  const gateway = gatewayWith(world, {}).gateway('alipay');
  invariant(gateway, 'the sandbox is configured');
  const amount = { minMinor: 10n, maxMinor: 20n };
  const limited = {
    ...gateway,
    capabilities: { ...gateway.capabilities, currencies: ['CNY'] as const, amount },
  };
  const takes = (amountMinor: bigint, currency: 'CNY' | 'USD' = 'CNY') =>
    takesPayment(limited, { currency, amountMinor });
  expect([9n, 10n, 20n, 21n].map((amountMinor) => takes(amountMinor))).toEqual([false, true, true, false]);
  expect(takes(15n, 'USD')).toBe(false);
});
