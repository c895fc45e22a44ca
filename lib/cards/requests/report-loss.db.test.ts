import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelPayment, checkPayment } from '@/lib/checkout';
import { freezeCard } from '../freeze-card';
import { unfreezeOwnCard } from '../hold-own-card';
import { unfreezeCard } from '../unfreeze-card';
import { refuseRequest } from './refuse-request';
import { reissueCard } from './reissue-card';
import { reportLoss } from './report-loss';
import { requestExtension } from './request-extension';
import { openRequestId, openRequestsWorld, paymentOf, type RequestsWorld } from './testing';
import { withdrawRequest } from './withdraw-request';

let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

const report = (cardId: string, over = {}) =>
  reportLoss(world.context(), {
    cardId,
    holderId: world.holder.id,
    actor: world.holder,
    statement: '钱包在地铁上丢了',
    ...over,
  });

test('a reported card pays nothing new, and what a payment holds is settled', async () => {
  const card = await world.addCard();
  const attempt = await world.pay({ totalMinor: 15_000n, cardMinor: 10_000n });
  const payment = paymentOf(attempt);
  expect(payment.state).toBe('EXTERNAL_PENDING');
  const next = attempt.ok && attempt.value.status === 'proceed' ? attempt.value.next : null;
  expect(await report(card.id)).toMatchObject({ ok: true });
  expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenBy: 'issuer' });
  if (!next) throw new Error('the shopper is at the cashier');
  await world.shop.sandbox.confirm(await world.shop.sandbox.visit(next));
  expect((await checkPayment(world.shop.context(), payment.id))?.state).toBe('PAID');
  expect(await world.onCard(card)).toBe(0n);
});

test('what a payment holds of a reported card is let go, and nothing new is paid', async () => {
  const card = await world.addCard();
  const payment = paymentOf(await world.pay({ totalMinor: 15_000n, cardMinor: 10_000n }));
  expect(await report(card.id)).toMatchObject({ ok: true });
  await cancelPayment(world.shop.context(), payment);
  expect(await world.onCard(card)).toBe(10_000n);
  expect((await world.pay({ totalMinor: 1_000n, cardMinor: 1_000n })).ok).toBe(false);
});

test('a payment and a report at the same moment: either it holds its part, or it is refused', async () => {
  for (let round = 0; round < 12; round += 1) {
    const card = await world.addCard();
    const [paid, lost] = await Promise.all([
      world.pay({ totalMinor: 10_000n, cardMinor: 10_000n }),
      report(card.id),
    ]);
    expect(lost.ok).toBe(true);
    expect(await world.onCard(card)).toBe(paid.ok ? 0n : 10_000n);
    expect(await world.row(card)).toMatchObject({ state: 'frozen' });
  }
}, 60_000);

test('a loss is reported once, by its holder or for them, and of a card that the policy replaces', async () => {
  const card = await world.addCard();
  const stranger = await world.shop.addShopper();
  expect(await report(card.id, { holderId: stranger })).toEqual({
    ok: false,
    refusal: { code: 'card_not_found' },
  });
  expect(await report('crd_00000000000000000000000000')).toMatchObject({
    refusal: { code: 'card_not_found' },
  });
  const tries = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      report(card.id, index % 2 ? { holderId: null, actor: world.support } : {}),
    ),
  );
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  const refusals = tries.flatMap((each) => (each.ok ? [] : [each.refusal.code]));
  expect(new Set(refusals)).toEqual(new Set(['already_open']));
  expect(await world.requests(card)).toHaveLength(1);

  const anonymous = await world.addCard({ programmeId: 'fuyun' });
  expect(await report(anonymous.id)).toMatchObject({
    refusal: { code: 'not_replaced', rule: { id: 'cn-2012.lost-card.anonymous' } },
  });
  expect(await world.row(anonymous)).toMatchObject({ state: 'active' });
});

test('nobody unfreezes a card whose loss is reported; when it is found it is what it was before', async () => {
  const { context } = world;
  const card = await world.addCard();
  const before = await world.addCard();
  const act = { actor: world.support, reason: '可疑的绑定' };
  await freezeCard(context(), { ...act, cardId: before.id });
  for (const { id } of [card, before]) expect(await report(id)).toMatchObject({ ok: true });
  expect(await unfreezeCard(context(), { ...act, cardId: card.id })).toEqual({
    ok: false,
    refusal: { code: 'reported_lost' },
  });
  const stranger = { id: await world.shop.addShopper(), role: 'shopper' };
  const requestId = await openRequestId(world, card);
  expect(await withdrawRequest(context(), { requestId, actor: stranger, proven: true })).toMatchObject({
    refusal: { code: 'request_not_found' },
  });
  expect(await withdrawRequest(context(), { requestId, actor: world.holder, proven: true })).toMatchObject({
    ok: true,
  });
  await withdrawRequest(context(), {
    requestId: await openRequestId(world, before),
    actor: world.holder,
    proven: true,
  });
  expect(await world.row(card)).toMatchObject({ state: 'active', frozenReason: null });
  expect(await world.row(before)).toMatchObject({ state: 'frozen', frozenReason: '可疑的绑定' });
  expect(await withdrawRequest(context(), { requestId, actor: world.holder, proven: true })).toMatchObject({
    refusal: { code: 'already_decided', state: 'withdrawn' },
  });
  const topics = await context().db.outboxMessage.findMany({ select: { topic: true, payload: true } });
  const told = topics.filter(({ payload }) => payload.includes(card.id)).map(({ topic }) => topic);
  expect(told).toEqual(['card.lost', 'card.unfrozen']);
});

