import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  generatePassword,
  groupPassword,
  normalisePassword,
  passwordBits,
  STRONG_PASSWORD_BITS,
} from './password';

describe('a generated password', () => {
  test('is 16 characters without the look-alikes I, L, O and U', () => {
    for (let round = 0; round < 500; round += 1) {
      expect(generatePassword()).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    }
  });

  test('counts as strong', () => {
    for (let round = 0; round < 5_000; round += 1) {
      expect(passwordBits(generatePassword())).toBeGreaterThanOrEqual(STRONG_PASSWORD_BITS);
    }
  });
});

describe('a password as people type it', () => {
  test('may be grouped, lower case, full-width, and confuse o, i and l with digits', () => {
    const password = '10AB10CD10EF2345';
    for (const typed of [
      '10AB-10CD-10EF-2345',
      '10ab 10cd 10ef 2345',
      'loab-iocd-LOef-2345',
      '１０ＡＢ１０ＣＤ１０ＥＦ２３４５',
      ' 10AB—10CD—10EF—2345 ',
    ]) {
      expect(normalisePassword(typed)).toBe(password);
    }
  });

  test('is the same after it was grouped for the eye, and after it was read twice', () => {
    fc.assert(
      fc.property(fc.nat(), () => {
        const password = generatePassword();
        expect(normalisePassword(groupPassword(password).toLowerCase())).toBe(password);
        expect(normalisePassword(password)).toBe(password);
      }),
    );
  });

  test.each(['', '12345', 'A'.repeat(65), '密码密码密码密码', '- - - - - -'])(
    '%j is no password',
    (typed) => {
      expect(normalisePassword(typed)).toBeNull();
    },
  );
});

describe('the strength of a password of unknown origin', () => {
  test.each([
    ['digits alone', '736105'],
    ['sixteen digits', '7361058294016375'],
    ['one character', 'A'.repeat(40)],
    ['two characters', 'AB'.repeat(20)],
    ['the alphabet', 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'],
    ['fifteen characters', '7K2M9QXA1ZMD55T'],
  ])('%s is not strong', (_, password) => {
    expect(passwordBits(password)).toBeLessThan(STRONG_PASSWORD_BITS);
  });

  test.each(['7K2M9QXA1ZMD55TV', '73610582940163751846290573', '9f86d081884c7d659a2feaa0c55ad015'])(
    '%s is strong',
    (password) => {
      expect(passwordBits(normalisePassword(password) ?? '')).toBeGreaterThanOrEqual(STRONG_PASSWORD_BITS);
    },
  );
});
