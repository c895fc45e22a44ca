import type { PolicyPack, Rule, RuleSource, ValidityTerms } from './model';

const HOUSE: RuleSource = { instruments: [], articles: null, evidence: 'house' };

/** No legal limits. A card may never end, or end after the 12 to 36 months that its operator chose, whatever its kind. */
export const FREE: PolicyPack = {
  id: 'free',
  currency: null,
  rules: {
    maxValueMinor: {
      named: noLimit('max-value.named', 'rule.max_value'),
      anonymous: noLimit('max-value.anonymous', 'rule.max_value'),
      promotional: noLimit('max-value.promotional', 'rule.max_value'),
    },
    validity: {
      named: validity('named', true),
      anonymous: validity('anonymous', true),
      promotional: validity('promotional', false),
    },
    expiredValue: {
      named: operatorDecides('expired-value.named', 'rule.expired_value'),
      anonymous: operatorDecides('expired-value.anonymous', 'rule.expired_value'),
      promotional: operatorDecides('expired-value.promotional', 'rule.expired_value'),
    },
    lostCard: {
      named: operatorDecides('lost-card.named', 'rule.lost_card_replaced'),
      anonymous: operatorDecides('lost-card.anonymous', 'rule.lost_card_replaced'),
      promotional: operatorDecides('lost-card.promotional', 'rule.lost_card_replaced'),
    },
    extensionMaxMonths: {
      named: noLimit('extension.named', 'rule.extension'),
      anonymous: noLimit('extension.anonymous', 'rule.extension'),
      promotional: noLimit('extension.promotional', 'rule.extension'),
    },
    replacementFeeMinor: {
      id: 'free.replacement-fee',
      value: 0n,
      source: HOUSE,
      messageKey: 'rule.replacement_fee',
    },
    requestAnswerDays: {
      id: 'free.request-answer',
      value: 7,
      source: HOUSE,
      messageKey: 'rule.request_answer',
    },
    realNameFromMinor: {
      named: noLimit('real-name.named', 'rule.real_name'),
      anonymous: noLimit('real-name.anonymous', 'rule.real_name'),
      promotional: noLimit('real-name.promotional', 'rule.real_name'),
    },
    nonCashFromMinor: {
      company: noLimit('non-cash.company', 'rule.non_cash'),
      individual: noLimit('non-cash.individual', 'rule.non_cash'),
    },
    nonCashOffSiteFromMinor: noLimit('non-cash.off-site', 'rule.non_cash_off_site'),
    dayPurchaseMaxMinor: {
      individual: noLimit('day-purchase.individual', 'rule.day_purchase'),
      company: noLimit('day-purchase.company', 'rule.day_purchase'),
    },
    recordYears: noLimit('records', 'rule.record_years'),
    custodyBasisPoints: {},
    cashRefundMaxMinor: noLimit('cash-refund', 'rule.cash_refund'),
    goodsReturn: operatorDecides('goods-return', 'rule.goods_return'),
    withdrawalDays: noLimit('withdrawal', 'rule.withdrawal'),
    filing: noLimit('filing', 'rule.filing'),
  },
};

function noLimit(name: string, messageKey: string): Rule<null> {
  return { id: `free.${name}`, value: null, source: HOUSE, messageKey };
}

function operatorDecides(name: string, messageKey: string): Rule<'operator_decides'> {
  return { id: `free.${name}`, value: 'operator_decides', source: HOUSE, messageKey };
}

function validity(kind: string, unlimited: boolean): Rule<ValidityTerms> {
  const value = { unlimited, months: { from: 12, to: 36 } };
  return { id: `free.validity.${kind}`, value, source: HOUSE, messageKey: 'rule.validity_between' };
}
