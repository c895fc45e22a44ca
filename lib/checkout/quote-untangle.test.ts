import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flow } from './quote-flow';
import { untangle } from './quote-untangle';

const flows = fc
  .array(fc.array(fc.tuple(fc.nat(6), fc.bigInt(1n, 50n)), { maxLength: 7 }), { maxLength: 6 })
  .map((rows): Flow => rows.map((row) => new Map(row)));

test('a cycle loses its smallest part', () => {
  const flow = [
    new Map([
      [0, 5n],
      [1, 7n],
    ]),
    new Map([
      [0, 9n],
      [1, 3n],
    ]),
  ];
  expect(untangle(flow)).toEqual([
    new Map([
      [0, 2n],
      [1, 10n],
    ]),
    new Map([[0, 12n]]),
  ]);
});

test('parts of equal size in a cycle vanish together', () => {
  const even = new Map([
    [0, 4n],
    [1, 4n],
  ]);
  expect(untangle([even, even])).toEqual([new Map([[1, 8n]]), new Map([[0, 8n]])]);
});

test('a flow without cycles stays as it is', () => {
  const flow = [
    new Map([[0, 5n]]),
    new Map([
      [0, 2n],
      [1, 7n],
    ]),
    new Map([[2, 1n]]),
  ];
  expect(untangle(flow)).toEqual(flow);
});

test('what every source gives and every sink gets stays, nothing goes a new way, and no cycle is left', () => {
  fc.assert(
    fc.property(flows, (before) => {
      const after = untangle(before);
      expect(totals(after)).toEqual(totals(before));
      const parts = partsOf(after);
      expect(parts.every(({ source, sink, amount }) => amount > 0n && before[source]?.has(sink))).toBe(true);
      expect(hasCycle(parts)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

function partsOf(flow: Flow) {
  return flow.flatMap((row, source) => [...row].map(([sink, amount]) => ({ source, sink, amount })));
}

function totals(flow: Flow): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { source, sink, amount } of partsOf(flow)) {
    for (const end of [`source ${source}`, `sink ${sink}`]) sums[end] = (sums[end] ?? 0n) + amount;
  }
  return sums;
}

/** Joins ends into groups: a part whose ends are in one group already closes a cycle. */
function hasCycle(parts: readonly { source: number; sink: number }[]): boolean {
  const group = new Map<string, string>();
  const rootOf = (end: string): string => {
    const above = group.get(end);
    return above === undefined ? end : rootOf(above);
  };
  return parts.some(({ source, sink }) => {
    const [a, b] = [rootOf(`source ${source}`), rootOf(`sink ${sink}`)];
    if (a !== b) group.set(a, b);
    return a === b;
  });
}
