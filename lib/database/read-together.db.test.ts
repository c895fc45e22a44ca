import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, readTogether, type Tx, transaction } from './index';
import { openTestDatabase, type TestDatabase } from './testing';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

/** Reads that end when they are told to; a statement is named by its keys. */
function openReads() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const read = readTogether(
    (_: Database | Tx, keys: readonly string[]) => {
      const name = keys.join();
      begun.push(name);
      return new Promise<{ key: string }[]>((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(keys.map((key) => ({ key })))));
      });
    },
    ({ key }) => key,
  );
  return { begun, read, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

it('makes one statement of what is asked in one turn, and asks for a key once', async () => {
  const { begun, read, end } = openReads();
  const asked = ['a', 'b', 'a'].map((key) => read(test.db, key));
  await turn();
  expect(begun).toEqual(['a,b']);
  end('a,b');
  expect(await Promise.all(asked)).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'a' }]);
});

it('lets what comes while a read is under way go together when it has ended', async () => {
  const { begun, read, end } = openReads();
  const first = read(test.db, 'a');
  await turn();
  const others = ['b', 'c', 'a'].map((key) => read(test.db, key));
  await turn();
  expect(begun).toEqual(['a']);
  end('a');
  expect(await first).toEqual({ key: 'a' });
  await expect.poll(() => begun).toEqual(['a', 'b,c,a,b']);
  end('b,c,a,b');
  expect(await Promise.all(others)).toEqual([{ key: 'b' }, { key: 'c' }, { key: 'a' }]);
});

it('makes statements of few lengths, and none of more than 64 keys', async () => {
  const { begun, read, end } = openReads();
  const asked = Array.from({ length: 250 }, (_, index) => read(test.db, `${index}`));
  await turn();
  expect(begun.map((name) => name.split(',').length)).toEqual([64, 64, 64, 64]);
  const later = read(test.db, 'later');
  for (const name of begun.slice(1)) end(name);
  await turn();
  expect(begun).toHaveLength(4);
  end(begun[0] ?? '');
  await Promise.all(asked);
  await expect.poll(() => begun).toHaveLength(5);
  end('later');
  expect(await later).toEqual({ key: 'later' });
});

it('is not stopped by a read that fails, and tells it to those who asked in it alone', async () => {
  const { read, end } = openReads();
  const first = [read(test.db, 'a'), read(test.db, 'b')];
  await turn();
  const second = read(test.db, 'c');
  end('a,b', new Error('broken'));
  for (const asked of first) await expect(asked).rejects.toThrow('broken');
  await turn();
  await turn();
  end('c');
  expect(await second).toEqual({ key: 'c' });
});

it('waits a moment for a read that does not end, and then nobody waits for it any more', async () => {
  const { begun, read, end } = openReads();
  const hanging = read(test.db, 'hanging');
  await turn();
  const second = read(test.db, 'b');
  await expect.poll(() => begun).toEqual(['hanging', 'b']);
  end('b');
  expect(await second).toEqual({ key: 'b' });
  const third = read(test.db, 'c');
  await turn();
  expect(begun).toEqual(['hanging', 'b', 'c']);
  const fourth = read(test.db, 'd');
  await turn();
  expect(begun).toEqual(['hanging', 'b', 'c']);
  end('c');
  await third;
  await expect.poll(() => begun).toEqual(['hanging', 'b', 'c', 'd']);
  for (const name of ['d', 'hanging']) end(name);
  expect(await Promise.all([fourth, hanging])).toEqual([{ key: 'd' }, { key: 'hanging' }]);
});

it('waits for nobody in a transaction, which the others might wait for', async () => {
  const { begun, read, end } = openReads();
  const outside = read(test.db, 'outside');
  await turn();
  await transaction(test.db, async (tx) => {
    const inside = read(tx, 'inside');
    expect(begun).toEqual(['outside', 'inside']);
    end('inside');
    expect(await inside).toEqual({ key: 'inside' });
  });
  end('outside');
  await outside;
});

it('gives each the row that it asked for, or none', async () => {
  const at = new Date('2026-11-23T02:00:00.000Z');
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
  await test.db.jobRun.createMany({ data: names.map((name) => ({ name, nextAt: at })) });
  const find = readTogether(
    (client: Database | Tx, asked: readonly string[]) =>
      client.jobRun.findMany({ where: { name: { in: [...asked] } } }),
    ({ name }) => name,
  );
  const asked = ['none', ...names, 'nobody', ...names];
  const rows = await Promise.all(asked.map((name) => find(test.db, name)));
  expect(rows.map((row) => row?.name ?? null)).toEqual([null, ...names, null, ...names]);
});
