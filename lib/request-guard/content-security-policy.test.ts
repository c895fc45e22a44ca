import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const policy = contentSecurityPolicy({ nonce: 'n0nce' });

test('scripts run by nonce alone', () => {
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';");
  expect(policy).toContain("script-src-attr 'none'");
  expect(policy).not.toContain('unsafe-');
});

test('no other host is named, and nobody may frame us', () => {
  expect(policy).not.toMatch(/https?:|\*/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
});

test('forms lead to ourselves and to the named gateways only', () => {
  expect(policy).toContain("form-action 'self';");
  const withGateway = contentSecurityPolicy({ nonce: 'n', formTargets: ['https://openapi.alipay.com'] });
  expect(withGateway).toContain("form-action 'self' https://openapi.alipay.com;");
});

test('what the dev server needs stays out of production', () => {
  expect(contentSecurityPolicy({ nonce: 'n', development: true })).toContain("'unsafe-eval'");
});
