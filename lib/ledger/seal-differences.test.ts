import { describe, expect, it } from 'vitest';
import { type SealContent, sealDifferences } from './seal-differences';
import {
  chainRows,
  closed,
  GENESIS,
  MARK_BYTES,
  markAt,
  type SealedRow,
  sameStart,
  sealLine,
  transferLine,
} from './seal-format';

const row = (id: string, amount = '100'): SealedRow => [
  id,
  'card-1',
  'merchant-1',
  amount,
  '201',
  'posted',
  null,
  null,
  'pay "1" 卡包',
  '2026-11-23T02:00:00.000Z',
];
const rows = ['a', 'b', 'c', 'd'].map((id) => row(id));
const [a = [], b = [], c = [], d = []] = rows;
const heading = { number: 1n, through: 4n, sealedAt: '2026-11-23T02:01:00.000Z' };
const { chain: end, marks } = chainRows(GENESIS, rows);
const chain = closed(end, heading);
const sealed: SealContent = { before: GENESIS, heading, marks, chain, rows };

/** The marks of the rows at these places, or, of a pair, half of one and half of the other. */
const marksOf = (...places: (number | readonly [number, number])[]) =>
  Buffer.concat(
    places.flatMap((place) => {
      const [own, position] = typeof place === 'number' ? [place, place] : place;
      return [markAt(marks, own).digest, markAt(marks, position).chain];
    }),
  );
const kinds = (over: Partial<SealContent>) =>
  sealDifferences({ ...sealed, ...over }).map(({ kind, index }) => [kind, index]);

describe('the format of a seal, which no later version may change', () => {
  it('is these lines and this hash', () => {
    expect(transferLine(a)).toBe(
      String.raw`["transfer","a","card-1","merchant-1","100","201","posted",null,null,"pay \"1\" 卡包","2026-11-23T02:00:00.000Z"]`,
    );
    expect(sealLine(heading)).toBe('["seal","1","4","2026-11-23T02:01:00.000Z"]');
    expect(GENESIS.toString('hex')).toBe('d409a8c5f85844458dc926803555965db564734df5a6fc69b8d01c35ad33876e');
    expect(chain.toString('hex')).toBe('a22fe02c1d292668a5c01d193c19bd56f932da7a526781fa8003196f210d56cf');
    expect(marks).toHaveLength(4 * MARK_BYTES);
    expect(markAt(marks, 3).chain).toEqual(end.subarray(0, MARK_BYTES / 2));
  });

  it('compares the first half of a hash, and nothing shorter', () => {
    expect(sameStart(end, end.subarray(0, 16))).toBe(true);
    expect(sameStart(end, end.subarray(0, 15))).toBe(false);
    expect(sameStart(end, end)).toBe(false);
    expect(sameStart(end, chain.subarray(0, 16))).toBe(false);
  });
});

describe('what a seal gives away', () => {
  it('nothing when all is as it was sealed, also when the seal before it is gone', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ before: null })).toEqual([]);
  });

  it('each row that was changed or removed, whether the chain before is known or not', () => {
    for (const before of [GENESIS, null]) {
      expect(kinds({ before, rows: [a, row('b', '101'), c, d] })).toEqual([['changed', 1]]);
      expect(kinds({ before, rows: [row('a', '1'), b, c, row('d', '1')] })).toEqual([
        ['changed', 0],
        ['changed', 3],
      ]);
      expect(kinds({ before, rows: [a, null, c, d] })).toEqual([['removed', 1]]);
      expect(kinds({ before, rows: [null, b, row('c', '1'), null] })).toEqual([
        ['removed', 0],
        ['changed', 2],
        ['removed', 3],
      ]);
    }
  });

  it('a number in its list that no transfer has, also when it fits all the others', () => {
    expect(kinds({ rows: [...rows, null] })).toEqual([['removed', 4]]);
  });

  it('that the seal itself was changed: its marks, its chain or its heading', () => {
    const changed = [['seal_changed', null]];
    const otherMarks = Buffer.from(marks);
    otherMarks[MARK_BYTES - 1] = (otherMarks[MARK_BYTES - 1] ?? 0) ^ 1;
    expect(kinds({ marks: otherMarks })).toEqual(changed);
    expect(kinds({ chain: end })).toEqual(changed);
    expect(kinds({ heading: { ...heading, through: 5n } })).toEqual(changed);
    expect(kinds({ heading: { ...heading, number: 2n } })).toEqual(changed);
    expect(kinds({ heading: { ...heading, sealedAt: '2026-11-23T02:02:00.000Z' } })).toEqual(changed);
  });

  it('a row that was slipped into its list', () => {
    const { marks: ofX } = chainRows(end, [row('x')]);
    const slippedIn = Buffer.concat([marksOf(0), ofX, marksOf(1, 2, 3)]);
    expect(kinds({ marks: slippedIn, rows: [a, row('x'), b, c, d] })).toEqual([['inserted', 1]]);
  });

  it('a row that was taken out of its list, and what follows it is not judged by a chain that is not known', () => {
    expect(kinds({ marks: marksOf(0, 2, 3), rows: [a, c, d] })).toEqual([['removed', 1]]);
    expect(kinds({ marks: marksOf(0, 1, 3), rows: [a, b, d] })).toEqual([['removed', 2]]);
  });

  it('rows in another order, with their marks or without', () => {
    expect(kinds({ marks: marksOf(0, 2, 3, 1), rows: [a, c, d, b] })).toEqual([['reordered', 1]]);
    expect(kinds({ marks: marksOf([1, 0], [0, 1], 2, 3), rows: [b, a, c, d] })).toEqual([['reordered', 0]]);
    expect(kinds({ marks: marksOf(0, [2, 1], [1, 2], 3), rows: [a, c, b, d] })).toEqual([['reordered', 1]]);
    expect(kinds({ marks: marksOf(1, 2, 3), rows: [b, c, d] })).toEqual([['reordered', 0]]);
    expect(kinds({ marks: marksOf(0, 2, 3, 1), rows: [a, c, d, null] })).toEqual([
      ['removed', 1],
      ['removed', 3],
    ]);
  });
});
