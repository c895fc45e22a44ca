import { expect, test } from 'vitest';
import {
  checkFace,
  checkProgramme,
  checkRealName,
  custodyRequired,
  expiryFor,
  mustReviveExpired,
  type PolicyPack,
  type Rule,
  type RuleSource,
  withdrawalEndsAt,
} from '.';

/** An invented country: cards end no sooner than five years after activation, and half of the balance is in custody. */
const source: RuleSource = { instruments: ['Gift Card Act'], articles: '4', evidence: 'text_read' };

function rule<T>(name: string, value: T): Rule<T> {
  return { id: `xx.${name}`, value, source, messageKey: `rule.${name}` };
}

function forAll<T>(name: string, value: T) {
  return { named: rule(name, value), anonymous: rule(name, value), promotional: rule(name, value) };
}

const pack: PolicyPack = {
  id: 'xx',
  currency: 'USD',
  rules: {
    maxValueMinor: forAll('max_value', 200_000n),
    validity: forAll('validity', { unlimited: true, months: { from: 60, to: null } }),
    expiredValue: forAll('expired_value', 'revived_on_request'),
    lostCard: forAll('lost_card', 'replaced_for_its_holder'),
    extensionMaxMonths: forAll('extension', 24),
    replacementFeeMinor: rule('replacement_fee', 0n),
    requestAnswerDays: rule('request_answer', 3),
    realNameFromMinor: forAll('real_name', 1_000_000n),
    nonCashFromMinor: { company: rule('non_cash', null), individual: rule('non_cash', 1_000_000n) },
    nonCashOffSiteFromMinor: rule('non_cash_off_site', null),
    dayPurchaseMaxMinor: {
      company: rule('day_purchase', null),
      individual: rule('day_purchase', 900_000n),
    },
    recordYears: rule('record_years', 7),
    custodyBasisPoints: {
      bank: rule('custody', 0n),
      club: rule('custody', 1n),
      shop: rule('custody', 5_000n),
    },
    cashRefundMaxMinor: rule('cash_refund', 1_000n),
    goodsReturn: rule('goods_return', 'operator_decides'),
    withdrawalDays: rule('withdrawal', 14),
    filing: rule('filing', null),
  },
};

test('another country is a pack of data: every check reads it', () => {
  const terms = { kind: 'promotional', validityMonths: 60 } as const;
  const activation = { activatedAt: new Date('2026-03-01T12:00:00Z'), zone: 'America/New_York' };
  const programme = {
    ...terms,
    medium: 'electronic',
    currency: 'USD',
    faceValues: { fixed: [2_500n] },
  } as const;
  expect(checkProgramme(pack, programme).ok).toBe(true);
  expect(checkProgramme(pack, { ...programme, validityMonths: 59 }).ok).toBe(false);
  expect(checkProgramme(pack, { ...programme, currency: 'CNY' }).ok).toBe(false);
  expect(checkFace(pack, 'named', 200_001n)).toMatchObject({
    refusal: { rule: { id: 'xx.max_value', source } },
  });
  expect(checkRealName(pack, { kind: 'named', amountMinor: 999_999n, buyerIdentified: false }).ok).toBe(true);
  expect(custodyRequired(pack, 'shop', 101n)).toEqual({ ok: true, value: 51n });
  expect(custodyRequired(pack, 'club', 1n)).toEqual({ ok: true, value: 1n });
  expect(custodyRequired(pack, 'bank', 101n)).toEqual({ ok: true, value: 0n });
  expect(expiryFor(pack, terms, activation)).toEqual({ ok: true, value: new Date('2031-03-02T05:00:00Z') });
  expect(mustReviveExpired(pack, 'promotional')).toBe(true);
  expect(withdrawalEndsAt(pack, activation.activatedAt, activation.zone)).toEqual(
    new Date('2026-03-16T04:00:00Z'),
  );
});
