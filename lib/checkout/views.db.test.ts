import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { type Id, MINUTE_MS } from '@/lib/kernel';
import {
  cancelPayment,
  checkoutView,
  checkPayment,
  findPayment,
  findPaymentOfOrder,
  findRefundByKey,
  paymentSummaryOf,
  payOrder,
  receiptOf,
  refundPayment,
  refundPreview,
  runDueChecks,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

let world: CheckoutWorld;

beforeEach(async () => {
  world = await openCheckoutWorld();
});

afterEach(() => world.close());

function show(orderId: string, over: Partial<Parameters<typeof checkoutView>[1]> = {}) {
  return checkoutView(world.context(), { orderId, userId: world.userId, ...over });
}

function summary(orderId: string, userId: Id<'usr'> = world.userId) {
  return paymentSummaryOf(world.context(), { orderId, userId });
}

/** A cup for 90.00, a lamp for 60.00, a gold bar for 40.00; a card of 100.00. Alipay has to collect 90.00. */
async function order() {
  const card = await world.addCard({ amountMinor: 10_000n });
  const { id, lineIds } = await world.addOrder([
    { amountMinor: 9_000n },
    { amountMinor: 6_000n, merchant: 'pop' },
    { amountMinor: 4_000n, kind: 'gold' },
  ]);
  const [cup = '', lamp = '', gold = ''] = lineIds;
  return { card, orderId: id, cup, lamp, gold };
}

async function atTheCashier() {
  const made = await order();
  const started = await payOrder(world.context(), {
    orderId: made.orderId,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: 10_000n, externalMinor: 9_000n },
    idempotencyKey: made.orderId,
    mode: 'mobile',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  if (!started.ok || started.value.status !== 'proceed') throw new Error('not at the cashier');
  return { ...made, payment: started.value.payment, next: started.value.next };
}

async function paid() {
  const made = await atTheCashier();
  await world.sandbox.confirm(await world.sandbox.visit(made.next));
  await world.sandbox.deliver();
  return made;
}

async function receiptNow(paymentId: string, userId: Id<'usr'> = world.userId) {
  return receiptOf(world.context(), await findPayment(world.test.db, paymentId), userId);
}

const kinds = (story: readonly { kind: string }[] | undefined) => story?.map(({ kind }) => kind);

test.each(['ord_1', 'ord\0', '\udc75'])('%j is no order', async (orderId) => {
  expect(await show(orderId)).toEqual({ ok: false, refusal: { code: 'order_not_found' } });
  expect(await findPaymentOfOrder(world.context().db, orderId)).toBeNull();
});

describe('before paying', () => {
  it('every line says who pays it, and why not a card', async () => {
    const { card, orderId, cup, lamp, gold } = await order();
    const view = await show(orderId);
    if (!view.ok) throw new Error(view.refusal.code);
    expect(view.value).toMatchObject({
      totalMinor: 19_000n,
      cardMinor: 10_000n,
      externalMinor: 9_000n,
      itemCount: 3,
      methods: ['alipay'],
    });
    expect(view.value.cards).toMatchObject([
      {
        id: card.id,
        amountMinor: 10_000n,
        leftMinor: 0n,
        payableMinor: 10_000n,
        reason: { code: 'used_up' },
      },
    ]);
    const lines = new Map(view.value.lines.map((line) => [line.id, line]));
    expect(lines.get(cup)).toMatchObject({ cardMinor: 9_000n, reason: null });
    expect(lines.get(lamp)).toMatchObject({ externalMinor: 5_000n, reason: { code: 'cards_used_up' } });
    expect(lines.get(lamp)?.paidBy).toMatchObject([{ cardId: card.id, amountMinor: 1_000n }]);
    expect(lines.get(gold)).toMatchObject({
      cardMinor: 0n,
      reason: { code: 'no_eligible_card', reason: { code: 'never_paid_by_card', kind: 'gold' } },
    });
  });

  it("the shopper's own amount is followed, and the rest is for the other method", async () => {
    const { card, orderId } = await order();
    const view = await show(orderId, { choice: [{ cardId: card.id, maxMinor: 2_500n }] });
    expect(view).toMatchObject({ ok: true, value: { cardMinor: 2_500n, externalMinor: 16_500n } });
  });

  it("a card of somebody else's is unknown, and their order does not exist", async () => {
    const { orderId } = await order();
    const stranger = await world.addShopper();
    const theirs = await world.addCard({ amountMinor: 100n, userId: stranger });
    expect(await show(orderId, { choice: [{ cardId: theirs.id, maxMinor: null }] })).toMatchObject({
      refusal: { code: 'unknown_card' },
    });
    expect(await show(orderId, { userId: stranger })).toEqual({
      ok: false,
      refusal: { code: 'order_not_found' },
    });
  });

  it('an order whose time is over cannot be shown for paying', async () => {
    const { orderId } = await order();
    world.advance(30 * MINUTE_MS);
    expect(await show(orderId)).toEqual({ ok: false, refusal: { code: 'order_expired' } });
  });

  it('a gateway that is not configured is not offered', async () => {
    const { orderId } = await order();
    const view = await checkoutView(
      { ...world.context(), gateway: () => null },
      { orderId, userId: world.userId },
    );
    expect(view).toMatchObject({ ok: true, value: { methods: [] } });
  });

  it('an order that is being paid is not open, and is again when the payment came to nothing', async () => {
    const { orderId, payment, next } = await atTheCashier();
    expect(await show(orderId)).toEqual({
      ok: false,
      refusal: { code: 'order_not_open', state: 'paying' },
    });
    await world.sandbox.visit(next);
    await cancelPayment(world.context(), payment);
    expect(await show(orderId)).toMatchObject({ ok: true, value: { cardMinor: 10_000n } });
  });
});

describe('while and after paying', () => {
  it('the receipt names each tender and what is left on the card', async () => {
    const { card, payment } = await paid();
    const receipt = await receiptNow(payment.id);
    expect(receipt).toMatchObject({
      state: 'PAID',
      amountMinor: 19_000n,
      cardMinor: 10_000n,
      externalMinor: 9_000n,
      canProceed: false,
      tenders: [
        { kind: 'card', amountMinor: 10_000n, gateway: null, card: { id: card.id, leftMinor: 0n } },
        { kind: 'external', amountMinor: 9_000n, gateway: 'alipay', card: null },
      ],
    });
    expect(receipt?.paidAt).toBeInstanceOf(Date);
  });

  it("it is nobody else's to see", async () => {
    const { payment, orderId } = await paid();
    const stranger = await world.addShopper();
    expect(await receiptNow(payment.id, stranger)).toBeNull();
    expect(await summary(orderId, stranger)).toBeNull();
    expect(await refundPreview(world.context(), { orderId, userId: stranger, lines: [] })).toMatchObject({
      refusal: { code: 'payment_not_found' },
    });
  });

  it('the shopper can go back to the cashier until a minute before its end', async () => {
    const { payment } = await atTheCashier();
    expect((await receiptNow(payment.id))?.canProceed).toBe(true);
    world.advance(9.5 * MINUTE_MS);
    expect((await receiptNow(payment.id))?.canProceed).toBe(false);
  });

  it('a card that was rebound or lost to the shopper is still named on the receipt', async () => {
    const { card, payment } = await paid();
    await world.test.db.card.update({ where: { id: card.id }, data: { holderId: null, boundAt: null } });
    expect((await receiptNow(payment.id))?.tenders[0]?.card?.id).toBe(card.id);
  });

  it('nothing was tried, nothing is told', async () => {
    const { orderId } = await order();
    expect(await summary(orderId)).toBeNull();
  });

  it('the story tells each step once, over all attempts', async () => {
    const { orderId, payment, next } = await atTheCashier();
    await world.sandbox.visit(next);
    world.advance(1_000);
    await cancelPayment(world.context(), payment);
    expect(kinds((await summary(orderId))?.story)).toEqual(['released', 'cancel_requested', 'started']);
    world.advance(1_000);
    const again = await payOrder(world.context(), {
      orderId,
      userId: world.userId,
      method: 'alipay',
      expected: { cardMinor: 10_000n, externalMinor: 9_000n },
      idempotencyKey: 'again',
      mode: 'mobile',
      returnUrl: () => 'http://127.0.0.1/',
      subject: '订单',
    });
    if (!again.ok || again.value.status !== 'proceed') throw new Error('not at the cashier');
    world.advance(1_000);
    await world.sandbox.confirm(await world.sandbox.visit(again.value.next));
    await checkPayment(world.context(), again.value.payment.id);
    const story = (await summary(orderId))?.story;
    expect(kinds(story)).toEqual(['paid', 'started', 'released', 'cancel_requested', 'started']);
    expect(story?.[1]).toMatchObject({ cardMinor: 10_000n, externalMinor: 9_000n, gateway: 'alipay' });
  });
});

describe('refunds', () => {
  it('the preview says what the refund then does, and changes nothing', async () => {
    const { orderId, payment, lamp } = await paid();
    const lines = [{ lineId: lamp, amountMinor: 3_000n }];
    const preview = await refundPreview(world.context(), { orderId, userId: world.userId, lines });
    if (!preview.ok) throw new Error(preview.refusal.code);
    const told = preview.value.parts.map(({ tender, amountMinor }) => [tender.kind, amountMinor]);
    expect(told).toEqual([
      ['card', 1_000n],
      ['external', 2_000n],
    ]);
    expect(await world.test.db.refund.count()).toBe(0);
    const request = { paymentId: payment.id, lines, reason: null, actorId: null, idempotencyKey: 'one' };
    await refundPayment(world.context(), request);
    const [done] = (await summary(orderId))?.refunds ?? [];
    expect(done?.parts.map(({ tender, amountMinor }) => [tender.kind, amountMinor])).toEqual(told);
  });

  it('a preview refuses what the refund would refuse', async () => {
    const { orderId, lamp } = await paid();
    const lines = [{ lineId: lamp, amountMinor: 6_001n }];
    expect(await refundPreview(world.context(), { orderId, userId: world.userId, lines })).toMatchObject({
      refusal: { code: 'above_refundable', refundableMinor: 6_000n },
    });
    const waiting = await world.addOrder([{ amountMinor: 100n }]);
    expect(
      await refundPreview(world.context(), { orderId: waiting.id, userId: world.userId, lines }),
    ).toMatchObject({ refusal: { code: 'payment_not_found' } });
  });

  it('what can still go back shrinks with every refund', async () => {
    const { orderId, payment, cup, lamp, gold } = await paid();
    const left = async () =>
      new Map((await summary(orderId))?.refundable.map((line) => [line.lineId, line.amountMinor]));
    expect(await left()).toEqual(
      new Map([
        [cup, 9_000n],
        [lamp, 6_000n],
        [gold, 4_000n],
      ]),
    );
    await refundPayment(world.context(), {
      paymentId: payment.id,
      lines: [
        { lineId: cup, amountMinor: 9_000n },
        { lineId: lamp, amountMinor: 1n },
      ],
      reason: null,
      actorId: null,
      idempotencyKey: 'one',
    });
    expect(await left()).toEqual(
      new Map([
        [lamp, 5_999n],
        [gold, 4_000n],
      ]),
    );
  });

  it('a part that is still with the gateway is told apart from the part that is on the card', async () => {
    const { orderId, payment, lamp } = await paid();
    await setSwitches(world.sandbox.context(), null, { down: true });
    const request = {
      paymentId: payment.id,
      lines: [{ lineId: lamp, amountMinor: 6_000n }],
      reason: 'damaged',
      actorId: null,
      idempotencyKey: 'one',
    };
    await refundPayment(world.context(), request);
    const states = async () =>
      (await summary(orderId))?.refunds[0]?.parts.map(({ tender, state }) => [tender.kind, state]);
    expect(await states()).toEqual([
      ['card', 'SUCCEEDED'],
      ['external', 'PENDING'],
    ]);
    await setSwitches(world.sandbox.context(), null, {});
    world.advance(MINUTE_MS);
    await runDueChecks(world.context(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
    expect(await states()).toEqual([
      ['card', 'SUCCEEDED'],
      ['external', 'SUCCEEDED'],
    ]);
    expect(kinds((await summary(orderId))?.story)).toEqual([
      'refund_done',
      'refund_started',
      'paid',
      'started',
    ]);
  });

  it('a request is found again by its key, for its own payment only', async () => {
    const { payment, cup } = await paid();
    const made = await refundPayment(world.context(), {
      paymentId: payment.id,
      lines: [{ lineId: cup, amountMinor: 1n }],
      reason: null,
      actorId: null,
      idempotencyKey: 'one',
    });
    const { db } = world.test;
    const found = await findRefundByKey(db, { paymentId: payment.id, idempotencyKey: 'one' });
    expect(made.ok && found?.id === made.value.id).toBe(true);
    expect(await findRefundByKey(db, { paymentId: payment.id, idempotencyKey: 'two' })).toBeNull();
    expect(await findRefundByKey(db, { paymentId: 'pay_other', idempotencyKey: 'one' })).toBeNull();
    expect((await findPaymentOfOrder(db, payment.orderId))?.state).toBe('PARTIALLY_REFUNDED');
  });
});
