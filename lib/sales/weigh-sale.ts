import { ok, type Result } from '@/lib/kernel';
import {
  type Buyer,
  type CardKind,
  checkCashSale,
  checkDayPurchase,
  checkRealName,
  type PolicyPack,
  type SaleRefusal,
} from '@/lib/policy';

/** A purchase as the policy looks at it. Amounts are face values in minor units: what is bought, not what it costs. */
export interface SaleFacts {
  readonly kind: CardKind;
  readonly buyer: Buyer;
  readonly valueMinor: bigint;
  /** Bought in the same day before: of this kind of card, and of all. */
  readonly boughtOfKindMinor: bigint;
  readonly boughtMinor: bigint;
  readonly buyerIdentified: boolean;
  /** By an account of somebody's (every gateway), or cash at a counter. */
  readonly paidWith: 'account' | 'cash';
}

export type WeighingRefusal = Exclude<SaleRefusal, { code: 'cash_refund_above_limit' }>;

/**
 * Whether `pack` allows the sale. Thresholds are asked of what was bought in the day and this together, so that a purchase
 * cut into pieces is weighed as one.
 */
export function weighSale(pack: PolicyPack, sale: SaleFacts): Result<undefined, WeighingRefusal> {
  const { kind, buyer, valueMinor, boughtOfKindMinor, boughtMinor, buyerIdentified } = sale;
  const named = checkRealName(pack, { kind, amountMinor: boughtOfKindMinor + valueMinor, buyerIdentified });
  if (!named.ok) return named;
  if (sale.paidWith === 'cash') {
    const cash = checkCashSale(pack, { buyer, onSite: true, amountMinor: boughtMinor + valueMinor });
    if (!cash.ok) return cash;
  }
  const day = checkDayPurchase(pack, { buyer, boughtMinor, amountMinor: valueMinor });
  return day.ok ? ok() : day;
}
