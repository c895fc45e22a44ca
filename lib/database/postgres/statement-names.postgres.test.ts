import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase, transaction } from '../client';
import { openTestDatabase, type TestDatabase } from '../testing';

let test: TestDatabase;
let db: Database;

beforeEach(async () => {
  test = await openTestDatabase();
  db = openDatabase(test.url, { poolSize: 1 });
});
afterEach(async () => {
  await db.$disconnect();
  await test.close();
});

const prepared = async (like: string) =>
  Number(
    (
      await db.$queryRawUnsafe<{ count: bigint }[]>(
        `SELECT count(*) AS "count" FROM pg_prepared_statements WHERE statement LIKE $1`,
        like,
      )
    )[0]?.count,
  );

it('what comes again and again is planned once, whatever else a process has said', async () => {
  for (let place = 0; place < 450; place += 1) await db.$queryRawUnsafe(`SELECT ${place} AS "place"`);
  for (let time = 0; time < 5; time += 1) await db.jobRun.findMany({ where: { name: 'seal' } });
  expect(await prepared('SELECT%"JobRun"%')).toBe(1);
  expect(await prepared('SELECT%AS "place"')).toBe(0);
});

it('goes on when a migration beside the process changes the type of a column', async () => {
  await db.jobRun.create({ data: { name: 'seal', nextAt: new Date() } });
  const read = () => db.jobRun.findUnique({ where: { name: 'seal' }, select: { lastError: true } });
  for (let time = 0; time < 5; time += 1) await read();
  await test.raw(`ALTER TABLE "JobRun" ALTER COLUMN "lastError" TYPE varchar(500)`);
  expect(await read()).toEqual({ lastError: null });
  await test.raw(`ALTER TABLE "JobRun" ALTER COLUMN "lastError" TYPE text`);
  const inside = () => transaction(db, (tx) => tx.jobRun.findMany({ select: { lastError: true } }));
  for (let time = 0; time < 5; time += 1) await inside();
  await test.raw(`ALTER TABLE "JobRun" ALTER COLUMN "lastError" TYPE varchar(500)`);
  await inside().catch(() => undefined);
  expect(await inside()).toEqual([{ lastError: null }]);
});
