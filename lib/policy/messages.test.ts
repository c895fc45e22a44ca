import { expect, test } from 'vitest';
import en from '@/messages/en/policy.json';
import zh from '@/messages/zh-CN/policy.json';
import type { IneligibleReason, PolicyRefusal } from '.';
import { POLICY_PACKS } from './packs';

/** Complete by its type: a new code without an entry here does not compile. */
const REFUSALS: Record<PolicyRefusal['code'], true> = {
  face_not_positive: true,
  face_not_offered: true,
  face_above_limit: true,
  top_up_not_positive: true,
  balance_above_limit: true,
  validity_not_allowed: true,
  real_name_required: true,
  cash_not_allowed: true,
  day_limit_reached: true,
  cash_refund_above_limit: true,
  card_never_ends: true,
  extension_not_after: true,
  extension_above_limit: true,
  currency_not_covered: true,
  no_face_offered: true,
  issuer_class_unknown: true,
};
const INELIGIBLE: Record<IneligibleReason['code'], true> = {
  never_paid_by_card: true,
  product_not_included: true,
  merchant_not_included: true,
  merchant_excluded: true,
  category_not_included: true,
  category_excluded: true,
};

test.each([
  ['zh-CN', zh],
  ['en', en],
])('every rule, refusal and reason has a text in %s', (_, texts) => {
  const rules = [...JSON.stringify(POLICY_PACKS, digits).matchAll(/"messageKey":"rule\.([a-z_]+)"/g)];
  expect(rules.length).toBeGreaterThan(30);
  for (const [, key] of rules) expect(texts.rule).toHaveProperty(key ?? '');
  expect(Object.keys(texts.refusal).sort()).toEqual(Object.keys(REFUSALS).sort());
  expect(Object.keys(texts.ineligible).sort()).toEqual(Object.keys(INELIGIBLE).sort());
});

function digits(_: string, value: unknown) {
  return typeof value === 'bigint' ? value.toString() : value;
}
