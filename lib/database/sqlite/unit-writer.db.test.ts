import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitUnit, type Row, transaction, type Unit, type UnitOutcome } from '../index';
import { openTestDatabase, type TestDatabase } from '../testing';
import { stepsOf } from './unit-steps';

const AT = '2026-11-23T02:00:00.000Z';
let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
  await commitUnit(test.db, { ...inserting('a', 'b'), idempotency: key('used') });
});
afterEach(() => test.close());

function message(id: string, over: Partial<Row> = {}): Row {
  const open = { leasedBy: null, leasedUntil: null, deliveredAt: null, parkedAt: null, lastError: null };
  return { id, topic: 't', payload: '{}', createdAt: AT, availableAt: AT, attempts: 0, ...open, ...over };
}

function inserting(...ids: string[]): Unit {
  return { inserts: [{ table: 'OutboxMessage', rows: ids.map((id) => message(id)) }] };
}

function key(name: string, fingerprint = 'f') {
  return { scope: 's', key: name, fingerprint, response: `answer to ${name}`, createdAt: AT };
}

function moving(id: string, from: string | readonly string[], to: string) {
  return { table: 'OutboxMessage' as const, key: { id }, expect: { topic: from }, set: { topic: to } };
}

/** What a unit does to a database, judged in a transaction that is then taken back. */
async function judged(unit: Unit): Promise<{ outcome: UnitOutcome; topics: Record<string, string> }> {
  let seen: { outcome: UnitOutcome; topics: Record<string, string> } | undefined;
  const undone = new Error('taken back');
  const work = transaction(test.db, async (tx) => {
    const outcome = await commitUnit(tx, unit);
    seen = { outcome, topics: topicsOf(await tx.outboxMessage.findMany({ orderBy: { id: 'asc' } })) };
    throw undone;
  });
  await expect(work).rejects.toBe(undone);
  if (!seen) throw new Error('the unit was judged');
  return seen;
}

function topicsOf(rows: readonly { id: string; topic: string }[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ id, topic }) => [id, topic]));
}

describe('a unit is answered and written as it is when it is judged', () => {
  const units: Record<string, Unit> = {
    'rows and changes': { updates: [moving('a', 't', 'u')], idempotency: key('new') },
    'one of several states': { updates: [moving('a', ['x', 't'], 'u'), moving('b', 't', 'v')] },
    'a key that was used': { ...inserting('c'), idempotency: key('used') },
    'a key that was used for something else': { ...inserting('c'), idempotency: key('used', 'g') },
    'a row that is not as expected, after one that is': {
      updates: [moving('a', 't', 'u'), moving('b', 'x', 'v')],
    },
    'a row that is not there': { updates: [moving('none', 't', 'u')] },
    'one row twice, as it was before': { updates: [moving('a', 't', 'u'), moving('a', 't', 'v')] },
    'one row twice, as the first leaves it': { updates: [moving('a', 't', 'u'), moving('a', 'u', 'v')] },
    'a row that it adds itself': { ...inserting('c'), updates: [moving('c', 't', 'u')] },
    'a transfer between nobody': {
      updates: [moving('a', 't', 'u')],
      transfers: [{ id: 'x', kind: 'posted', amount: 1n, code: 1, createdAt: AT }],
    },
    'a hold that is not there': {
      updates: [moving('a', 't', 'u')],
      transfers: [{ id: 'x', kind: 'post_pending', pendingId: 'none', createdAt: AT }],
    },
  };
  it.each(Object.entries(units))('%s', async (_name, unit) => {
    const expected = await judged(unit);
    expect(await commitUnit(test.db, unit)).toEqual(expected.outcome);
    expect(topicsOf(await test.db.outboxMessage.findMany({ orderBy: { id: 'asc' } }))).toEqual(
      expected.topics,
    );
  });

  it('but what reads what it writes is left to the judge from the start', () => {
    const left = Object.entries(units).filter(([, unit]) => stepsOf(unit) === null);
    expect(left.map(([name]) => name)).toEqual([
      'one row twice, as it was before',
      'one row twice, as the first leaves it',
      'a row that it adds itself',
    ]);
  });
});

it('a unit that stands against another of its group is refused, and the group is written without it', async () => {
  const outcomes = await Promise.all([
    commitUnit(test.db, { ...inserting('c'), updates: [] }),
    commitUnit(test.db, { updates: [moving('a', 't', 'u')] }),
    commitUnit(test.db, { updates: [moving('a', 't', 'v')] }),
    commitUnit(test.db, inserting('d')),
  ]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['committed', 'committed', 'refused', 'committed']);
  expect(topicsOf(await test.db.outboxMessage.findMany())).toEqual({ a: 'u', b: 't', c: 't', d: 't' });
});
