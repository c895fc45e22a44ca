import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { commitUnit, failureOf, type Row, transaction, type Unit } from './index';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

const AT = '2026-11-23T02:00:00.000Z';

function message(id: string, over: Partial<Row> = {}): Row {
  return {
    id,
    topic: 'test',
    payload: '{}',
    createdAt: AT,
    availableAt: AT,
    attempts: 0,
    leasedBy: null,
    leasedUntil: null,
    deliveredAt: null,
    parkedAt: null,
    lastError: null,
    ...over,
  };
}

const inserting = (...rows: Row[]): Unit => ({ inserts: [{ table: 'OutboxMessage', rows }] });
const ids = async () =>
  (await test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

describe('a unit that meets a unique index', () => {
  it('is refused as a duplicate and has changed nothing', async () => {
    await commitUnit(test.db, inserting(message('a')));
    const again = await commitUnit(test.db, inserting(message('b'), message('a')));
    expect(again).toEqual({ outcome: 'refused', refusal: { code: 'duplicate' } });
    expect(await ids()).toEqual(['a']);
  });

  it('inside a transaction throws, because PostgreSQL has given that transaction up', async () => {
    await commitUnit(test.db, inserting(message('a')));
    const work = transaction(test.db, async (tx) => {
      await commitUnit(tx, inserting(message('b')));
      return commitUnit(tx, inserting(message('a')));
    });
    await expect(work).rejects.toSatisfy((error) => failureOf(error) === 'unique');
    expect(await ids()).toEqual(['a']);
  });
});

describe('a deadlock', () => {
  it('between two units is tried again until both are done', async () => {
    await commitUnit(test.db, inserting(message('a'), message('b')));
    const turn = (first: string, second: string): Unit => ({
      updates: [first, second].map((id) => ({
        table: 'OutboxMessage',
        key: { id },
        expect: {},
        set: { topic: `${first}${second}` },
      })),
    });
    const units = Array.from({ length: 6 }, (_, n) => (n % 2 ? turn('a', 'b') : turn('b', 'a')));
    const outcomes = await Promise.all(units.map((unit) => commitUnit(test.db, unit)));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['committed']));
  });

  // SQLite has one writer, which waits for nobody.
  const onPostgres = process.env.KABAO_TEST_ENGINE === 'postgres' ? it : null;
  onPostgres?.('inside a transaction reaches whoever can begin that transaction anew', async () => {
    await commitUnit(test.db, inserting(message('a'), message('b')));
    const lock = (id: string): Unit => ({
      updates: [{ table: 'OutboxMessage', key: { id }, expect: {}, set: {} }],
    });
    let both = 0;
    let meet: () => void = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const crossing = (first: string, second: string) =>
      transaction(test.db, async (tx) => {
        await commitUnit(tx, lock(first));
        both += 1;
        if (both === 2) meet();
        await met;
        await commitUnit(tx, lock(second));
      });
    const results = await Promise.allSettled([crossing('a', 'b'), crossing('b', 'a')]);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons.map(failureOf)).toEqual(['deadlock']);
  });
});

describe('what a guarded update expects', () => {
  it('is compared as text of the same form on both engines: null, words, whole numbers, one of several', async () => {
    await commitUnit(test.db, inserting(message('a', { attempts: 3, leasedBy: 'w' })));
    const guard = (expected: Record<string, string | number | bigint | null | readonly string[]>) =>
      commitUnit(test.db, {
        updates: [{ table: 'OutboxMessage', key: { id: 'a' }, expect: expected, set: {} }],
      });
    for (const right of [{ leasedUntil: null }, { leasedBy: 'w' }, { attempts: 3 }, { attempts: 3n }]) {
      expect(await guard(right)).toEqual({ outcome: 'committed' });
    }
    expect(await guard({ topic: ['other', 'test'] })).toEqual({ outcome: 'committed' });
    for (const wrong of [{ leasedBy: null }, { leasedUntil: 'x' }, { attempts: 4 }, { topic: ['other'] }]) {
      expect(await guard(wrong)).toMatchObject({ outcome: 'refused', refusal: { code: 'row_changed' } });
    }
    expect(await guard({ leasedUntil: ['x'] })).toMatchObject({ outcome: 'refused' });
  });

  it('of a row that does not exist is not met', async () => {
    const gone = { table: 'OutboxMessage', key: { id: 'none' }, expect: {}, set: {} } as const;
    expect(await commitUnit(test.db, { updates: [gone] })).toEqual({
      outcome: 'refused',
      refusal: { code: 'row_changed', update: 0 },
    });
  });
});

it('a table that no unit may touch is refused by the database itself', async () => {
  const user = { table: 'User', key: { id: 'x' }, expect: {}, set: {} };
  const smuggled = JSON.parse(JSON.stringify({ updates: [user] }));
  await expect(commitUnit(test.db, smuggled)).rejects.toThrow(/not allowed/);
  const transfer = JSON.parse(JSON.stringify({ inserts: [{ table: 'Transfer', rows: [{ id: 't' }] }] }));
  await expect(commitUnit(test.db, transfer)).rejects.toThrow(/not allowed/);
});

it('texts come back as they went in, whatever is in them', async () => {
  const odd = `"'\\ 卡包 😀 \t\n %s $1 ? {}`;
  await commitUnit(test.db, inserting(message('a', { lastError: odd })));
  expect(await test.db.outboxMessage.findUniqueOrThrow({ where: { id: 'a' } })).toMatchObject({
    lastError: odd,
    createdAt: new Date(AT),
  });
});
