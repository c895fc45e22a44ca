import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, plusMs } from '@/lib/kernel';
import { activateCards } from './activate-cards';
import { freezeCard } from './freeze-card';
import type { CardContext } from './issue-cards';
import { cardContext, issueTestCards, type TestCard } from './testing';
import { unfreezeCard } from './unfreeze-card';

let fixture: TestDatabase;
let context: CardContext;

beforeAll(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
});
afterAll(() => fixture.close());

const actor = { id: 'usr_support', role: 'support' };

async function oneCard(programmeId = 'fuyun'): Promise<TestCard> {
  const [card] = await issueTestCards(context, { count: 1, programmeId });
  if (!card) throw new Error('one card was issued');
  return card;
}

const stateOf = async (card: TestCard) =>
  fixture.db.card.findUniqueOrThrow({ where: { id: card.id }, select: { state: true, frozenReason: true } });

test('a card is frozen and unfrozen with a reason, and both stay on record', async () => {
  const card = await oneCard();
  const request = { cardId: card.id, actor };
  expect(await freezeCard(context, { ...request, reason: ' 持卡人来电报失 ' })).toEqual({
    ok: true,
    value: { cardId: card.id },
  });
  expect(await stateOf(card)).toEqual({ state: 'frozen', frozenReason: '持卡人来电报失' });
  expect(await unfreezeCard(context, { ...request, reason: '卡找到了' })).toMatchObject({ ok: true });
  expect(await stateOf(card)).toEqual({ state: 'active', frozenReason: null });

  const events = await fixture.db.cardEvent.findMany({ where: { cardId: card.id }, orderBy: { id: 'asc' } });
  expect(events.map(({ kind, actorId, reason }) => [kind, actorId, reason])).toEqual([
    ['issued', null, null],
    ['frozen', actor.id, '持卡人来电报失'],
    ['unfrozen', actor.id, '卡找到了'],
  ]);
  const audited = await fixture.db.auditEvent.findMany({
    where: { subjectId: card.id },
    orderBy: { id: 'asc' },
  });
  expect(audited.map(({ action, actorRole, reason }) => [action, actorRole, reason])).toEqual([
    ['card.frozen', 'support', '持卡人来电报失'],
    ['card.unfrozen', 'support', '卡找到了'],
  ]);
});

test('a move without a reason, of no card, or out of turn is refused and changes nothing', async () => {
  const card = await oneCard();
  const request = { cardId: card.id, actor, reason: '测试' };
  expect(await freezeCard(context, { ...request, reason: '  ' })).toEqual({
    ok: false,
    refusal: { code: 'reason_missing' },
  });
  for (const cardId of ['crd_00000000000000000000000000', "' OR 1=1"]) {
    expect(await freezeCard(context, { ...request, cardId })).toEqual({
      ok: false,
      refusal: { code: 'card_not_found' },
    });
  }
  expect(await unfreezeCard(context, request)).toEqual({
    ok: false,
    refusal: { code: 'not_possible_in_state', state: 'active' },
  });
  expect(await fixture.db.auditEvent.count({ where: { subjectId: card.id } })).toBe(0);
});

test('a card frozen by many at once is frozen once', async () => {
  const card = await oneCard();
  const results = await Promise.all(
    Array.from({ length: 8 }, () => freezeCard(context, { cardId: card.id, actor, reason: '可疑' })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await fixture.db.cardEvent.count({ where: { cardId: card.id, kind: 'frozen' } })).toBe(1);
});

test('a physical card is activated once; cards that are active already are told', async () => {
  const [physical, electronic] = [await oneCard('zhenxiang'), await oneCard()];
  const request = { cardIds: [physical.id, electronic.id], actor: null, reason: null };
  expect(await activateCards(context, request)).toEqual({
    activated: 1,
    refused: [{ cardId: electronic.id, refusal: { code: 'not_possible_in_state', state: 'active' } }],
  });
  expect(await stateOf(physical)).toMatchObject({ state: 'active' });
  expect(await fixture.db.card.findUnique({ where: { id: physical.id } })).toMatchObject({ expiresAt: null });
});

test('the validity of a card that is activated later begins then', async () => {
  const card = await oneCard();
  await fixture.db.card.update({ where: { id: card.id }, data: { state: 'issued' } });
  const later = { ...context, now: plusMs(context.now, 100 * DAY_MS) };
  await activateCards(later, { cardIds: [card.id], actor, reason: null });
  expect(await fixture.db.card.findUnique({ where: { id: card.id } })).toMatchObject({
    state: 'active',
    expiresAt: new Date('2030-03-03T16:00:00.000Z'),
  });
});

test('a card that was frozen for a reason which reads like a report of loss is unfrozen all the same', async () => {
  const request = { cardId: (await oneCard()).id, actor };
  await freezeCard(context, { ...request, reason: 'reported_lost' });
  expect(await unfreezeCard(context, { ...request, reason: '卡找到了' })).toMatchObject({ ok: true });
});
