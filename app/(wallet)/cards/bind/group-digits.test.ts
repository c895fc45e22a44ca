import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupDigits } from './group-digits';

/** `|` is the caret. */
function typed(
  text: string,
  { before = '', deletion = null }: Partial<Parameters<typeof groupDigits>[1]> = {},
) {
  const caret = text.indexOf('|');
  const result = groupDigits({ value: text.replace('|', ''), caret }, { before, deletion });
  return `${result.value.slice(0, result.caret)}|${result.value.slice(result.caret)}`;
}

describe('typing', () => {
  test.each([
    ['9|', '9|'],
    ['9101|', '9101|'],
    ['91012|', '9101 2|'],
    ['9101 2345 6789 0128|', '9101 2345 6789 0128|'],
    ['9101-2345-67|', '9101 2345 67|'],
    ['９１０１２|', '9101 2|'],
    ['9101 23x|', '9101 23x|'],
    ['7K2M|', '7K2M|'],
  ])('%s becomes %s', (text, expected) => {
    expect(typed(text)).toBe(expected);
  });

  test('in the middle the caret stays behind the digit that was typed', () => {
    expect(typed('91|01 2345')).toBe('91|01 2345');
    expect(typed('9105|1 2345')).toBe('9105 |1234 5');
  });
});

describe('deleting', () => {
  test('backwards over a gap takes the digit before it', () => {
    expect(typed('9101|2345', { before: '9101 2345', deletion: 'backward' })).toBe('910|2 345');
  });

  test('forwards over a gap takes the digit after it', () => {
    expect(typed('9101|2345', { before: '9101 2345', deletion: 'forward' })).toBe('9101 |345');
  });

  test('a digit at the end goes alone', () => {
    expect(typed('9101 |', { before: '9101 2', deletion: 'backward' })).toBe('9101|');
  });
});

test('no digit is lost or added, wherever one types, and the caret never leaves the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\d -]{0,24}$/), fc.nat(24), (value, at) => {
      const caret = Math.min(at, value.length);
      const result = groupDigits({ value, caret }, { before: '', deletion: null });
      expect(result.value.replace(/ /g, '')).toBe(value.replace(/[ -]/g, ''));
      expect(result.value).toMatch(/^(\d{4} )*\d{0,4}$/);
      const ahead = value.slice(0, caret).replace(/[ -]/g, '').length;
      expect(result.value.slice(0, result.caret).replace(/ /g, '')).toHaveLength(ahead);
    }),
  );
});
