import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, failureOf, gatherWrites } from './index';
import { openTestDatabase, type TestDatabase } from './testing';

const AT = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let statements: number[];

beforeEach(async () => {
  test = await openTestDatabase();
  statements = [];
});
afterEach(() => test.close());

/** Adds a job by its name; false when there is one of that name. Keeps how many rows each statement had. */
const add = gatherWrites<string, boolean>({
  many: async (db, names) => {
    statements.push(names.length);
    await db.jobRun.createMany({ data: names.map((name) => ({ name, nextAt: AT })) });
    return names.map(() => true);
  },
  one: async (db: Database, name) => {
    statements.push(1);
    try {
      await db.jobRun.create({ data: { name, nextAt: AT } });
      return true;
    } catch (error) {
      if (failureOf(error) === 'unique') return false;
      throw error;
    }
  },
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `job-${index}`);
const addAll = (which: readonly string[]) => Promise.all(which.map((name) => add(test.db, name)));

it('makes one statement of what comes together, and of what comes later another', async () => {
  expect(await addAll(names(40))).toEqual(names(40).map(() => true));
  expect(await add(test.db, 'later')).toBe(true);
  expect(statements).toEqual([40, 1]);
  expect(await test.db.jobRun.count()).toBe(41);
});

it('never makes a statement of more than a hundred rows', async () => {
  await addAll(names(250));
  expect(statements).toEqual([100, 100, 50]);
  expect(await test.db.jobRun.count()).toBe(250);
});

it('answers each of its own where one cannot be written with the others', async () => {
  await add(test.db, 'job-1');
  expect(await addAll(names(3))).toEqual([true, false, true]);
  expect(await addAll(['same', 'same'])).toEqual(expect.arrayContaining([true, false]));
  expect(await test.db.jobRun.count()).toBe(4);
});

it('fails only whom the database fails', async () => {
  const [bad, good] = await Promise.allSettled([add(test.db, 'bad\u0000'), add(test.db, 'good')]);
  // SQLite keeps what PostgreSQL cannot.
  expect(bad?.status).toBe(test.engine === 'sqlite' ? 'fulfilled' : 'rejected');
  expect(good).toEqual({ status: 'fulfilled', value: true });
});

it('keeps what is meant for two databases apart', async () => {
  const other = await openTestDatabase();
  await Promise.all([add(test.db, 'here'), add(other.db, 'there')]);
  expect(await test.db.jobRun.findMany()).toMatchObject([{ name: 'here' }]);
  expect(await other.db.jobRun.findMany()).toMatchObject([{ name: 'there' }]);
  await other.close();
});