test('a report is taken back only by who has shown again who it is; another request asks for nothing', async () => {
  const { context, holder } = world;
  const card = await world.addCard();
  expect(await report(card.id)).toMatchObject({ ok: true });
  const requestId = await openRequestId(world, card);
  expect(await withdrawRequest(context(), { requestId, actor: holder, proven: false })).toEqual({
    ok: false,
    refusal: { code: 'proof_needed' },
  });
  expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenReason: 'reported_lost' });
  expect(await openRequestId(world, card)).toBe(requestId);
  expect(await withdrawRequest(context(), { requestId, actor: holder, proven: true })).toMatchObject({
    ok: true,
  });

  const ending = await world.addCard({ programmeId: 'fuyun' });
  const wish = { cardId: ending.id, actor: holder, statement: '住院了，没来得及用', evidence: '' };
  expect(await requestExtension(context(), wish)).toMatchObject({ ok: true });
  const asked = { requestId: await openRequestId(world, ending), actor: holder, proven: false };
  expect(await withdrawRequest(context(), asked)).toMatchObject({ ok: true });
});

describe('a freeze of support and a reported loss hold independently', () => {
  const because = (reason: string) => ({ actor: world.support, reason });
  const lostCard = async () => {
    const card = await world.addCard();
    expect(await report(card.id)).toMatchObject({ ok: true });
    return { cardId: card.id, card, requestId: await openRequestId(world, card) };
  };

  test('a freeze laid over the report outlives it, whether the card is found or replaced', async () => {
    const { context } = world;
    const found = await lostCard();
    const replaced = await lostCard();
    for (const { cardId, card } of [found, replaced]) {
      expect(await freezeCard(context(), { ...because('疑似盗用'), cardId })).toMatchObject({ ok: true });
      expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenReason: 'reported_lost' });
      expect(await freezeCard(context(), { ...because('再冻一次'), cardId })).toEqual({
        ok: false,
        refusal: { code: 'not_possible_in_state', state: 'frozen' },
      });
    }
    const proven = { requestId: found.requestId, actor: world.holder, proven: true };
    expect(await withdrawRequest(context(), proven)).toMatchObject({ ok: true });
    const decided = { requestId: replaced.requestId, actor: world.support, answer: '身份已核对' };
    expect(await reissueCard(context(), decided)).toMatchObject({ ok: true });
    for (const { cardId, card } of [found, replaced]) {
      expect(await world.row(card)).toMatchObject({ frozenReason: '疑似盗用', frozenBy: 'issuer' });
      expect(await unfreezeOwnCard(context(), { cardId, userId: world.holder.id })).toMatchObject({
        refusal: { code: 'frozen_by_issuer' },
      });
      expect(await unfreezeCard(context(), { ...because('已核实'), cardId })).toMatchObject({ ok: true });
      expect(await world.row(card)).toMatchObject({ state: 'active', frozenReason: null });
    }
  });

  test('a freeze that is lifted leaves the report, and its holder is not told that the card pays again', async () => {
    const { context } = world;
    const { cardId, card, requestId } = await lostCard();
    expect(await freezeCard(context(), { ...because('疑似盗用'), cardId })).toMatchObject({ ok: true });
    expect(await unfreezeCard(context(), { ...because('已核实'), cardId })).toMatchObject({ ok: true });
    expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenReason: 'reported_lost' });
    expect(await unfreezeCard(context(), { ...because('已核实'), cardId })).toMatchObject({
      refusal: { code: 'reported_lost' },
    });
    const messages = await context().db.outboxMessage.findMany({ where: { payload: { contains: cardId } } });
    expect(messages.map(({ topic }) => topic).toSorted()).toEqual(['card.frozen', 'card.lost']);
    const proven = { requestId, actor: world.holder, proven: true };
    expect(await withdrawRequest(context(), proven)).toMatchObject({ ok: true });
    expect(await world.row(card)).toMatchObject({ state: 'active', frozenReason: null });
  });

  test('the reason of a freeze outlives a report that is refused', async () => {
    const { context } = world;
    const { cardId, card, requestId } = await lostCard();
    expect(await freezeCard(context(), { ...because('疑似盗用'), cardId })).toMatchObject({ ok: true });
    const refused = { requestId, actor: world.support, answer: '证件对不上' };
    expect(await refuseRequest(context(), refused)).toMatchObject({ ok: true });
    expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenReason: '疑似盗用' });
  });

  test('support freezes while the card is reported and found: the freeze holds whatever came first', async () => {
    const { context } = world;
    for (let round = 0; round < 12; round += 1) {
      const { cardId, card, requestId } = await lostCard();
      const [frozen, found] = await Promise.all([
        freezeCard(context(), { ...because('疑似盗用'), cardId }),
        withdrawRequest(context(), { requestId, actor: world.holder, proven: true }),
      ]);
      expect([frozen.ok, found.ok]).toEqual([true, true]);
      expect(await world.row(card)).toMatchObject({ frozenReason: '疑似盗用', frozenBy: 'issuer' });

      const other = await world.addCard();
      const [stopped, reported] = await Promise.all([
        freezeCard(context(), { ...because('疑似盗用'), cardId: other.id }),
        report(other.id),
      ]);
      expect([stopped.ok, reported.ok]).toEqual([true, true]);
      const again = { requestId: await openRequestId(world, other), actor: world.holder, proven: true };
      expect(await withdrawRequest(context(), again)).toMatchObject({ ok: true });
      expect(await world.row(other)).toMatchObject({ frozenReason: '疑似盗用', frozenBy: 'issuer' });
    }
  }, 60_000);
});
