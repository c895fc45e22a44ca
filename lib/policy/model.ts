import type { CalendarDay, Currency } from '@/lib/kernel';

/** named (记名), anonymous (不记名), promotional (赠送卡: given away, so not a prepaid card). */
export const CARD_KINDS = ['named', 'anonymous', 'promotional'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

export const CARD_MEDIA = ['electronic', 'physical'] as const;
export type CardMedium = (typeof CARD_MEDIA)[number];

export type ByKind<T> = Readonly<Record<CardKind, T>>;

/**
 * A named set of limits. Data alone: another country is another value of this type, listed in `packs.ts`.
 * `null` as a limit always means that the pack sets none.
 */
export interface PolicyPack {
  readonly id: string;
  /** The currency of the pack's amounts; null when it holds none, so that it fits every currency. */
  readonly currency: Currency | null;
  readonly rules: PolicyRules;
}

export interface PolicyRules {
  /** The most that a card may be worth, when it is issued and ever after. */
  readonly maxValueMinor: ByKind<Rule<bigint | null>>;
  readonly validity: ByKind<Rule<ValidityTerms>>;
  /** What becomes of value that is left on an expired card. */
  readonly expiredValue: ByKind<Rule<'revived_on_request' | 'operator_decides'>>;
  /** What becomes of a card whose loss (挂失) its holder reports. */
  readonly lostCard: ByKind<Rule<'replaced_for_its_holder' | 'not_replaced' | 'operator_decides'>>;
  /** An extension (延期) ends at most this many months from the day on which it is granted. */
  readonly extensionMaxMonths: ByKind<Rule<number | null>>;
  /** What a replacement or an exchange costs. Always nothing: the ledger has no movement for a fee. */
  readonly replacementFeeMinor: Rule<0n>;
  /** Days in which a holder's request is answered; the day it is made does not count. */
  readonly requestAnswerDays: Rule<number>;
  /** Bought or topped up at once for this much or more: the buyer shows who they are. 0 = always. */
  readonly realNameFromMinor: ByKind<Rule<bigint | null>>;
  /** Bought on site for this much or more: no cash. */
  readonly nonCashFromMinor: Readonly<Record<Buyer, Rule<bigint | null>>>;
  /** Bought anywhere else for this much or more: no cash. */
  readonly nonCashOffSiteFromMinor: Rule<bigint | null>;
  /** The most that a person or a company may buy in a day of the issuer's zone. */
  readonly dayPurchaseMaxMinor: Readonly<Record<Buyer, Rule<bigint | null>>>;
  readonly recordYears: Rule<number | null>;
  /** Share of last quarter's balance that lies in custody (存管), in hundredths of a percent, by class of issuer. */
  readonly custodyBasisPoints: Readonly<Record<string, Rule<bigint>>>;
  /** The most of a refunded card that may be paid out in cash; more goes to an account of the same name. */
  readonly cashRefundMaxMinor: Rule<bigint | null>;
  readonly goodsReturn: Rule<'to_the_tender_that_paid' | 'operator_decides'>;
  /** Days in which a consumer may hand back an unused card for the principal. */
  readonly withdrawalDays: Rule<number | null>;
  readonly filing: Rule<FilingTerms | null>;
}

/** One limit, where it comes from, and the message (namespace `policy`) that tells it to a person. */
export interface Rule<T> {
  readonly id: string;
  readonly value: T;
  readonly source: RuleSource;
  readonly messageKey: string;
}

/** A rule without its value, as refusals carry it. */
export type RuleReference = Pick<Rule<unknown>, 'id' | 'source' | 'messageKey'>;

export interface RuleSource {
  /** Titles or numbers of the legal instruments, as they are cited in their own country. Empty for the issuer's own rule. */
  readonly instruments: readonly string[];
  /** Article numbers; null where the number is not known for certain, or where there is none. */
  readonly articles: string | null;
  /** How well the wording is known. The weaker, the more a lawyer should check it before anybody relies on it. */
  readonly evidence: 'text_read' | 'quotation_read' | 'second_hand' | 'press' | 'draft' | 'house';
  readonly note?: string;
}

export interface ValidityTerms {
  /** Whether a card may be good for ever. */
  readonly unlimited: boolean;
  /** Which numbers of months are allowed; null = a card may not end at all. */
  readonly months: MonthsAllowed | null;
}

/** Both ends are included; `to: null` is open. */
export type MonthsAllowed =
  | { readonly from: number; readonly to: number | null }
  | { readonly oneOf: readonly number[] };

/** A company (单位) or a private person (个人). */
export type Buyer = 'company' | 'individual';

export interface FilingTerms {
  readonly withinDays: number;
  readonly charterShownToBuyers: boolean;
  readonly fineMinMinor: bigint;
  readonly fineMaxMinor: bigint;
}

/** What the policy needs to know of a card programme (卡种). */
export interface ProgrammeTerms {
  readonly kind: CardKind;
  readonly medium: CardMedium;
  readonly currency: Currency;
  /** null = no expiry. */
  readonly validityMonths: number | null;
  readonly faceValues: FaceValues;
}

/** Fixed values, or any value between two ends that are included. */
export type FaceValues =
  | { readonly fixed: readonly bigint[] }
  | { readonly minMinor: bigint; readonly maxMinor: bigint };

export type PolicyRefusal =
  | FaceRefusal
  | BalanceRefusal
  | ValidityRefusal
  | SaleRefusal
  | ExtensionRefusal
  | { readonly code: 'currency_not_covered'; readonly currency: Currency; readonly packCurrency: Currency }
  | { readonly code: 'no_face_offered' }
  | { readonly code: 'issuer_class_unknown'; readonly issuerClass: string };

export type FaceRefusal =
  | { readonly code: 'face_not_positive'; readonly amountMinor: bigint }
  | { readonly code: 'face_not_offered'; readonly amountMinor: bigint; readonly offered: FaceValues }
  | AboveLimit<'face_above_limit'>;

export type BalanceRefusal =
  | { readonly code: 'top_up_not_positive'; readonly amountMinor: bigint }
  | AboveLimit<'balance_above_limit'>;

export interface ValidityRefusal {
  readonly code: 'validity_not_allowed';
  readonly rule: RuleReference;
  readonly kind: CardKind;
  readonly validityMonths: number | null;
  readonly allowed: ValidityTerms;
}

export type ExtensionRefusal =
  | { readonly code: 'card_never_ends' }
  /** The last day is not after today, or not after the one that the card has. */
  | { readonly code: 'extension_not_after' }
  | { readonly code: 'extension_above_limit'; readonly rule: RuleReference; readonly limit: CalendarDay };

export type SaleRefusal =
  | AboveLimit<'real_name_required'>
  | {
      readonly code: 'cash_not_allowed';
      readonly rule: RuleReference;
      readonly limitMinor: bigint;
      readonly amountMinor: bigint;
    }
  | {
      readonly code: 'day_limit_reached';
      readonly rule: RuleReference;
      readonly limitMinor: bigint;
      /** What was bought in the day before. */
      readonly boughtMinor: bigint;
      readonly amountMinor: bigint;
    }
  | {
      readonly code: 'cash_refund_above_limit';
      readonly rule: RuleReference;
      readonly limitMinor: bigint;
      readonly amountMinor: bigint;
    };

interface AboveLimit<Code extends string> {
  readonly code: Code;
  readonly rule: RuleReference;
  readonly kind: CardKind;
  readonly limitMinor: bigint;
  readonly amountMinor: bigint;
}
