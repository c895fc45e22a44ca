import { describe, expect, test } from 'vitest';
import { sqliteDatabases } from './testing/harness';

const databases = sqliteDatabases();

const sample = {
  name: '福运卡',
  place: '北京',
  amount: 9_007_199_254_740_993n,
  ratio: 0.1,
  isOpen: true,
  at: new Date('2026-02-28T15:59:59.007Z'),
  payload: { deep: [1, 'two', null, { three: true }] },
  bytes: new Uint8Array([0, 255, 128]),
  remark: null,
};

describe('values', () => {
  test('come back as they were given, by Prisma', async () => {
    const { client } = await databases.open();
    const created = await client.sample.create({ data: sample });
    expect(created).toEqual({ ...sample, id: 1 });
    expect(await client.sample.findMany({ where: { amount: sample.amount, at: sample.at } })).toEqual([
      created,
    ]);
    const negative = {
      ...sample,
      name: 'negative',
      amount: -9_223_372_036_854_775_808n,
      isOpen: false,
      ratio: 3,
    };
    expect(await client.sample.create({ data: negative })).toEqual({ ...negative, id: 2 });
  });

  test('come back as they were given, by raw SQL, inside a transaction and outside', async () => {
    const { client } = await databases.open();
    await client.sample.create({ data: sample });
    const query =
      'SELECT "amount", "ratio", "isOpen", "at", "payload", "bytes", "remark" FROM "Sample" WHERE "at" = ?';
    const { name: _name, place: _place, ...columns } = sample;
    expect(await client.$queryRawUnsafe(query, sample.at)).toEqual([columns]);
    expect(await client.$transaction((tx) => tx.$queryRawUnsafe(query, sample.at))).toEqual([columns]);
  });

  test('an instant is stored as text in UTC with milliseconds, so that its order is the order of time', async () => {
    const { client } = await databases.open();
    for (const [index, at] of ['2026-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'].entries()) {
      await client.sample.create({ data: { ...sample, name: `${index}`, at: new Date(at) } });
    }
    expect(await client.$queryRawUnsafe('SELECT "at" || \'\' AS stored FROM "Sample" ORDER BY "at"')).toEqual(
      [{ stored: '2025-12-31T23:59:59.999Z' }, { stored: '2026-01-01T00:00:00.000Z' }],
    );
    const past = await client.sample.findMany({
      where: { at: { lt: new Date('2026-01-01T00:00:00.000Z') } },
    });
    expect(past.map(({ name }) => name)).toEqual(['1']);
  });

  test('a whole number stays a whole number in expressions', async () => {
    const { client } = await databases.open();
    expect(
      await client.$queryRawUnsafe('SELECT ? / 2 AS half, typeof(?) AS type, ? AS fraction', 5, 5, 0.5),
    ).toEqual([{ half: 2n, type: 'integer', fraction: 0.5 }]);
  });

  test('a statement that returns rows counts them when only the count is wanted', async () => {
    const { client } = await databases.open();
    await client.counter.createMany({ data: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    expect(await client.$executeRawUnsafe(`UPDATE "Counter" SET "value" = 2 WHERE "id" <> 'a'`)).toBe(2);
    expect(await client.$executeRawUnsafe(`DELETE FROM "Counter" WHERE "id" <> 'a' RETURNING "id"`)).toBe(2);
    expect(await client.$executeRawUnsafe('SELECT * FROM "Counter"')).toBe(1);
  });

  test('a thousand rows are written and found by one statement each', async () => {
    const { client } = await databases.open();
    const ids = Array.from({ length: 5_000 }, (_, index) => `row-${index}`);
    expect(await client.counter.createMany({ data: ids.map((id) => ({ id })) })).toEqual({ count: 5_000 });
    expect(await client.counter.findMany({ where: { id: { in: ids } } })).toHaveLength(5_000);
  });

  test('SQL that begins like a read and writes is done by the writer', async () => {
    const { client } = await databases.open();
    const text = `WITH names(id) AS (VALUES ('a'), ('b')) INSERT INTO "Counter" ("id") SELECT id FROM names RETURNING "id"`;
    expect(await client.$queryRawUnsafe(text)).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(await client.counter.count()).toBe(2);
  });

  test('what a migration changed is seen at once', async () => {
    const { client, adapter } = await databases.open();
    await client.counter.create({ data: { id: 'a' } });
    const everything = 'SELECT * FROM "Counter"';
    expect(await client.$queryRawUnsafe(everything)).toEqual([{ id: 'a', value: 0n }]);
    await adapter.executeScript(
      'ALTER TABLE "Counter" ADD COLUMN "openedAt" DATETIME; CREATE TABLE "Extra" ("id" INT)',
    );
    expect(await client.$queryRawUnsafe(everything)).toEqual([{ id: 'a', value: 0n, openedAt: null }]);
    expect(await client.$queryRawUnsafe('SELECT * FROM "Extra"')).toEqual([]);
  });
});

describe('the connections', () => {
  test('hold WAL, synchronous=FULL and foreign keys, in the writer and in the readers', async () => {
    const { client, adapter } = await databases.open();
    const pragmas = async (run: (text: string) => Promise<unknown>) => [
      await run('PRAGMA journal_mode'),
      await run('PRAGMA synchronous'),
      await run('PRAGMA foreign_keys'),
      await run('PRAGMA busy_timeout'),
    ];
    const expected = [
      [{ journal_mode: 'wal' }],
      [{ synchronous: 2n }],
      [{ foreign_keys: 1n }],
      [{ timeout: 30_000n }],
    ];
    expect(await pragmas((text) => client.$queryRawUnsafe(text))).toEqual(expected);
    expect(await client.$transaction((tx) => pragmas((text) => tx.$queryRawUnsafe(text)))).toEqual(expected);
    await adapter.executeScript('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF');
    expect(await client.$transaction((tx) => pragmas((text) => tx.$queryRawUnsafe(text)))).toEqual(expected);
  });

  test('an in-memory database works in the writer alone', async () => {
    const { adapter, client } = await databases.open({ path: ':memory:' });
    expect(await adapter.queryRaw({ sql: 'SELECT 1 AS one', args: [], argTypes: [] })).toMatchObject({
      rows: [[1]],
    });
    await expect(client.counter.count()).rejects.toMatchObject({ code: 'P2021' });
  });
});
