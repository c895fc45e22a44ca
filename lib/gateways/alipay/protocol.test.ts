import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/kernel';
import {
  formatAmount,
  formatBeijingTime,
  isMerchantNumber,
  parseAmount,
  parseBeijingTime,
  signedText,
} from './protocol';

describe('amounts', () => {
  test('every amount survives the way to the gateway and back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10_000_000_000n), (minor) => {
        expect(formatAmount(minor)).toMatch(/^\d+\.\d{2}$/);
        expect(parseAmount(formatAmount(minor))).toBe(minor);
      }),
    );
  });

  test.each([
    [1n, '0.01'],
    [10n, '0.10'],
    [12_250n, '122.50'],
    [10_000_000_000n, '100000000.00'],
  ])('%d fen is written %s', (minor, text) => {
    expect(formatAmount(minor)).toBe(text);
  });

  test.each(['', '-1.00', '1.005', '1,000.00', '1e3', ' 1.00', '0x10', 'NaN', '1.', '.5'])(
    '%j is not an amount',
    (text) => {
      expect(parseAmount(text)).toBeNull();
    },
  );

  test('amounts with fewer digits are read exactly', () => {
    expect(parseAmount('12')).toBe(1200n);
    expect(parseAmount('12.5')).toBe(1250n);
  });
});

describe('times', () => {
  test('are Beijing time, whatever the zone of the process', () => {
    expect(formatBeijingTime(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01 00:00:00');
  });

  test('survive the way back to the second', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (instant) => {
          const seconds = new Date(Math.floor(instant.getTime() / 1000) * 1000);
          expect(parseBeijingTime(formatBeijingTime(instant))).toEqual(seconds);
        },
      ),
    );
  });

  test.each(['', '2026-03-01', '2026-13-01 00:00:00', '2026-03-01T00:00:00Z'])('%j is not a time', (text) => {
    expect(parseBeijingTime(text)).toBeNull();
  });
});

describe('numbers', () => {
  test('our ids fit as they are', () => {
    expect(isMerchantNumber(newId('tnd'))).toBe(true);
    expect(isMerchantNumber(newId('rft'))).toBe(true);
  });

  test.each(['', 'a'.repeat(65), 'a-b', '订单', 'a b'])('%j is refused', (text) => {
    expect(isMerchantNumber(text)).toBe(false);
  });
});

test('the signed text is sorted by name and leaves out what is not covered', () => {
  expect(signedText({ b: '2', sign: 'x', a: '1', sign_type: 'RSA2', c: '' }, ['sign'])).toBe(
    'a=1&b=2&c=&sign_type=RSA2',
  );
  expect(signedText({ b: '2', sign: 'x', a: '1', sign_type: 'RSA2' }, ['sign', 'sign_type'])).toBe('a=1&b=2');
});
