import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATEMENT_PAGE_SIZE } from '@/lib/cards';
import { statementPages } from './statement-pages';

/** What the statement of `total` lines answers to `?before=`. */
function shown(total: number, before: string | null) {
  const first = before === null ? total : Math.min(total, Number(before) - 1);
  const lines = Array.from({ length: Math.min(first, STATEMENT_PAGE_SIZE) }, (_, index) => first - index);
  const last = lines.at(-1) ?? 0;
  return { numbers: lines, nextBefore: last > 1 ? String(last) : null };
}

function pagesOf(total: number, before: string | null) {
  const asLines = (numbers: readonly number[]) =>
    numbers.map((number) => ({
      number: BigInt(number),
      at: new Date(0),
      amountMinor: 1n,
      balanceAfterMinor: 1n,
      what: 'spend' as const,
      order: null,
    }));
  const { numbers, nextBefore } = shown(total, before);
  return statementPages(
    { lines: asLines(numbers), nextBefore },
    { lines: asLines(shown(total, null).numbers) },
  );
}

test('a statement of one page has no neighbours', () => {
  expect(pagesOf(20, null)).toEqual({ page: 1, pages: 1, newer: null, older: null });
  expect(pagesOf(0, null)).toEqual({ page: 1, pages: 1, newer: null, older: null });
});

test('older and newer lead from end to end and back over the same pages, and count them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (total) => {
      const way: (string | null)[] = [null];
      for (let pages = pagesOf(total, null); pages.older; pages = pagesOf(total, pages.older.before)) {
        way.push(pages.older.before);
      }
      expect(way.flatMap((before) => shown(total, before).numbers)).toHaveLength(total);
      for (const [index, before] of way.entries()) {
        const pages = pagesOf(total, before);
        expect([pages.page, pages.pages]).toEqual([index + 1, way.length]);
        expect(pages.newer).toEqual(index === 0 ? null : { before: way[index - 1] });
      }
    }),
  );
});
