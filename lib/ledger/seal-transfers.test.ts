import { describe, expect, it } from 'vitest';
import { HOUR_MS, plusMs } from '@/lib/kernel';
import type { SealedRow } from './seal-format';
import { earlier, isLate } from './seal-transfers';
import { testNow } from './testing';

const dated = (createdAt: string): SealedRow => [
  ...['t', 'card-1', 'merchant-1', '100', '201', 'posted'],
  ...[null, null, 'pay-1'],
  createdAt,
];
const madeAt = (msAfterNow: number) => dated(plusMs(testNow, msAfterNow).toISOString());

describe('a transfer looks slipped in', () => {
  it('when it is dated more than two hours before what was sealed earlier', () => {
    expect(isLate(madeAt(-2 * HOUR_MS - 1), testNow)).toBe(true);
    expect(isLate(madeAt(-2 * HOUR_MS), testNow)).toBe(false);
    expect(isLate(madeAt(HOUR_MS), testNow)).toBe(false);
  });

  it('when its date is no date', () => {
    expect(isLate(dated('soon'), testNow)).toBe(true);
    expect(isLate([], testNow)).toBe(true);
  });

  it('never before anything was sealed', () => {
    expect(isLate(madeAt(-9 * HOUR_MS), null)).toBe(false);
    expect(isLate(dated('soon'), null)).toBe(false);
  });
});

it('what is dated in the future counts as of now, and nothing stays nothing', () => {
  expect(earlier(plusMs(testNow, 1), testNow)).toEqual(testNow);
  expect(earlier(plusMs(testNow, -1), testNow)).toEqual(plusMs(testNow, -1));
  expect(earlier(null, testNow)).toBeNull();
});
