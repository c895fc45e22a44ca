import { expect, test } from 'vitest';
import { z } from 'zod';
import { cardKindSchema, cardMediumSchema, faceValuesSchema } from './schemas';

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

test('kinds and media are the known ones', () => {
  expect(cardKindSchema.options).toEqual(['named', 'anonymous', 'promotional']);
  expect(cardMediumSchema.options).toEqual(['electronic', 'physical']);
});
