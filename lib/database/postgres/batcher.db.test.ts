import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { committerOf, transaction } from '../client';
import type { Row, Unit } from '../commit-units';
import { openTestDatabase, type TestDatabase } from '../testing';
import { Batcher } from './batcher';

it('commits units together, but not inside a transaction', async () => {
  const test = await openTestDatabase();
  expect(committerOf(test.db) instanceof Batcher).toBe(test.engine === 'postgres');
  await transaction(test.db, async (tx) => expect(committerOf(tx)).toBeUndefined());
  await test.close();
});

/** SQLite's own: lib/database/sqlite/group-commit.test.ts. */
const onPostgres = process.env.KABAO_TEST_ENGINE === 'postgres' ? describe : null;
const AT = '2026-11-23T02:00:00.000Z';

onPostgres?.('a batch', () => {
  let test: TestDatabase;
  let batcher: Batcher;

  beforeEach(async () => {
    test = await openTestDatabase();
    batcher = new Batcher(test.url, { lanes: 1 });
  });
  afterEach(async () => {
    await batcher.close();
    await test.close();
  });

  it('takes what arrived while the one before was on its way, and answers each', async () => {
    const sizes: number[] = [];
    let waiting = 0;
    batcher = new Batcher(test.url, {
      lanes: 1,
      around: (call) => {
        sizes.push(waiting);
        waiting = 0;
        return call();
      },
    });
    await batcher.commit(inserting('warm'));
    sizes.length = 0;
    const send = (id: string) => {
      waiting += 1;
      return batcher.commit(inserting(id));
    };
    const first = send('first');
    await oneTurn();
    await oneTurn();
    const later = Array.from({ length: 40 }, (_, index) => send(`later-${index}`));
    const outcomes = await Promise.all([first, ...later]);
    expect(outcomes.every(({ outcome }) => outcome === 'committed')).toBe(true);
    expect(sizes).toEqual([1, 40]);
    expect(await test.db.outboxMessage.count()).toBe(42);
  });

  it('never holds more units than it may', async () => {
    let calls = 0;
    batcher = new Batcher(test.url, {
      lanes: 1,
      maxUnits: 10,
      around: (call) => {
        calls += 1;
        return call();
      },
    });
    await Promise.all(Array.from({ length: 35 }, (_, index) => batcher.commit(inserting(`m-${index}`))));
    expect(calls).toBe(4);
  });

  it('whose answer is lost was committed: each caller gets the error, and the same key finds out', async () => {
    let loses = true;
    batcher = new Batcher(test.url, {
      lanes: 1,
      around: async (call) => {
        const answer = await call();
        if (loses) throw new Error('the connection was lost');
        return answer;
      },
    });
    const units = Array.from({ length: 8 }, (_, index) => keyed(`k-${index}`, `m-${index}`));
    const lost = await Promise.allSettled(units.map((unit) => batcher.commit(unit)));
    expect(lost.map(({ status }) => status)).toEqual(units.map(() => 'rejected'));
    expect(await test.db.outboxMessage.count()).toBe(8);
    loses = false;
    const again = await Promise.all(units.map((unit) => batcher.commit(unit)));
    expect(again).toEqual(units.map((_, index) => ({ outcome: 'replayed', response: `m-${index}` })));
    expect(await test.db.outboxMessage.count()).toBe(8);
  });

  it('of which the server does not know whether it was committed is not sent again', async () => {
    let calls = 0;
    batcher = new Batcher(test.url, {
      lanes: 1,
      around: async (call) => {
        await call();
        calls += 1;
        throw Object.assign(new Error('result is ambiguous'), { code: '40003' });
      },
    });
    await expect(batcher.commit(inserting('m'))).rejects.toMatchObject({ code: '40003' });
    expect(calls).toBe(1);
    expect(await test.db.outboxMessage.count()).toBe(1);
  });

  it('whose connection is cut while it waits for a row has changed nothing, and the next one opens another', async () => {
    await addOrders(test, ['ord_a']);
    const blocker = await connected(test);
    await blocker.query('BEGIN');
    await blocker.query(`SELECT 1 FROM "Order" WHERE "id" = 'ord_a' FOR UPDATE`);
    const cut = Promise.allSettled([batcher.commit(paying('ord_a')), batcher.commit(keyed('k', 'm'))]);
    await untilWaiting(test);
    await blocker.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kabao commits' AND datname = current_database()`,
    );
    expect((await cut).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await blocker.query('ROLLBACK');
    await blocker.end();
    expect(await test.db.outboxMessage.count()).toBe(0);
    expect(await batcher.commit(paying('ord_a'))).toEqual({ outcome: 'committed' });
    expect(await batcher.commit(keyed('k', 'm'))).toEqual({ outcome: 'committed' });
  });

  it('that has no answer in time fails its callers, and later ones go on by another connection', async () => {
    await addOrders(test, ['ord_a']);
    const blocker = await connected(test);
    await blocker.query('BEGIN');
    await blocker.query(`SELECT 1 FROM "Order" WHERE "id" = 'ord_a' FOR UPDATE`);
    const impatient = new Batcher(test.url, { lanes: 1, answerMs: 1_000 });
    const results = await Promise.allSettled([
      impatient.commit(paying('ord_a')),
      impatient.commit(inserting('m')),
    ]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { message: 'Query read timeout' } },
      { status: 'rejected', reason: { message: 'Query read timeout' } },
    ]);
    expect(await impatient.commit(inserting('later'))).toEqual({ outcome: 'committed' });
    await blocker.query('ROLLBACK');
    await blocker.end();
    await impatient.close();
  });

  it('that is the victim of a deadlock is tried again', async () => {
    await addOrders(test, ['ord_a', 'ord_b']);
    // Who looks for a deadlock first is its victim: on a slow machine one second is too short for both to be in it.
    await test.raw(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 5000', current_database()); END $$`,
    );
    const other = await connected(test);
    await other.query(`SET deadlock_timeout = '1min'`);
    await other.query('BEGIN');
    await other.query(`UPDATE "Order" SET "payBy" = now() WHERE "id" = 'ord_b'`);
    const both = Promise.all([batcher.commit(paying('ord_a')), batcher.commit(paying('ord_b'))]);
    await untilWaiting(test);
    // The batch waits since longer, so it is the one that PostgreSQL gives up.
    await other.query(`UPDATE "Order" SET "payBy" = now() WHERE "id" = 'ord_a'`);
    await other.query('COMMIT');
    await other.end();
    expect(await both).toEqual([{ outcome: 'committed' }, { outcome: 'committed' }]);
    expect((await test.db.order.findMany()).map(({ state }) => state)).toEqual(['paying', 'paying']);
  });

  it('goes on when a migration beside the process adds a column', async () => {
    await batcher.commit(inserting('before'));
    await test.raw(`ALTER TABLE "OutboxMessage" ADD COLUMN "later" text`);
    expect(await batcher.commit(inserting('during'))).toEqual({ outcome: 'committed' });
    let calls = 0;
    const counting = new Batcher(test.url, {
      around: (call) => {
        calls += 1;
        return call();
      },
    });
    expect(await counting.commit(inserting('after'))).toEqual({ outcome: 'committed' });
    await counting.close();
    expect(calls).toBe(1);
  });

  it('one unit that the database fails harms no neighbour and is failed itself', async () => {
    const broken = {
      ...inserting('broken'),
      updates: [{ ...guard('ord_none'), set: { paidAt: 'no instant' } }],
    };
    const [bad, good] = await Promise.allSettled([
      batcher.commit({
        inserts: [{ table: 'OutboxMessage', rows: [message('bad', { createdAt: 'never' })] }],
      }),
      batcher.commit(inserting('good')),
      batcher.commit(broken),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22007' } });
    expect(good).toEqual({ status: 'fulfilled', value: { outcome: 'committed' } });
    expect((await test.db.outboxMessage.findMany()).map(({ id }) => id)).toEqual(['good']);
  });

  it('one unit that the database cannot even read harms no neighbour either', async () => {
    const [bad, ...good] = await Promise.allSettled([
      batcher.commit({
        inserts: [{ table: 'OutboxMessage', rows: [message('bad', { payload: 'a\u0000b' })] }],
      }),
      batcher.commit(inserting('good')),
      batcher.commit(keyed('k', 'better')),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22P05' } });
    expect(good).toEqual(good.map(() => ({ status: 'fulfilled', value: { outcome: 'committed' } })));
    expect(await test.db.outboxMessage.count()).toBe(2);
  });
});

function message(id: string, over: Partial<Row> = {}): Row {
  const open = { leasedBy: null, leasedUntil: null, deliveredAt: null, parkedAt: null, lastError: null };
  return { id, topic: 'test', payload: '{}', createdAt: AT, availableAt: AT, attempts: 0, ...open, ...over };
}

function inserting(id: string): Unit {
  return { inserts: [{ table: 'OutboxMessage', rows: [message(id)] }] };
}

function keyed(key: string, id: string): Unit {
  return {
    ...inserting(id),
    idempotency: { scope: 's', key, fingerprint: 'f', response: id, createdAt: AT },
  };
}

function guard(id: string) {
  return { table: 'Order' as const, key: { id }, expect: { state: 'open' }, set: {} };
}

function paying(id: string): Unit {
  return { updates: [{ ...guard(id), set: { state: 'paying' } }] };
}

async function addOrders(test: TestDatabase, ids: readonly string[]): Promise<void> {
  const createdAt = new Date(AT);
  await test.db.user.create({
    data: { id: 'usr_1', name: 'n', passwordHash: '-', role: 'shopper', locale: 'en', createdAt },
  });
  await test.db.order.createMany({
    data: ids.map((id) => ({
      id,
      number: id,
      userId: 'usr_1',
      state: 'open',
      currency: 'CNY',
      totalMinor: 100n,
      createdAt,
      payBy: createdAt,
    })),
  });
}

async function connected(test: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: test.url });
  await client.connect();
  return client;
}

/** Until a batch of this database waits for a lock. */
async function untilWaiting({ db }: TestDatabase): Promise<void> {
  for (;;) {
    const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity
      WHERE application_name = 'kabao commits' AND datname = current_database() AND wait_event_type = 'Lock'`;
    if (rows.length > 0) return;
  }
}

function oneTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
