import type { PolicyPack, RuleSource } from './model';

const MEASURES = '单用途商业预付卡管理办法（商务部令2012年第9号）';
const NOTICE_25 = '国办发〔2011〕25号';

const NOT_PREPAID: RuleSource = {
  instruments: [],
  articles: null,
  evidence: 'house',
  note: 'A card that was given away is not prepaid: the measures do not reach it',
};
const VALUE: RuleSource = { instruments: [MEASURES, NOTICE_25], articles: null, evidence: 'text_read' };
const VALIDITY: RuleSource = {
  instruments: [NOTICE_25],
  articles: null,
  evidence: 'text_read',
  note: 'The measures say it too; the number of that article is uncertain and is not cited',
};
const REAL_NAME: RuleSource = { instruments: [MEASURES], articles: '15', evidence: 'quotation_read' };
const NON_CASH: RuleSource = { instruments: [MEASURES], articles: '16', evidence: 'quotation_read' };
const DAY_PURCHASE: RuleSource = {
  instruments: [],
  articles: null,
  evidence: 'house',
  note: 'The measures set no such limit; it keeps cards from being bought up for resale',
};
const CUSTODY: RuleSource = {
  instruments: [MEASURES],
  articles: '26–28',
  evidence: 'text_read',
  note: 'Insurance or a guarantee may stand in',
};

const LOSS: RuleSource = {
  instruments: [MEASURES],
  articles: null,
  evidence: 'draft',
  note: 'Read in press reports of the draft; the rules for cards of payment institutions say the same',
};
const EXTENSION: RuleSource = {
  instruments: [],
  articles: null,
  evidence: 'house',
  note: 'As long as the shortest validity of a new card: an extension gives no less than an exchange',
};
const NEVER_ENDS: RuleSource = { ...VALIDITY, note: 'A card without an end needs no extension' };
const FREE_OF_CHARGE: RuleSource = {
  instruments: [],
  articles: null,
  evidence: 'house',
  note: 'The notice asks for the service and names no fee',
};
const ANSWER: RuleSource = {
  instruments: [],
  articles: null,
  evidence: 'house',
  note: 'No instrument names a time for the answer',
};

