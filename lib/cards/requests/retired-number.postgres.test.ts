import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditRow } from '@/lib/audit';
import { commitUnit, transaction } from '@/lib/database';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { newId } from '@/lib/kernel';
import { openAccounts } from '@/lib/ledger';
import type { CardContext } from '../issue-cards';
import { cardContext, issueTestCards } from '../testing';

let fixture: TestDatabase;
let context: CardContext;

beforeAll(async () => {
  fixture = await openTestDatabase();
  context = await cardContext(fixture.db);
});
afterAll(() => fixture.close());

async function untilSomebodyWaits(): Promise<void> {
  const query = `SELECT 1 AS "one" FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  while ((await fixture.db.$queryRawUnsafe<unknown[]>(query)).length === 0);
}

test.each(['imported', 'given to a card that exists'])(
  'a number that is retired at the same instant is not %s',
  async (how) => {
    const { db } = fixture;
    const [lost, other] = await issueTestCards(context, { count: 2 });
    if (!lost || !other) throw new Error('two cards were issued');
    const row = await db.card.findUniqueOrThrow({ where: { id: lost.id } });
    const { numberHmac } = row;
    const accountId = newId('acc');
    const opened = { id: accountId, kind: 'card', currency: 'CNY', now: context.now } as const;
    await transaction(db, (tx) => openAccounts(tx, [opened]));
    const take = () =>
      how === 'imported'
        ? db.card.create({ data: { ...row, id: newId('crd'), accountId } })
        : db.card.update({ where: { id: other.id }, data: { numberHmac } });
    let taken: Promise<unknown> | undefined;
    await transaction(db, async (tx) => {
      const retiredAt = context.now;
      await tx.retiredNumber.create({ data: { numberHmac, cardId: lost.id, retiredAt } });
      await tx.card.update({ where: { id: lost.id }, data: { numberHmac: `new of ${lost.id}` } });
      taken = take();
      taken.catch(() => undefined);
      await untilSomebodyWaits();
    });
    await expect(taken).rejects.toThrow(/number is retired/);
    expect(await db.card.count({ where: { numberHmac } })).toBe(0);
  },
);

test('a number that a card has is not retired', async () => {
  const [card] = await issueTestCards(context, { count: 1 });
  if (!card) throw new Error('one card was issued');
  const { numberHmac } = await fixture.db.card.findUniqueOrThrow({ where: { id: card.id } });
  const retire = fixture.db.retiredNumber.create({
    data: { numberHmac, cardId: card.id, retiredAt: context.now },
  });
  await expect(retire).rejects.toThrow(/in use/);
  expect(await fixture.db.retiredNumber.count({ where: { numberHmac } })).toBe(0);
});

test('whoever retires a number in use fails alone, also among units that are committed together', async () => {
  const { db } = fixture;
  const [card] = await issueTestCards(context, { count: 1 });
  if (!card) throw new Error('one card was issued');
  const { numberHmac } = await db.card.findUniqueOrThrow({ where: { id: card.id } });
  const retired = { numberHmac, cardId: card.id, retiredAt: context.now.toISOString() };
  const looked = () =>
    auditRow({ at: context.now, actor: null, action: 'card.viewed', subject: { type: 'card', id: card.id } });
  const [first, wrong, last] = await Promise.allSettled([
    commitUnit(db, { inserts: [{ table: 'AuditEvent', rows: [looked()] }] }),
    commitUnit(db, { inserts: [{ table: 'RetiredNumber', rows: [retired] }] }),
    commitUnit(db, { inserts: [{ table: 'AuditEvent', rows: [looked()] }] }),
  ]);
  const committed = { status: 'fulfilled', value: { outcome: 'committed' } };
  expect([first, last]).toEqual([committed, committed]);
  expect(wrong).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(/in use/) } });
  expect(await db.auditEvent.count({ where: { subjectId: card.id } })).toBe(2);
  expect(await db.retiredNumber.count({ where: { numberHmac } })).toBe(0);
});
