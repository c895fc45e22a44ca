import { afterEach, beforeEach, expect, test } from 'vitest';
import { plusMs, SECOND_MS } from '@/lib/kernel';
import { bindCard } from '../bind-card';
import { expireCards } from '../expire-cards';
import type { TestCard } from '../testing';
import { exchangeCard, grantExchange } from './exchange-card';
import { takeNewSecrets } from './take-new-secrets';
import { openRequestId, openRequestsWorld, type RequestsWorld } from './testing';

let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

const exchange = (card: TestCard, over = {}) =>
  exchangeCard(world.context(), {
    cardId: card.id,
    actor: world.holder,
    statement: '卡过期了，想换一张',
    evidence: '',
    ...over,
  });

async function expired(programmeId: string) {
  const card = await world.addCard({ programmeId, expiresAt: plusMs(world.context().now, SECOND_MS) });
  world.shop.advance(SECOND_MS);
  return card;
}

test.each([true, false])(
  'an expired anonymous card is exchanged at once, its value dormant: %s',
  async (dormant) => {
    const card = await expired('fuyun');
    if (dormant) await expireCards(world.context());
    expect(await exchange(card)).toMatchObject({ ok: true, value: { done: true } });
    const row = await world.row(card);
    expect(row).toMatchObject({ state: 'active', accountId: card.accountId, dormantMinor: 0n });
    const years = ((row.expiresAt?.getTime() ?? 0) - world.context().now.getTime()) / (365 * 24 * 3_600_000);
    expect(years).toBeGreaterThan(2.99);
    expect(await world.onCard(card)).toBe(10_000n);
    expect(await world.requests(card)).toMatchObject([{ kind: 'exchange', state: 'approved' }]);
    const userId = await world.shop.addShopper();
    const { number, password } = card;
    const bound = await bindCard(world.context(), {
      number,
      password,
      userId,
      network: userId,
      device: userId,
    });
    expect(bound).toEqual({ ok: false, refusal: { code: 'no_match' } });
    expect(await takeNewSecrets(world.context(), { cardId: card.id, actor: world.holder })).toMatchObject({
      ok: true,
    });
    expect((await world.pay({ totalMinor: 10_000n, cardMinor: 10_000n })).ok).toBe(true);
  },
);

test('many exchanges and the end of the card at once make one new number and move the value once', async () => {
  for (let round = 0; round < 15; round += 1) {
    const card = await expired('fuyun');
    const [first, second] = await Promise.all([exchange(card), exchange(card), expireCards(world.context())]);
    const results = [first, second];
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.flatMap((each) => (each.ok ? [] : [each.refusal.code]))).toEqual(['not_expired']);
    expect(await world.context().db.retiredNumber.count({ where: { cardId: card.id } })).toBe(1);
    expect(await world.onCard(card)).toBe(10_000n);
    expect(await world.row(card)).toMatchObject({ dormantMinor: 0n });
  }
}, 60_000);

test('where the operator decides, support does, and once', async () => {
  const card = await expired('zengka');
  await expireCards(world.context());
  expect(await exchange(card)).toMatchObject({ ok: true, value: { done: false } });
  expect(await world.row(card)).toMatchObject({ dormantMinor: 10_000n });
  const requestId = await openRequestId(world, card);
  const grant = (actor: { id: string; role: string }) =>
    grantExchange(world.context(), { requestId, actor, answer: '同意换卡' });
  expect(await grant(world.holder)).toMatchObject({ refusal: { code: 'own_request' } });
  const decided = await Promise.all([grant(world.support), grant({ id: 'usr_other', role: 'support' })]);
  expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await world.onCard(card)).toBe(10_000n);
});

test('only an expired card with value left is exchanged, and only by its holder', async () => {
  const code = async (card: TestCard, over = {}) => {
    const result = await exchange(card, over);
    return result.ok ? 'ok' : result.refusal.code;
  };
  expect(await code(await world.addCard())).toBe('never_ends');
  expect(await code(await world.addCard({ programmeId: 'fuyun' }))).toBe('not_expired');
  const spent = await world.addCard({
    programmeId: 'fuyun',
    expiresAt: plusMs(world.context().now, SECOND_MS),
  });
  expect((await world.pay({ totalMinor: 10_000n, cardMinor: 10_000n })).ok).toBe(true);
  world.shop.advance(SECOND_MS);
  expect(await code(spent)).toBe('nothing_left');
  const card = await expired('fuyun');
  const stranger = { id: await world.shop.addShopper(), role: 'shopper' };
  expect(await code(card, { actor: stranger })).toBe('card_not_found');
  await world.context().db.card.update({ where: { id: card.id }, data: { state: 'closed' } });
  expect(await code(card)).toBe('not_possible_in_state');
});
