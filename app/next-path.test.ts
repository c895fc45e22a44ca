import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkoutPath, safeNextPath, signInPath, withNext } from './next-path';

describe('where a sign-in leads', () => {
  test.each(['/cards', '/cards/crd_1?page=2', '/checkout/ord_1?a=b&c=%E5%8D%A1', '/'])(
    '%s is a page of ours',
    (path) => {
      expect(safeNextPath(path)).toBe(path);
    },
  );

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/a//evil.example',
    '/..//evil.example',
    '/%0d%0aSet-Cookie:a=b\r\n',
    '/卡',
    '/api/auth/signout',
    '/sandbox/alipay/cashier',
    '/sign-in?next=/cards',
    '/sign-up',
    `/${'a'.repeat(500)}`,
    '',
    null,
    undefined,
  ])('%s leads nowhere', (path) => {
    expect(safeNextPath(path)).toBeNull();
  });

  test('is always on our own host, whatever is asked for', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      '%2f',
      '%5c',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = safeNextPath(parts.join(''));
        if (path !== null) expect(new URL(path, 'https://kabao.example').host).toBe('kabao.example');
      }),
      { numRuns: 2_000 },
    );
  });

  test('to come back to a checkout is a checkout and nothing else', () => {
    const path = '/checkout/ord_01jd8z6k4v9y2m3n5p7q8r0s1t';
    expect(checkoutPath(path)).toBe(path);
    expect(withNext('/cards/bind/crd_1', path)).toBe(
      '/cards/bind/crd_1?next=%2Fcheckout%2Ford_01jd8z6k4v9y2m3n5p7q8r0s1t',
    );
    for (const other of [
      `${path}/pay`,
      `${path}?own=1`,
      '/cards',
      `//evil.example${path}`,
      `https://evil.example${path}`,
    ])
      expect(checkoutPath(other)).toBeNull();
    for (const nothing of [undefined, null, [path], '']) expect(checkoutPath(nothing)).toBeNull();
  });

  test('goes through the sign-in page and back', () => {
    expect(signInPath('/cards?page=2&_rsc=abc')).toBe('/sign-in?next=%2Fcards%3Fpage%3D2');
    expect(signInPath('//evil.example')).toBe('/sign-in');
    expect(signInPath(null)).toBe('/sign-in');
  });
});
