import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/kernel';
import { bindCard } from '../bind-card';
import { issueCards } from '../issue-cards';
import { generateNumber } from '../number';
import type { TestCard } from '../testing';
import { unfreezeCard } from '../unfreeze-card';
import { refuseRequest } from './refuse-request';
import { reissueCard } from './reissue-card';
import { reportLoss } from './report-loss';
import { takeNewSecrets } from './take-new-secrets';
import { listOf, openRequestId, openRequestsWorld, paymentOf, type RequestsWorld } from './testing';
import { withdrawRequest } from './withdraw-request';

let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

async function lostCard(): Promise<TestCard> {
  const card = await world.addCard();
  const { holder } = world;
  await reportLoss(world.context(), {
    cardId: card.id,
    holderId: holder.id,
    actor: holder,
    statement: '丢了',
  });
  return card;
}

const reissue = (requestId: string, actor = world.support) =>
  reissueCard(world.context(), { requestId, actor, answer: '身份已核对' });

async function tryBind({ number, password }: { number: string; password: string }) {
  const userId = await world.shop.addShopper();
  return bindCard(world.context(), { number, password, userId, network: userId, device: userId });
}

test('the old number is dead like one that never was; the new one and what is on the card are the holder’s', async () => {
  const card = await world.addCard();
  const paid = paymentOf(await world.pay({ totalMinor: 4_000n, cardMinor: 4_000n }));
  const { holder } = world;
  await reportLoss(world.context(), {
    cardId: card.id,
    holderId: holder.id,
    actor: holder,
    statement: '丢了',
  });
  expect(await reissue(await openRequestId(world, card))).toMatchObject({ ok: true });
  const row = await world.row(card);
  expect(row).toMatchObject({
    state: 'active',
    accountId: card.accountId,
    holderId: holder.id,
    frozenBy: null,
  });
  expect(await world.onCard(card)).toBe(6_000n);

  // Goods that the lost card paid for come back: the value finds the successor by itself.
  await world.refund(paid, 4_000n);
  expect(await world.onCard(card)).toBe(10_000n);

  const never = await tryBind({ number: generateNumber('9102'), password: card.password });
  expect(never).toEqual({ ok: false, refusal: { code: 'no_match' } });
  expect(await tryBind(card)).toEqual(never);

  const secrets = await takeNewSecrets(world.context(), { cardId: card.id, actor: holder });
  if (!secrets.ok) throw new Error('the holder sees the new number');
  expect(secrets.value.number).not.toBe(card.number);
  expect(row.lastFour).toBe(secrets.value.number.slice(-4));
  expect(await tryBind(secrets.value)).toMatchObject({ refusal: { code: 'bound_elsewhere' } });
  expect(await tryBind({ ...secrets.value, password: card.password })).toEqual(never);
});

test('a retired number is never issued again', async () => {
  const card = await lostCard();
  await reissue(await openRequestId(world, card));
  const id = newId('btc');
  const again = await issueCards(world.context(), await listOf(world.context(), card), { id });
  expect(again).toMatchObject({ ok: true, value: { issued: 0, taken: [0] } });
  const { numberHmac } = await world
    .context()
    .db.retiredNumber.findFirstOrThrow({ where: { cardId: card.id } });
  const other = await world.addCard();
  await expect(
    world.context().db.card.update({ where: { id: other.id }, data: { numberHmac } }),
  ).rejects.toThrow();
  await expect(world.context().db.retiredNumber.deleteMany()).rejects.toThrow();
});

test('of two supporters and a holder who found the card, all at once, one is heard', async () => {
  for (let round = 0; round < 12; round += 1) {
    const card = await lostCard();
    const requestId = await openRequestId(world, card);
    const results = await Promise.all([
      reissue(requestId),
      reissue(requestId, { id: 'usr_other', role: 'supervisor' }),
      refuseRequest(world.context(), { requestId, actor: world.support, answer: '证件对不上' }),
      withdrawRequest(world.context(), { requestId, actor: world.holder, proven: true }),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const [request] = await world.requests(card);
    const retired = await world.context().db.retiredNumber.count({ where: { cardId: card.id } });
    expect(retired).toBe(request?.state === 'approved' ? 1 : 0);
    expect((await world.row(card)).state).toBe(request?.state === 'refused' ? 'frozen' : 'active');
  }
}, 60_000);

test('the new number and password are shown once, to the holder alone', async () => {
  const card = await lostCard();
  const take = (id = world.holder.id) =>
    takeNewSecrets(world.context(), { cardId: card.id, actor: { id, role: 'shopper' } });
  const nothing = { ok: false, refusal: { code: 'nothing_to_show' } };
  expect(await take()).toEqual(nothing);
  await reissue(await openRequestId(world, card));
  expect(await take(await world.shop.addShopper())).toEqual(nothing);
  const looks = await Promise.all([take(), take(), take()]);
  expect(looks.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await take()).toEqual(nothing);
  const lines = await world.context().db.auditEvent.count({
    where: { subjectId: card.id, action: 'card.secrets_taken' },
  });
  expect(lines).toBe(1);
});

test('a refused loss leaves the card frozen for support to free', async () => {
  const card = await lostCard();
  const requestId = await openRequestId(world, card);
  const decision = { requestId, actor: world.support, answer: '证件对不上' };
  const own = { ...decision, actor: world.holder };
  expect(await refuseRequest(world.context(), own)).toMatchObject({ refusal: { code: 'own_request' } });
  expect(await refuseRequest(world.context(), decision)).toMatchObject({ ok: true });
  expect(await world.row(card)).toMatchObject({ state: 'frozen', frozenReason: '证件对不上' });
  expect(await reissue(requestId)).toMatchObject({ refusal: { code: 'already_decided', state: 'refused' } });
  const free = { cardId: card.id, actor: world.support, reason: '证件补齐了' };
  expect(await unfreezeCard(world.context(), free)).toMatchObject({ ok: true });
});
