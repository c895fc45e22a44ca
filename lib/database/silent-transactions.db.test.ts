import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase, sqlitePath, transaction } from './index';
import { createPostgresAdapterFactory } from './postgres-adapter';
import { createSqliteAdapterFactory } from './sqlite/adapter';
import { openTestDatabase, type TestDatabase } from './testing';

const AT = new Date('2026-11-23T02:00:00.000Z');
const idleTransactionMs = 300;
let test: TestDatabase;
let other: Database;

beforeEach(async () => {
  test = await openTestDatabase();
  other = openDatabase(test.url, {
    through: () =>
      test.engine === 'sqlite'
        ? createSqliteAdapterFactory({ path: sqlitePath(test.url), idleTransactionMs })
        : createPostgresAdapterFactory({ url: test.url, poolSize: 2, idleTransactionMs }),
  });
  await test.db.jobRun.create({ data: { name: 'a', nextAt: AT } });
});
afterEach(async () => {
  await other.$disconnect();
  await test.close();
});

it('a process that falls silent in a transaction keeps nothing locked, and its work is undone', async () => {
  const [silence, locked] = [signal(), signal()];
  const frozen = transaction(other, async (tx) => {
    await tx.jobRun.update({ where: { name: 'a' }, data: { leasedBy: 'frozen' } });
    locked.give();
    await silence.given;
  });
  await locked.given;
  await test.db.jobRun.update({ where: { name: 'a' }, data: { lastError: 'written by another' } });
  silence.give();
  await expect(frozen).rejects.toThrow();
  expect(await test.db.jobRun.findUniqueOrThrow({ where: { name: 'a' } })).toMatchObject({
    leasedBy: null,
    lastError: 'written by another',
  });
  expect(await other.jobRun.count()).toBe(1);
});

function signal() {
  let give: () => void = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
