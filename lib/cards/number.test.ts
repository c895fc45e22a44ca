import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateNumber, groupNumber, hasCheckDigit, normaliseNumber } from './number';

describe('a generated number', () => {
  test('has 16 digits, its programme in front and a check digit behind', () => {
    for (let round = 0; round < 200; round += 1) {
      const number = generateNumber('9101');
      expect(number).toMatch(/^9101\d{12}$/);
      expect(hasCheckDigit(number)).toBe(true);
    }
  });

  test('uses every digit about equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let round = 0; round < 2_000; round += 1) {
      for (const digit of generateNumber('91').slice(2, 15))
        counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
    }
    // 2,600 expected of each; ten standard deviations are about 484.
    for (const count of counts) expect(Math.abs(count - 2_600)).toBeLessThan(484);
  });
});

describe('the check digit', () => {
  test('is that of the example of ISO/IEC 7812-1', () => {
    expect(hasCheckDigit('79927398713')).toBe(true);
    expect(hasCheckDigit('79927398710')).toBe(false);
  });

  test('notices every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const number = generateNumber('9101');
        const wrong = (Number(number[place]) + shift) % 10;
        expect(hasCheckDigit(number.slice(0, place) + wrong + number.slice(place + 1))).toBe(false);
      }),
    );
  });
});

describe('a number as people type it', () => {
  test.each([
    ['9101 2345 6789 0123', '9101234567890123'],
    ['9101-2345-6789-0123', '9101234567890123'],
    ['９１０１　２３４５　６７８９　０１２３', '9101234567890123'],
    ['9101—2345–6789−0123', '9101234567890123'],
    ['\u200b9101234567890123\n', '9101234567890123'],
    ['12345678', '12345678'],
  ])('%s is read as its digits', (typed, digits) => {
    expect(normaliseNumber(typed)).toBe(digits);
  });

  test.each(['', '1234567', '12345678901234567890', '9101 2345 6789 012x', '卡号9101234567890123'])(
    '%j is no number',
    (typed) => {
      expect(normaliseNumber(typed)).toBeNull();
    },
  );

  test('is the same after it was grouped for the eye', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{8,19}$/), (digits) => {
        expect(normaliseNumber(groupNumber(digits))).toBe(digits);
      }),
    );
  });
});
