export { checkProgramme, checkProgrammeFace } from './check-programme';
export { checkCashRefund, checkCashSale, checkDayPurchase, checkRealName } from './check-sale';
export { checkBalanceAfter, checkFace } from './check-value';
export { custodyRequired, recordsKeptUntil, withdrawalEndsAt } from './duties';
export {
  type BalanceRefusal,
  type Buyer,
  type ByKind,
  CARD_KINDS,
  CARD_MEDIA,
  type CardKind,
  type CardMedium,
  type ExtensionRefusal,
  type FaceRefusal,
  type FaceValues,
  type FilingTerms,
  type MonthsAllowed,
  type PolicyPack,
  type PolicyRefusal,
  type PolicyRules,
  type ProgrammeTerms,
  type Rule,
  type RuleReference,
  type RuleSource,
  type SaleRefusal,
  type ValidityRefusal,
  type ValidityTerms,
} from './model';
export { findPolicyPack, POLICY_PACKS } from './packs';
export { checkExtension, latestExtension, mayReplaceLost, requestAnsweredBy } from './requests';
export { cardKindSchema, cardMediumSchema, faceValuesSchema, spendingRuleSchema } from './schemas';
export {
  type AllowDeny,
  type Eligibility,
  eligible,
  type IneligibleReason,
  MERCHANT_KINDS,
  type MerchantKind,
  PAYABLE_KINDS,
  type PayableKind,
  PRODUCT_KINDS,
  type ProductKind,
  type SpendingLine,
  type SpendingRule,
} from './spending-rule';
export { checkValidity, expiryFor, mayLapse, mustReviveExpired } from './validity';
