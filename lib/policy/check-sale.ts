import { ok, type Result, refuse } from '@/lib/kernel';
import type { Buyer, CardKind, PolicyPack, SaleRefusal } from './model';
import { referenceTo } from './rule-reference';

type Refused<Code extends SaleRefusal['code']> = Extract<SaleRefusal, { code: Code }>;

/** Refuses a purchase or top-up of `amountMinor` (all bought at once, minor units) whose buyer must be known and is not. */
export function checkRealName(
  pack: PolicyPack,
  sale: { readonly kind: CardKind; readonly amountMinor: bigint; readonly buyerIdentified: boolean },
): Result<undefined, Refused<'real_name_required'>> {
  const rule = pack.rules.realNameFromMinor[sale.kind];
  if (sale.buyerIdentified || rule.value === null || sale.amountMinor < rule.value) return ok();
  return refuse({
    code: 'real_name_required',
    rule: referenceTo(rule),
    kind: sale.kind,
    limitMinor: rule.value,
    amountMinor: sale.amountMinor,
  });
}

/** Refuses cash for `amountMinor` (all bought at once, minor units) where the money must come from an account. */
export function checkCashSale(
  pack: PolicyPack,
  sale: { readonly buyer: Buyer; readonly onSite: boolean; readonly amountMinor: bigint },
): Result<undefined, Refused<'cash_not_allowed'>> {
  const { nonCashFromMinor, nonCashOffSiteFromMinor } = pack.rules;
  const rule = sale.onSite ? nonCashFromMinor[sale.buyer] : nonCashOffSiteFromMinor;
  if (rule.value === null || sale.amountMinor < rule.value) return ok();
  return refuse({
    code: 'cash_not_allowed',
    rule: referenceTo(rule),
    limitMinor: rule.value,
    amountMinor: sale.amountMinor,
  });
}

/**
 * Refuses a purchase of `amountMinor` (minor units) that takes what its buyer bought in the day, `boughtMinor`, above
 * the limit.
 */
export function checkDayPurchase(
  pack: PolicyPack,
  sale: { readonly buyer: Buyer; readonly boughtMinor: bigint; readonly amountMinor: bigint },
): Result<undefined, Refused<'day_limit_reached'>> {
  const rule = pack.rules.dayPurchaseMaxMinor[sale.buyer];
  if (rule.value === null || sale.boughtMinor + sale.amountMinor <= rule.value) return ok();
  return refuse({
    code: 'day_limit_reached',
    rule: referenceTo(rule),
    limitMinor: rule.value,
    boughtMinor: sale.boughtMinor,
    amountMinor: sale.amountMinor,
  });
}

/** Refuses to pay `amountMinor` (minor units) of a refunded card out in cash when it is above the limit. */
export function checkCashRefund(
  pack: PolicyPack,
  amountMinor: bigint,
): Result<undefined, Refused<'cash_refund_above_limit'>> {
  const rule = pack.rules.cashRefundMaxMinor;
  if (rule.value === null || amountMinor <= rule.value) return ok();
  return refuse({
    code: 'cash_refund_above_limit',
    rule: referenceTo(rule),
    limitMinor: rule.value,
    amountMinor,
  });
}
