import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../index';
import { openTestDatabase, type TestDatabase } from './index';
import { FAILINGS, type MortalProcess, openMortalProcess } from './mortal-process';

const AT = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let mortal: MortalProcess;

beforeEach(async () => {
  test = await openTestDatabase();
  mortal = await openMortalProcess(test);
});
afterEach(async () => {
  await mortal.close();
  await test.close();
});

const jobs = async () =>
  (await test.db.jobRun.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name);
const add = (name: string) => mortal.db.jobRun.createMany({ data: [{ name, nextAt: AT }] });
const addBoth = () =>
  transaction(mortal.db, async (tx) => {
    await tx.jobRun.createMany({ data: [{ name: 'a', nextAt: AT }] });
    await tx.jobRun.createMany({ data: [{ name: 'b', nextAt: AT }] });
  });

it('a process that dies before a write has not made it, nor any call after it', async () => {
  mortal.fail({ how: 'dies before', n: 2 });
  await add('a');
  await expect(add('b')).rejects.toThrow(/lost/);
  await expect(mortal.db.jobRun.count()).rejects.toThrow(/lost/);
  expect(mortal.hasFailed()).toBe(true);
  expect(await jobs()).toEqual(['a']);
  mortal.revive();
  await add('c');
  expect(await jobs()).toEqual(['a', 'c']);
});

it('a process that dies after a write has made it, and does not know', async () => {
  mortal.fail({ how: 'dies after', n: 1 });
  await expect(add('a')).rejects.toThrow(/lost/);
  await expect(add('b')).rejects.toThrow(/lost/);
  expect(await jobs()).toEqual(['a']);
});

it('an answer that is lost was given: the write is done, and the process goes on', async () => {
  mortal.fail({ how: 'answer lost', n: 1 });
  await expect(add('a')).rejects.toThrow(/lost/);
  await add('b');
  expect(await jobs()).toEqual(['a', 'b']);
});

describe('a transaction', () => {
  it.each(FAILINGS)(
    'that %s one of its writes leaves all or nothing, and nobody waits for it',
    async (how) => {
      const left: string[] = [];
      for (let n = 1; ; n += 1) {
        mortal.fail({ how, n });
        await addBoth().catch(() => undefined);
        if (!mortal.hasFailed()) break;
        left.push((await jobs()).join(''));
        await test.db.jobRun.deleteMany();
      }
      // Two inserts, then the commit.
      expect(left).toEqual(how === 'dies before' ? ['', '', ''] : ['', '', 'ab']);
      expect(await jobs()).toEqual(['a', 'b']);
    },
  );
});
