import { expect, test } from 'vitest';
import { z } from 'zod';
import { cardKindSchema, cardMediumSchema, faceValuesSchema, spendingRuleSchema } from './schemas';

test('face values are digits in JSON and bigint in code, both ways', () => {
  const fixed = { fixed: ['10000', '20000'] };
  expect(faceValuesSchema.parse(fixed)).toEqual({ fixed: [10_000n, 20_000n] });
  expect(z.encode(faceValuesSchema, { fixed: [10_000n, 20_000n] })).toEqual(fixed);
  const range = { minMinor: '100', maxMinor: '100000' };
  expect(faceValuesSchema.parse(range)).toEqual({ minMinor: 100n, maxMinor: 100_000n });
  expect(z.encode(faceValuesSchema, { minMinor: 100n, maxMinor: 100_000n })).toEqual(range);
  expect(faceValuesSchema.parse({ minMinor: '5', maxMinor: '5' })).toEqual({ minMinor: 5n, maxMinor: 5n });
  expect(faceValuesSchema.parse({ fixed: ['999999999999999'] })).toEqual({ fixed: [999_999_999_999_999n] });
});

test.each([
  ['zero', { fixed: ['0'] }],
  ['a leading zero', { fixed: ['0100'] }],
  ['a negative value', { fixed: ['-100'] }],
  ['a fraction', { fixed: ['100.5'] }],
  ['a number instead of digits', { fixed: [10_000] }],
  ['sixteen digits', { fixed: ['1000000000000000'] }],
  ['no value', { fixed: [] }],
  ['the same value twice', { fixed: ['100', '100'] }],
  ['a range from large to small', { minMinor: '200', maxMinor: '100' }],
  ['half a range', { minMinor: '200' }],
  ['both ways at once', { fixed: ['100'], minMinor: '100', maxMinor: '200' }],
])('face values with %s are refused', (_, values) => {
  expect(faceValuesSchema.safeParse(values).success).toBe(false);
});

test('what is wrong with a list or a range is named', () => {
  const codes = (result: { success: boolean; error?: z.ZodError | undefined }) =>
    JSON.stringify(result.error?.issues);
  expect(codes(faceValuesSchema.safeParse({ minMinor: '200', maxMinor: '100' }))).toContain('range_reversed');
  expect(codes(faceValuesSchema.safeParse({ fixed: ['100', '100'] }))).toContain('listed_twice');
  expect(codes(spendingRuleSchema.safeParse({ categories: { deny: ['home', 'home'] } }))).toContain(
    'listed_twice',
  );
});

test('a merchant is one of the kinds or has an id, from its first letter to its last', () => {
  const allows = (merchant: string) =>
    spendingRuleSchema.safeParse({ merchants: { allow: [merchant] } }).success;
  expect(['self', 'pop', 'mer_1', 'mer_a-b_c'].map(allows)).toEqual([true, true, true, true]);
  expect(['xmer_1', 'mer_', 'mer_1!', 'other', 'mer_A'].map(allows)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('kinds and media are the known ones', () => {
  expect(cardKindSchema.options).toEqual(['named', 'anonymous', 'promotional']);
  expect(cardMediumSchema.options).toEqual(['electronic', 'physical']);
});
