import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { type Id, newId } from '@/lib/kernel';
import { archiveCard } from './archive-card';
import { attachCard } from './attach-card';
import { settingsOf } from './card-settings';
import type { CardContext } from './issue-cards';
import { setDayLimit } from './set-day-limit';
import { findCard } from './store';
import { addShopper, cardContext, issueTestCards } from './testing';

let test: TestDatabase;
let context: CardContext;

beforeAll(async () => {
  test = await openTestDatabase();
  context = await cardContext(test.db);
});
afterAll(() => test.close());

async function ownCard() {
  const userId = await addShopper(test.db);
  const [issued] = await issueTestCards(context, { count: 1 });
  const card = issued && (await findCard(test.db, issued.id));
  if (!card) throw new Error('one card');
  await attachCard(context, { card, userId });
  return { cardId: card.id, userId };
}

const limitOf = async (cardId: Id<'crd'>) => (await settingsOf(test.db, [cardId])).get(cardId)?.dayLimitMinor;
const refused = (code: string) => ({ ok: false, refusal: { code } });

describe('a limit of the day', () => {
  it('is set and lowered at once, and raised or lifted only by who proves again who it is', async () => {
    const own = await ownCard();
    const set = (limitMinor: bigint | null, proven = false) =>
      setDayLimit(context, { ...own, limitMinor, proven });
    expect(await set(20_000n)).toMatchObject({ ok: true });
    expect(await set(10_000n)).toMatchObject({ ok: true });
    expect(await set(10_001n)).toMatchObject(refused('proof_needed'));
    expect(await set(null)).toMatchObject(refused('proof_needed'));
    expect(await limitOf(own.cardId)).toBe(10_000n);
    expect(await set(10_001n, true)).toMatchObject({ ok: true });
    expect(await set(10_001n)).toMatchObject({ ok: true });
    expect(await set(null, true)).toMatchObject({ ok: true });
    expect(await limitOf(own.cardId)).toBeNull();

    const told = await test.db.outboxMessage.findMany({ where: { topic: 'card.limit_changed' } });
    expect(told.map(({ payload }) => JSON.parse(payload))).toEqual(Array.from({ length: 4 }, () => own));
    const lines = await test.db.auditEvent.findMany({
      where: { subjectId: own.cardId },
      orderBy: { id: 'asc' },
    });
    expect(lines.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual([
      { before: null, after: '20000' },
      { before: '20000', after: '10000' },
      { before: '10000', after: '10001' },
      { before: '10001', after: null },
    ]);
  });

  it('is nobody else’s to set, nor for a card that does not exist or is closed', async () => {
    const own = await ownCard();
    const wish = { limitMinor: 1n, proven: true };
    const other = await addShopper(test.db);
    for (const cardId of [own.cardId, newId('crd'), "' OR 1=1"]) {
      expect(await setDayLimit(context, { cardId, userId: other, ...wish })).toEqual(
        refused('card_not_found'),
      );
    }
    await test.db.card.update({ where: { id: own.cardId }, data: { state: 'closed' } });
    expect(await setDayLimit(context, { ...own, ...wish })).toMatchObject(refused('not_possible_in_state'));
    expect(await limitOf(own.cardId)).toBeUndefined();
  });

  it('that is set several times at once is set each time, one after the other', async () => {
    const own = await ownCard();
    const limits = [5_000n, 4_000n, 3_000n, 2_000n];
    const set = await Promise.all(
      limits.map((limitMinor) => setDayLimit(context, { ...own, limitMinor, proven: true })),
    );
    expect(set.every(({ ok }) => ok)).toBe(true);
    expect(limits).toContain(await limitOf(own.cardId));
    const events = { cardId: own.cardId, kind: 'limit_changed' };
    expect(await test.db.cardEvent.count({ where: events })).toBe(limits.length);
  });
});

describe('a card that is archived', () => {
  it('keeps its limit, comes back, and is nobody else’s to archive', async () => {
    const own = await ownCard();
    await setDayLimit(context, { ...own, limitMinor: 7_000n, proven: false });
    const twice = () => archiveCard(context, { ...own, archived: true });
    expect([await twice(), await twice()]).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await settingsOf(test.db, [own.cardId])).get(own.cardId)).toMatchObject({
      dayLimitMinor: 7_000n,
      archivedAt: context.now,
    });
    expect(await archiveCard(context, { ...own, archived: false })).toMatchObject({ ok: true });
    expect((await settingsOf(test.db, [own.cardId])).get(own.cardId)?.archivedAt).toBeNull();
    const userId = await addShopper(test.db);
    expect(await archiveCard(context, { ...own, userId, archived: true })).toEqual(refused('card_not_found'));
  });
});
