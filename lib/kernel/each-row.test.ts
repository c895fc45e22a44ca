import { expect, it } from 'vitest';
import { forEachPagedRow, forEachRow, RowsFailed } from './each-row';

const ALL = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

/** Pages of two. */
const page = async (after: string, size: number) => ALL.filter(({ id }) => id > after).slice(0, size);

/** Work that fails on some rows, and keeps of which it was asked. */
function failingOn(...bad: readonly string[]) {
  const seen: string[] = [];
  const work = async ({ id }: { readonly id: string }) => {
    seen.push(id);
    if (bad.includes(id)) throw new Error(`${id} is bad`);
    return id !== 'e';
  };
  return { seen, work };
}

async function failureOf(walk: Promise<unknown>): Promise<RowsFailed> {
  const error = await walk.catch((thrown: unknown) => thrown);
  if (!(error instanceof RowsFailed)) throw new Error('the walk should have failed');
  return error;
}

it('rows that fail hold up none of those behind them, and are told of when all were seen', async () => {
  const { seen, work } = failingOn('a', 'd');
  const { failures, message } = await failureOf(forEachRow(ALL, work));
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(failures.map(({ row }) => row)).toEqual(['a', 'd']);
  expect(message).toBe('a: a is bad, d: d is bad');
});

it('nor do they hold up later pages, whether rows go one after another or together', async () => {
  for (const together of [false, true]) {
    const { seen, work } = failingOn('b');
    const { failures } = await failureOf(forEachPagedRow({ page, size: 2, together }, work));
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(failures.map(({ row }) => row)).toEqual(['b']);
  }
});

it('rows on which the work says that it did something are counted', async () => {
  const { work } = failingOn();
  expect(await forEachRow(ALL, work)).toBe(4);
  expect(await forEachPagedRow({ page, size: 2 }, work)).toBe(4);
  expect(await forEachPagedRow({ page, size: 5, together: true }, work)).toBe(4);
  expect(await forEachPagedRow({ page: async () => [], size: 2 }, work)).toBe(0);
});

it('a page that cannot be read ends the walk, and the rows that failed before are not forgotten', async () => {
  const { seen, work } = failingOn('a');
  const broken = async (after: string, size: number) => {
    if (after === 'b') throw new Error('no database');
    return page(after, size);
  };
  const { failures } = await failureOf(forEachPagedRow({ page: broken, size: 2 }, work));
  expect(seen).toEqual(['a', 'b']);
  expect(failures.map(({ row }) => row)).toEqual(['a', 'page after b']);
});

it('of a walk within a walk the rows of the inner one are told', async () => {
  const walks = [
    { id: 'first', ...failingOn('c') },
    { id: 'second', ...failingOn('e') },
  ];
  const { failures } = await failureOf(forEachRow(walks, ({ work }) => forEachRow(ALL, work)));
  expect(failures.map(({ row }) => row)).toEqual(['c', 'e']);
});

it('of rows that fail by the thousand a few are kept and all are counted, also of walks within a walk', async () => {
  const many = Array.from({ length: 3_000 }, (_, place) => ({ id: `r${place}` }));
  const fails = async ({ id }: { readonly id: string }) => {
    throw new Error(`${id} is bad`);
  };
  const { failures, count, message } = await failureOf(forEachRow(many, fails));
  expect([failures.length, count]).toEqual([20, 3_000]);
  expect(failures[0]).toEqual({ row: 'r0', error: new Error('r0 is bad') });
  expect(message).toMatch(/^r0: r0 is bad, .*r19: r19 is bad, and 2980 more$/);
  const walks = [{ id: 'first' }, { id: 'second' }];
  const both = await failureOf(forEachRow(walks, () => forEachRow(many, fails)));
  expect([both.failures.length, both.count]).toEqual([20, 6_000]);
});
