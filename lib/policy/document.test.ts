import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chineseWording } from '@/scripts/policy-wording';
import { checkCashRefund, checkCashSale, POLICY_PACKS } from '.';
import { policyDocument, RULE_TESTS, ruleRows } from './document';
import { CN_2012 } from './pack-cn-2012';

test('docs/policy.md says what the packs say: run `npm run docs:policy` when they change', () => {
  expect(readFileSync('docs/policy.md', 'utf8')).toBe(policyDocument(POLICY_PACKS, chineseWording));
});

test('every rule names a test that exists', () => {
  for (const { file, title } of Object.values(RULE_TESTS)) {
    expect(title.length).toBeGreaterThan(10);
    expect(readFileSync(file, 'utf8')).toContain(title);
  }
});

test('no field of a pack is left out of the document', () => {
  for (const pack of POLICY_PACKS) {
    const listed = new Set<string>(ruleRows(pack).map(({ field }) => field));
    const held = Object.entries(pack.rules).filter(([, value]) => Object.keys(value).length > 0);
    expect([...listed]).toEqual(expect.arrayContaining(held.map(([field]) => field)));
  }
});

test('off site no cash is taken at all', () => {
  const sale = { buyer: 'individual', onSite: false } as const;
  expect(checkCashSale(CN_2012, { ...sale, amountMinor: 1n })).toMatchObject({
    refusal: {
      code: 'cash_not_allowed',
      rule: { id: 'cn-2012.non-cash.off-site', source: { articles: '16' } },
    },
  });
});

test('cash for a refunded card ends at the limit', () => {
  expect(checkCashRefund(CN_2012, 10_000n).ok).toBe(true);
  expect(checkCashRefund(CN_2012, 10_001n)).toMatchObject({
    refusal: { limitMinor: 10_000n, rule: { source: { articles: '21' } } },
  });
});
