import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitUnit } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, plusMs } from '@/lib/kernel';
import { handOverCard } from './hand-over-card';
import type { CardContext } from './issue-cards';
import { addShopper, cardContext, issueTestCards } from './testing';

let test: TestDatabase;
let context: CardContext;

beforeEach(async () => {
  test = await openTestDatabase();
  context = await cardContext(test.db);
});
afterEach(() => test.close());

async function waitingCard(state = 'issued') {
  const [card] = await issueTestCards(context, { count: 1 });
  if (!card) throw new Error('one card was issued');
  await test.db.card.update({ where: { id: card.id }, data: { state } });
  return card.id;
}

it('of many units that hand a card over at the same moment one commits', async () => {
  for (let round = 0; round < 10; round += 1) {
    const cardId = await waitingCard();
    const people = await Promise.all(Array.from({ length: 4 }, () => addShopper(test.db)));
    // All of them are made before the first commits.
    const units = await Promise.all(
      people.map((userId) => handOverCard(test.db, { ...context, cardId, userId })),
    );
    const outcomes = await Promise.all(units.map((unit) => commitUnit(test.db, unit.ok ? unit.value : {})));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'committed',
      'refused',
      'refused',
      'refused',
    ]);
    const winner = people[outcomes.findIndex(({ outcome }) => outcome === 'committed')];
    const card = await test.db.card.findUniqueOrThrow({ where: { id: cardId } });
    expect(card).toMatchObject({ state: 'active', holderId: winner });
    expect(await test.db.cardEvent.count({ where: { cardId, kind: 'bound' } })).toBe(1);
  }
});

it('its validity begins with the day it is handed over', async () => {
  const cardId = await waitingCard();
  const before = await test.db.card.findUniqueOrThrow({ where: { id: cardId } });
  const now = plusMs(context.now, 400 * DAY_MS);
  const userId = await addShopper(test.db);
  const unit = await handOverCard(test.db, { ...context, now, cardId, userId });
  await commitUnit(test.db, unit.ok ? unit.value : {});
  const after = await test.db.card.findUniqueOrThrow({ where: { id: cardId } });
  const gainedMs = (after.expiresAt?.getTime() ?? 0) - (before.expiresAt?.getTime() ?? 0);
  expect(Math.abs(gainedMs - 400 * DAY_MS)).toBeLessThanOrEqual(DAY_MS);
});

it.each(['active', 'frozen', 'closed'])('a card that is %s is not handed over', async (state) => {
  const cardId = await waitingCard(state);
  const userId = await addShopper(test.db);
  expect(await handOverCard(test.db, { ...context, cardId, userId })).toEqual({
    ok: false,
    refusal: { code: 'not_possible_in_state', state },
  });
});
