import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, readTogether, type Tx, transaction } from './index';
import { openTestDatabase, type TestDatabase } from './testing';

let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

/** Reads that end when they are told to. */
function openReads() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const read = readTogether((_: Database | Tx, name: string) => {
    begun.push(name);
    return new Promise<string>((resolve, reject) => {
      ends.set(name, (error) => (error ? reject(error) : resolve(`answer ${name}`)));
    });
  });
  return { begun, read, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

it('lets what comes while a read is under way start together when it has ended', async () => {
  const { begun, read, end } = openReads();
  const first = read(test.db, 'a');
  await turn();
  const others = ['b', 'c', 'd'].map((name) => read(test.db, name));
  expect(begun).toEqual(['a']);
  end('a');
  expect(await first).toBe('answer a');
  await turn();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  for (const name of ['b', 'c', 'd']) end(name);
  expect(await Promise.all(others)).toEqual(['answer b', 'answer c', 'answer d']);
});

it('starts at once all that are asked in one breath', async () => {
  const { begun, read, end } = openReads();
  const asked = ['a', 'b', 'c'].map((name) => read(test.db, name));
  expect(begun).toEqual(['a', 'b', 'c']);
  await turn();
  const later = read(test.db, 'd');
  for (const name of ['a', 'b']) end(name);
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('c');
  expect(await Promise.all(asked)).toEqual(['answer a', 'answer b', 'answer c']);
  await turn();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  end('d');
  await later;
});

it('is not stopped by a read that fails, and tells it to nobody else', async () => {
  const { read, end } = openReads();
  const first = read(test.db, 'a');
  await turn();
  const second = read(test.db, 'b');
  end('a', new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await turn();
  end('b');
  expect(await second).toBe('answer b');
});

it('waits a moment for a read that does not end, and then nobody waits for it any more', async () => {
  const { begun, read, end } = openReads();
  const hanging = read(test.db, 'hanging');
  await turn();
  const second = read(test.db, 'b');
  await expect.poll(() => begun).toEqual(['hanging', 'b']);
  end('b');
  expect(await second).toBe('answer b');
  const third = read(test.db, 'c');
  expect(begun).toEqual(['hanging', 'b', 'c']);
  await turn();
  const fourth = read(test.db, 'd');
  expect(begun).toEqual(['hanging', 'b', 'c']);
  end('c');
  await third;
  await turn();
  expect(begun).toEqual(['hanging', 'b', 'c', 'd']);
  for (const name of ['d', 'hanging']) end(name);
  expect(await Promise.all([fourth, hanging])).toEqual(['answer d', 'answer hanging']);
});

it('waits for nobody in a transaction, which the others might wait for', async () => {
  const { begun, read, end } = openReads();
  const outside = read(test.db, 'outside');
  await transaction(test.db, async (tx) => {
    const inside = read(tx, 'inside');
    expect(begun).toEqual(['outside', 'inside']);
    end('inside');
    expect(await inside).toBe('answer inside');
  });
  end('outside');
  await outside;
});

it('gives each the row that it asked for, or none', async () => {
  const at = new Date('2026-11-23T02:00:00.000Z');
  const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
  await test.db.jobRun.createMany({ data: names.map((name) => ({ name, nextAt: at })) });
  const find = readTogether((client: Database | Tx, name: string) =>
    client.jobRun.findUnique({ where: { name } }),
  );
  const asked = ['none', ...names, 'nobody', ...names];
  const rows = await Promise.all(asked.map((name) => find(test.db, name)));
  expect(rows.map((row) => row?.name ?? null)).toEqual([null, ...names, null, ...names]);
});