/** The Chinese rules for single-purpose prepaid cards, with as much certainty about each source as there is. */
export const CN_2012: PolicyPack = {
  id: 'cn-2012',
  currency: 'CNY',
  rules: {
    maxValueMinor: {
      named: { id: 'cn-2012.max-value.named', value: 500_000n, source: VALUE, messageKey: 'rule.max_value' },
      anonymous: {
        id: 'cn-2012.max-value.anonymous',
        value: 100_000n,
        source: VALUE,
        messageKey: 'rule.max_value',
      },
      promotional: {
        id: 'cn-2012.max-value.promotional',
        value: null,
        source: NOT_PREPAID,
        messageKey: 'rule.max_value',
      },
    },
    validity: {
      named: {
        id: 'cn-2012.validity.named',
        value: { unlimited: true, months: null },
        source: VALIDITY,
        messageKey: 'rule.validity_unlimited_only',
      },
      // A card that never ends is good for three years too.
      anonymous: {
        id: 'cn-2012.validity.anonymous',
        value: { unlimited: true, months: { from: 36, to: null } },
        source: VALIDITY,
        messageKey: 'rule.validity_at_least',
      },
      promotional: {
        id: 'cn-2012.validity.promotional',
        value: { unlimited: false, months: { oneOf: [12, 24] } },
        source: NOT_PREPAID,
        messageKey: 'rule.validity_one_of',
      },
    },
    expiredValue: {
      named: {
        id: 'cn-2012.expired-value.named',
        value: 'revived_on_request',
        source: VALIDITY,
        messageKey: 'rule.expired_value',
      },
      anonymous: {
        id: 'cn-2012.expired-value.anonymous',
        value: 'revived_on_request',
        source: VALIDITY,
        messageKey: 'rule.expired_value',
      },
      promotional: {
        id: 'cn-2012.expired-value.promotional',
        value: 'operator_decides',
        source: NOT_PREPAID,
        messageKey: 'rule.expired_value',
      },
    },
    lostCard: {
      named: {
        id: 'cn-2012.lost-card.named',
        value: 'replaced_for_its_holder',
        source: LOSS,
        messageKey: 'rule.lost_card_replaced',
      },
      anonymous: {
        id: 'cn-2012.lost-card.anonymous',
        value: 'not_replaced',
        source: LOSS,
        messageKey: 'rule.lost_card_not_replaced',
      },
      promotional: {
        id: 'cn-2012.lost-card.promotional',
        value: 'operator_decides',
        source: NOT_PREPAID,
        messageKey: 'rule.lost_card_replaced',
      },
    },
    extensionMaxMonths: {
      named: {
        id: 'cn-2012.extension.named',
        value: null,
        source: NEVER_ENDS,
        messageKey: 'rule.extension',
      },
      anonymous: {
        id: 'cn-2012.extension.anonymous',
        value: 36,
        source: EXTENSION,
        messageKey: 'rule.extension',
      },
      promotional: {
        id: 'cn-2012.extension.promotional',
        value: 12,
        source: EXTENSION,
        messageKey: 'rule.extension',
      },
    },
    replacementFeeMinor: {
      id: 'cn-2012.replacement-fee',
      value: 0n,
      source: FREE_OF_CHARGE,
      messageKey: 'rule.replacement_fee',
    },
    requestAnswerDays: {
      id: 'cn-2012.request-answer',
      value: 7,
      source: ANSWER,
      messageKey: 'rule.request_answer',
    },
    realNameFromMinor: {
      named: { id: 'cn-2012.real-name.named', value: 0n, source: REAL_NAME, messageKey: 'rule.real_name' },
      anonymous: {
        id: 'cn-2012.real-name.anonymous',
        value: 1_000_000n,
        source: REAL_NAME,
        messageKey: 'rule.real_name',
      },
      promotional: {
        id: 'cn-2012.real-name.promotional',
        value: null,
        source: NOT_PREPAID,
        messageKey: 'rule.real_name',
      },
    },
    nonCashFromMinor: {
      company: {
        id: 'cn-2012.non-cash.company',
        value: 500_000n,
        source: NON_CASH,
        messageKey: 'rule.non_cash',
      },
      individual: {
        id: 'cn-2012.non-cash.individual',
        value: 5_000_000n,
        source: NON_CASH,
        messageKey: 'rule.non_cash',
      },
    },
    nonCashOffSiteFromMinor: {
      id: 'cn-2012.non-cash.off-site',
      value: 0n,
      source: NON_CASH,
      messageKey: 'rule.non_cash_off_site',
    },
    dayPurchaseMaxMinor: {
      individual: {
        id: 'cn-2012.day-purchase.individual',
        value: 10_000_000n,
        source: DAY_PURCHASE,
        messageKey: 'rule.day_purchase',
      },
      company: {
        id: 'cn-2012.day-purchase.company',
        value: 100_000_000n,
        source: DAY_PURCHASE,
        messageKey: 'rule.day_purchase',
      },
    },
    recordYears: {
      id: 'cn-2012.records',
      value: 5,
      source: {
        instruments: [MEASURES],
        articles: null,
        evidence: 'press',
        note: 'Read in a press report only',
      },
      messageKey: 'rule.record_years',
    },
    custodyBasisPoints: {
      scale: { id: 'cn-2012.custody.scale', value: 2_000n, source: CUSTODY, messageKey: 'rule.custody' },
      group: { id: 'cn-2012.custody.group', value: 3_000n, source: CUSTODY, messageKey: 'rule.custody' },
      brand: { id: 'cn-2012.custody.brand', value: 4_000n, source: CUSTODY, messageKey: 'rule.custody' },
    },
    cashRefundMaxMinor: {
      id: 'cn-2012.cash-refund',
      value: 10_000n,
      source: { instruments: [MEASURES], articles: '21', evidence: 'second_hand' },
      messageKey: 'rule.cash_refund',
    },
    goodsReturn: {
      id: 'cn-2012.goods-return',
      value: 'to_the_tender_that_paid',
      source: {
        instruments: [MEASURES],
        articles: null,
        evidence: 'draft',
        note: 'Found in a draft text only',
      },
      messageKey: 'rule.goods_return',
    },
    withdrawalDays: {
      id: 'cn-2012.withdrawal',
      value: 7,
      source: {
        instruments: ['法释〔2025〕4号'],
        articles: null,
        evidence: 'second_hand',
        note: 'Law-firm and press pages; clauses "no refund, no replacement, no transfer" do not hold',
      },
      messageKey: 'rule.withdrawal',
    },
    filing: {
      id: 'cn-2012.filing',
      value: {
        withinDays: 30,
        charterShownToBuyers: true,
        fineMinMinor: 1_000_000n,
        fineMaxMinor: 3_000_000n,
      },
      source: { instruments: [MEASURES], articles: '7, 14, 36, 37', evidence: 'text_read' },
      messageKey: 'rule.filing',
    },
  },
};
