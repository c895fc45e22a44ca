import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskLogin, parseLogin } from './login';

describe('a login', () => {
  test.each([
    ['13800138000', '+8613800138000'],
    ['138 0013 8000', '+8613800138000'],
    ['138-0013-8000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['8613800138000', '+8613800138000'],
    ['+852 6123 4567', '+85261234567'],
    ['001 (415) 555-2671', '+14155552671'],
  ])('%s is the phone %s', (text, value) => {
    expect(parseLogin(text)).toEqual({ kind: 'phone', value });
  });

  test.each([
    [' Li.Lei@Example.COM ', 'li.lei@example.com'],
    ['a+b@mail.example.cn', 'a+b@mail.example.cn'],
    ['ｌｉ@example.com', 'li@example.com'],
  ])('%s is the e-mail %s', (text, value) => {
    expect(parseLogin(text)).toEqual({ kind: 'email', value });
  });

  test.each([
    '',
    '12345',
    '12345678901',
    '23800138000',
    '+86 10 6552 9988',
    '+0 123456789',
    'li lei@example.com',
    'li\0lei@example.com',
    'li\ud83d@example.com',
    'a@b',
    'a@@b.com',
    '@example.com',
    'a@.com',
    'a@example.com, b@example.com',
    '<a@example.com>',
    'kabao',
  ])('%s is none', (text) => {
    expect(parseLogin(text)).toBeNull();
  });

  test('is the same however a mainland number is spaced', () => {
    const numbers = fc.stringMatching(/^1[3-9]\d{9}$/);
    const separators = fc.constantFrom('', ' ', '-', '  ');
    fc.assert(
      fc.property(numbers, separators, separators, (number, first, second) => {
        const typed = number.slice(0, 3) + first + number.slice(3, 7) + second + number.slice(7);
        expect(parseLogin(typed)?.value).toBe(`+86${number}`);
      }),
    );
  });

  test('reads its own stored form as itself', () => {
    const emails = fc.emailAddress().map((email) => parseLogin(email));
    fc.assert(
      fc.property(emails, (login) => {
        if (login) expect(parseLogin(login.value)).toEqual(login);
      }),
    );
  });

  test('is masked to what its owner recognises', () => {
    expect(maskLogin({ kind: 'phone', value: '+8613800138000' })).toBe('138 •••• 8000');
    expect(maskLogin({ kind: 'phone', value: '+85261234567' })).toBe('+85 •••• 4567');
    expect(maskLogin({ kind: 'email', value: 'lilei@example.com' })).toBe('l•••@example.com');
  });
});
