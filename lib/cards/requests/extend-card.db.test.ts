import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS, parseDay, plusMs, SECOND_MS } from '@/lib/kernel';
import { expireCards } from '../expire-cards';
import type { TestCard } from '../testing';
import { extendCard } from './extend-card';
import { requestExtension } from './request-extension';
import { openRequestId, openRequestsWorld, paymentOf, type RequestsWorld } from './testing';

let world: RequestsWorld;

beforeEach(async () => {
  world = await openRequestsWorld();
});
afterEach(async () => expect(await world.close()).toEqual([]));

const other = { id: 'usr_other', role: 'supervisor' };

const ask = (card: TestCard, over = {}) =>
  requestExtension(world.context(), {
    cardId: card.id,
    actor: world.holder,
    statement: '住院两个月，没来得及用',
    evidence: '出院小结',
    ...over,
  });

const grant = (requestId: string, over = {}) =>
  extendCard(world.context(), {
    requestId,
    actor: world.support,
    answer: '同意延期一年',
    lastDay: dayAfter(365),
    ...over,
  });

function dayAfter(days: number) {
  const day = parseDay(
    plusMs(world.context().now, days * DAY_MS)
      .toISOString()
      .slice(0, 10),
  );
  if (!day) throw new Error('a day');
  return day;
}

/** A card whose last instant is one second away. */
const ending = () =>
  world.addCard({ programmeId: 'fuyun', expiresAt: plusMs(world.context().now, SECOND_MS) });

test('a holder asks with a statement, is told until when it is answered, and asks once', async () => {
  const card = await ending();
  const tries = await Promise.all([ask(card), ask(card), ask(card)]);
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  expect(tries.flatMap((each) => (each.ok ? [] : [each.refusal.code]))).toEqual([
    'already_open',
    'already_open',
  ]);
  const [request] = await world.requests(card);
  expect(request).toMatchObject({
    kind: 'extension',
    state: 'open',
    statement: '住院两个月，没来得及用',
    evidence: { words: '出院小结' },
  });
  const days = ((request?.dueAt.getTime() ?? 0) - world.context().now.getTime()) / DAY_MS;
  expect(days).toBeGreaterThan(7);
  expect(days).toBeLessThanOrEqual(8);
  const stranger = { id: await world.shop.addShopper(), role: 'shopper' };
  expect(await ask(card, { actor: stranger })).toMatchObject({ refusal: { code: 'card_not_found' } });
  expect(await ask(await world.addCard())).toMatchObject({ refusal: { code: 'never_ends' } });
});

test('what had become dormant is on the card again in the moment that the extension is granted', async () => {
  const card = await ending();
  world.shop.advance(SECOND_MS);
  expect(await expireCards(world.context())).toEqual({ moved: 1 });
  expect(await world.row(card)).toMatchObject({ dormantMinor: 10_000n });
  expect(await world.onCard(card)).toBe(0n);
  await ask(card);
  expect(await grant(await openRequestId(world, card))).toMatchObject({ ok: true });
  expect(await world.row(card)).toMatchObject({ dormantMinor: 0n });
  expect(await world.onCard(card)).toBe(10_000n);
  expect((await world.pay({ totalMinor: 10_000n, cardMinor: 10_000n })).ok).toBe(true);
});

test('an extension keeps to the bounds of the policy, and nobody grants their own', async () => {
  const card = await ending();
  await ask(card);
  const requestId = await openRequestId(world, card);
  expect(await grant(requestId, { lastDay: dayAfter(-1) })).toMatchObject({
    refusal: { code: 'extension_not_after' },
  });
  expect(await grant(requestId, { lastDay: dayAfter(36 * 31) })).toMatchObject({
    refusal: { code: 'extension_above_limit', rule: { id: 'cn-2012.extension.anonymous' } },
  });
  expect(await grant(requestId, { actor: world.holder })).toMatchObject({ refusal: { code: 'own_request' } });
  expect((await world.requests(card))[0]?.state).toBe('open');
});

test('two supporters, the end of the card and a payment at the last second: one decision, and every fen is somewhere', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < 25; round += 1) {
    const card = await ending();
    await ask(card);
    const requestId = await openRequestId(world, card);
    world.shop.advance(SECOND_MS - 1);
    const ended = { ...world.context(), now: plusMs(world.context().now, 1) };
    const decision = { requestId, answer: '同意', lastDay: dayAfter(100) };
    const [paid, ...granted] = await Promise.all([
      world.pay({ totalMinor: 10_000n, cardMinor: 10_000n }),
      extendCard(ended, { ...decision, actor: world.support }),
      extendCard(ended, { ...decision, actor: other }),
      expireCards(ended),
    ]);
    expect(granted.slice(0, 2).filter((each) => 'ok' in each && each.ok)).toHaveLength(1);
    const extended = await world.row(card);
    // Nothing stays behind: what a payment gave back after the end would be found by the next run.
    expect(extended.dormantMinor).toBe(0n);
    expect(await world.onCard(card)).toBe(paid.ok ? 0n : 10_000n);
    expect(extended.expiresAt?.getTime()).toBeGreaterThan(ended.now.getTime());
    if (paid.ok) expect(paymentOf(paid).state).toBe('PAID');
    else await world.pay({ totalMinor: 10_000n, cardMinor: 10_000n });
    seen.add(paid.ok ? 'paid' : 'refused');
    world.shop.advance(1);
  }
  expect([...seen]).toContain('paid');
}, 120_000);
