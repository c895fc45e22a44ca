import { describe, expect, test } from 'vitest';
import { isForeignChange, originOf } from './origin';

const fromOurPage = {
  method: 'POST',
  pathname: '/cards/bind',
  origin: 'http://localhost:3000',
  host: 'localhost:3000',
};

describe('without a configured address', () => {
  test('a change from our own page passes', () => {
    expect(isForeignChange(fromOurPage, undefined)).toBe(false);
  });

  test.each([
    ['missing', null],
    ['opaque', 'null'],
    ['of another host', 'https://evil.example'],
    ['of another port', 'http://localhost:3001'],
    ['of a host that ends like ours', 'http://xlocalhost:3000'],
    ['of another kind', 'chrome-extension://localhost:3000'],
    ['no origin at all', 'localhost:3000'],
  ])('a change whose Origin is %s is refused', (_, origin) => {
    expect(isForeignChange({ ...fromOurPage, origin }, undefined)).toBe(true);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'LINK'])('%s counts as a change', (method) => {
    expect(isForeignChange({ ...fromOurPage, method, origin: null }, undefined)).toBe(true);
  });

  test.each(['GET', 'HEAD', 'OPTIONS'])('%s needs no Origin', (method) => {
    expect(isForeignChange({ ...fromOurPage, method, origin: null }, undefined)).toBe(false);
  });
});

describe('with a configured address', () => {
  const own = 'https://cards.example';

  test('the configured origin counts, whatever Host a proxy passes on', () => {
    expect(isForeignChange({ ...fromOurPage, origin: own, host: 'app:3000' }, own)).toBe(false);
  });

  test('a matching Host header alone does not help', () => {
    expect(isForeignChange(fromOurPage, own)).toBe(true);
    expect(isForeignChange({ ...fromOurPage, origin: 'http://cards.example' }, own)).toBe(true);
  });
});

describe('machine endpoints', () => {
  test.each(['/api/webhooks/alipay', '/sandbox/alipay/gateway.do', '/sandbox/alipay/gateway'])(
    '%s is called by servers, which send no Origin',
    (pathname) => {
      expect(isForeignChange({ ...fromOurPage, pathname, origin: null }, undefined)).toBe(false);
    },
  );

  test.each([
    '/api/webhooks',
    '/api/webhooks/alipay/x',
    '/api/v1/payments',
    '/api/captcha',
    '/sandbox/alipay/cashier',
    '/sandbox/alipay/gatewayx',
    '/x/api/webhooks/alipay',
  ])('%s is not one of them', (pathname) => {
    expect(isForeignChange({ ...fromOurPage, pathname, origin: null }, undefined)).toBe(true);
  });
});

describe('a page that tells nobody its address', () => {
  const own = 'https://cards.example';

  test('sends its forms under its own origin, when the browser vouches for it', () => {
    expect(originOf({ origin: 'null', fetchSite: 'same-origin', own })).toBe(own);
  });

  test.each([
    ['null', 'same-site'],
    ['null', 'cross-site'],
    ['null', 'none'],
    ['null', null],
    [null, 'same-origin'],
    ['https://evil.example', 'same-origin'],
  ])('an Origin of %s from %s stays what it is', (origin, fetchSite) => {
    expect(originOf({ origin, fetchSite, own })).toBe(origin);
  });
});
