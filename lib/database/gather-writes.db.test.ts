import { afterEach, beforeEach, expect, it } from 'vitest';
import { gatherWrites } from './index';
import { openTestDatabase, type TestDatabase } from './testing';

const AT = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let statements: number[];

beforeEach(async () => {
  test = await openTestDatabase();
  statements = [];
});
afterEach(() => test.close());

/** Adds a job by its name; fails when there is one of that name. Keeps how many rows each statement had. */
const add = gatherWrites<string, string>(async (db, names) => {
  statements.push(names.length);
  await db.jobRun.createMany({ data: names.map((name) => ({ name, nextAt: AT })) });
  return names.map((name) => `added ${name}`);
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `job-${index}`);
const addAll = (which: readonly string[]) => Promise.all(which.map((name) => add(test.db, name)));

it('makes one statement of what comes together, and of what comes later another', async () => {
  expect(await addAll(names(40))).toEqual(names(40).map((name) => `added ${name}`));
  expect(await add(test.db, 'later')).toBe('added later');
  expect(statements).toEqual([40, 1]);
  expect(await test.db.jobRun.count()).toBe(41);
});

it('never makes a statement of more than a hundred rows', async () => {
  await addAll(names(250));
  expect(statements).toEqual([100, 100, 50]);
  expect(await test.db.jobRun.count()).toBe(250);
});

it('fails only whom the database fails, and writes the others', async () => {
  await add(test.db, 'job-1');
  const ends = await Promise.allSettled(names(3).map((name) => add(test.db, name)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(ends[2]).toMatchObject({ value: 'added job-2' });
  expect(await test.db.jobRun.count()).toBe(3);
});

it('keeps what is meant for two databases apart', async () => {
  const other = await openTestDatabase();
  await Promise.all([add(test.db, 'here'), add(other.db, 'there')]);
  expect(await test.db.jobRun.findMany()).toMatchObject([{ name: 'here' }]);
  expect(await other.db.jobRun.findMany()).toMatchObject([{ name: 'there' }]);
  await other.close();
});
