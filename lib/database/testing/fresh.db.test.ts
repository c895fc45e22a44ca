import { afterEach, expect, it } from 'vitest';
import { transaction } from '../index';
import { openTestDatabase, type TestDatabase } from './index';

const AT = new Date('2026-11-23T02:00:00.000Z');
const open: TestDatabase[] = [];

afterEach(async () => {
  for (const test of open.splice(0)) await test.close();
});

async function openOne(): Promise<TestDatabase> {
  const test = await openTestDatabase();
  open.push(test);
  return test;
}

async function closeAll(): Promise<void> {
  for (const test of open.splice(0)) await test.close();
}

const add = ({ db }: TestDatabase) => db.jobRun.create({ data: { name: 'a', nextAt: AT } });
const count = ({ db }: TestDatabase) => db.jobRun.count();

it('the next test gets the connections of the last, and none of its rows', async () => {
  const last = await openOne();
  await add(last);
  await closeAll();
  const next = await openOne();
  expect(next.url).toBe(last.url);
  expect(await count(next)).toBe(0);
  await add(next);
  expect(await count(next)).toBe(1);
});

it('two at once have one each', async () => {
  const [one, other] = [await openOne(), await openOne()];
  await add(one);
  expect([await count(one), await count(other)]).toEqual([1, 0]);
  await one.close();
  const third = await openOne();
  expect([await count(third), await count(other)]).toEqual([0, 0]);
  await add(third);
  expect([await count(third), await count(other)]).toEqual([1, 0]);
});

it('what a test changed besides rows is not there for the next', async () => {
  const last = await openOne();
  await last.raw('ALTER TABLE "JobRun" RENAME COLUMN "nextAt" TO "then"');
  await expect(add(last)).rejects.toThrow();
  await closeAll();
  const next = await openOne();
  await add(next);
  expect(await count(next)).toBe(1);
});

it('a transaction that a test left open harms nobody', async () => {
  const last = await openOne();
  const [begun, looked] = [signal(), signal()];
  const forgotten = transaction(last.db, async (tx) => {
    await tx.jobRun.create({ data: { name: 'forgotten', nextAt: AT } });
    begun.resolve();
    await looked.promise;
  }).catch(() => undefined);
  await begun.promise;
  await closeAll();
  const next = await openOne();
  expect(next.url).not.toBe(last.url);
  await add(next);
  looked.resolve();
  await forgotten;
  expect(await next.db.jobRun.findMany({ select: { name: true } })).toEqual([{ name: 'a' }]);
});

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
