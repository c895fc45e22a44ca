import { expect, test } from 'vitest';
import {
  checkBalanceAfter,
  checkCashRefund,
  checkCashSale,
  checkDayPurchase,
  checkExtension,
  checkFace,
  checkProgramme,
  checkRealName,
  custodyRequired,
  expiryFor,
  mayLapse,
  mayReplaceLost,
  mustReviveExpired,
  type PolicyPack,
  type Rule,
  type RuleSource,
  recordsKeptUntil,
  requestAnsweredBy,
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
    nonCashOffSiteFromMinor: rule('non_cash_off_site', 300_000n),
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

test('what is bought and paid back there is judged by its own numbers', () => {
  const refused = (code: string, id: string) => ({ refusal: { code, rule: { id: `xx.${id}`, source } } });
  const identified = { kind: 'named', amountMinor: 1_000_000n, buyerIdentified: true } as const;
  expect(checkRealName(pack, identified).ok).toBe(true);
  expect(checkRealName(pack, { ...identified, buyerIdentified: false })).toMatchObject(
    refused('real_name_required', 'real_name'),
  );

  const day = { buyer: 'individual', boughtMinor: 800_000n } as const;
  expect(checkDayPurchase(pack, { ...day, amountMinor: 100_000n }).ok).toBe(true);
  expect(checkDayPurchase(pack, { ...day, amountMinor: 100_001n })).toMatchObject(
    refused('day_limit_reached', 'day_purchase'),
  );
  expect(checkDayPurchase(pack, { ...day, buyer: 'company', amountMinor: 9_000_000n }).ok).toBe(true);

  const cash = { buyer: 'individual', onSite: true } as const;
  expect(checkCashSale(pack, { ...cash, amountMinor: 999_999n }).ok).toBe(true);
  expect(checkCashSale(pack, { ...cash, amountMinor: 1_000_000n })).toMatchObject(
    refused('cash_not_allowed', 'non_cash'),
  );
  expect(checkCashSale(pack, { ...cash, buyer: 'company', amountMinor: 1_000_000n }).ok).toBe(true);
  expect(checkCashSale(pack, { ...cash, onSite: false, amountMinor: 299_999n }).ok).toBe(true);
  expect(checkCashSale(pack, { ...cash, onSite: false, amountMinor: 300_000n })).toMatchObject(
    refused('cash_not_allowed', 'non_cash_off_site'),
  );

  expect(checkCashRefund(pack, 1_000n).ok).toBe(true);
  expect(checkCashRefund(pack, 1_001n)).toMatchObject(refused('cash_refund_above_limit', 'cash_refund'));
  expect(checkBalanceAfter(pack, 'named', { balanceMinor: 199_999n, addedMinor: 1n }).ok).toBe(true);
  expect(checkBalanceAfter(pack, 'named', { balanceMinor: 199_999n, addedMinor: 2n })).toMatchObject(
    refused('balance_above_limit', 'max_value'),
  );
});

test('what a holder may ask for there, and how long is kept what was written, follow its numbers too', () => {
  const zone = 'America/New_York';
  const now = new Date('2026-03-01T12:00:00Z');
  const card = { kind: 'anonymous', expiresAt: now } as const;
  const wish = (month: number) => ({ lastDay: { year: 2028, month, day: 1 }, now, zone });
  expect(checkExtension(pack, card, wish(3)).ok).toBe(true);
  expect(checkExtension(pack, card, wish(4))).toMatchObject({
    refusal: { code: 'extension_above_limit', rule: { id: 'xx.extension' } },
  });
  expect(mayReplaceLost(pack, 'anonymous')).toBe(true);
  expect(mayLapse(pack, 'promotional')).toBe(false);
  expect(requestAnsweredBy(pack, now, zone)).toEqual(new Date('2026-03-05T05:00:00Z'));
  expect(recordsKeptUntil(pack, now, zone)).toEqual(new Date('2033-03-02T05:00:00Z'));
});
