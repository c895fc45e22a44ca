import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { call, sql, sqliteDatabases } from './testing/harness';

const databases = sqliteDatabases();

describe('stored procedures', () => {
  test('answer one row with their result as JSON, integers as decimal text', async () => {
    const { adapter, client } = await databases.open();
    expect(await call(adapter, 'insert_counter', { id: 'a' })).toEqual({
      columnNames: ['result'],
      columnTypes: [7],
      rows: [['{"counters":"1"}']],
    });
    expect(await client.$queryRawUnsafe('CALL insert_counter(?)', '{"id":"b"}')).toEqual([
      { result: '{"counters":"2"}' },
    ]);
    expect(await client.$transaction((tx) => tx.$queryRawUnsafe('CALL spin(?)', '{"ms":0}'))).toEqual([
      { result: 'null' },
    ]);
  });

  test('are undone when they throw, alone, together with others and inside a transaction', async () => {
    const { adapter, client } = await databases.open();
    await expect(call(adapter, 'insert_then_fail', { id: 'alone' })).rejects.toMatchObject({
      cause: { originalCode: 'PROCEDURE_FAILED', originalMessage: 'changed my mind' },
    });
    const results = await Promise.allSettled([
      call(adapter, 'insert_counter', { id: 'a' }),
      call(adapter, 'insert_then_fail', { id: 'together' }),
      call(adapter, 'insert_counter', { id: 'a' }),
      call(adapter, 'insert_counter', { id: 'b' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[2]).toMatchObject({ reason: { cause: { kind: 'UniqueConstraintViolation' } } });
    await client.$transaction(async (tx) => {
      await tx.$queryRawUnsafe('CALL insert_counter(?)', '{"id":"c"}');
      await expect(tx.$queryRawUnsafe('CALL insert_then_fail(?)', '{"id":"inside"}')).rejects.toMatchObject({
        code: 'P2010',
      });
    });
    expect((await client.counter.findMany()).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  });

  test('are refused by an unknown name or a payload that is not JSON', async () => {
    const { client } = await databases.open();
    for (const [text, payload] of [
      ['CALL nothing(?)', '{}'],
      ['CALL constructor(?)', '{}'],
      ['CALL spin(?)', 'not JSON'],
    ] as const) {
      await expect(client.$queryRawUnsafe(text, payload)).rejects.toMatchObject({ code: 'P2010' });
    }
  });
});

describe('writes that wait together', () => {
  test('are committed together, each with its own answer', async () => {
    const { path, adapter } = await databases.open();
    const before = commitsInLog(path);
    const answers = await Promise.all([
      ...Array.from({ length: 40 }, (_, index) => call(adapter, 'insert_counter', { id: `call-${index}` })),
      ...Array.from({ length: 40 }, (_, index) =>
        adapter.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', `statement-${index}`)),
      ),
    ]);
    expect(answers).toHaveLength(80);
    expect(commitsInLog(path) - before).toBe(1);
  });

  test('are acknowledged only once they are in the log', async () => {
    const { path, adapter } = await databases.open();
    const logged: number[] = [];
    const before = commitsInLog(path);
    for (let round = 1; round <= 5; round++) {
      await Promise.all([
        call(adapter, 'insert_counter', { id: `a-${round}` }),
        call(adapter, 'insert_counter', { id: `b-${round}` }),
      ]);
      logged.push(commitsInLog(path) - before);
    }
    expect(logged).toEqual([1, 2, 3, 4, 5]);
  });

  test('keep their order, and a transaction between them has the database to itself', async () => {
    const { adapter } = await databases.open();
    const insert = (id: string) => adapter.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', id));
    const first = insert('1');
    const begun = adapter.startTransaction();
    const last = insert('3');
    const transaction = await begun;
    await transaction.executeRaw(sql('INSERT INTO "Counter" ("id") VALUES (?)', '2'));
    await transaction.commit();
    await Promise.all([first, last]);
    const { rows } = await adapter.queryRaw(sql('SELECT "id" FROM "Counter" ORDER BY rowid'));
    expect(rows).toEqual([['1'], ['2'], ['3']]);
  });
});

describe('the event loop', () => {
  test('keeps its timers while the writer and the readers are saturated', async () => {
    const { adapter } = await databases.open();
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    const startedAt = performance.now();
    const count = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n`;
    await Promise.all([
      ...Array.from({ length: 64 }, () => call(adapter, 'spin', { ms: 15 })),
      ...Array.from({ length: 64 }, () => adapter.queryRaw(sql(count))),
    ]);
    const elapsedMs = performance.now() - startedAt;
    clearInterval(timer);
    expect(elapsedMs).toBeGreaterThan(900);
    // A database on this thread would leave none; a tenth of them leaves room for a busy machine.
    expect(ticks).toBeGreaterThan(elapsedMs / 10 / 10);
  });
});

/** Commits in the write-ahead log (sqlite.org/fileformat2.html#walformat): frames that tell the size of the database. */
function commitsInLog(path: string): number {
  if (!existsSync(`${path}-wal`)) return 0;
  const log = readFileSync(`${path}-wal`);
  const pageBytes = log.readUInt32BE(8);
  let commits = 0;
  for (let frame = 32; frame + 24 + pageBytes <= log.length; frame += 24 + pageBytes) {
    const isOfThisLog = log.readUInt32BE(frame + 8) === log.readUInt32BE(16);
    if (isOfThisLog && log.readUInt32BE(frame + 4) > 0) commits += 1;
  }
  return commits;
}
