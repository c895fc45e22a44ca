/** goods, fresh food (生鲜), virtual goods, investment gold, shopping cards themselves. */
export const PRODUCT_KINDS = ['goods', 'fresh', 'virtual', 'gold', 'card'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** self (自营) or pop (POP 商家: a merchant of its own on the retailer's platform). */
export const MERCHANT_KINDS = ['self', 'pop'] as const;
export type MerchantKind = (typeof MERCHANT_KINDS)[number];

/** What a programme may let its cards pay. The other kinds are never paid by a card, whatever its programme says. */
export const PAYABLE_KINDS = ['goods', 'fresh'] as const satisfies readonly ProductKind[];
export type PayableKind = (typeof PAYABLE_KINDS)[number];

/**
 * Where the cards of a programme may be spent. The empty rule is: goods of every category, from the self-operated
 * merchant. Fresh food and POP merchants are opted into by naming them. What is denied stays denied, whatever is
 * allowed beside it.
 */
export interface SpendingRule {
  /** Default: `goods`. */
  readonly products?: { readonly allow: readonly PayableKind[] } | undefined;
  /** Default: every category. */
  readonly categories?: AllowDeny | undefined;
  /** Merchant ids or kinds. Default of `allow`: `self`. */
  readonly merchants?: AllowDeny | undefined;
}

export interface AllowDeny {
  readonly allow?: readonly string[] | undefined;
  readonly deny?: readonly string[] | undefined;
}

/** What a spending rule looks at in a line of a basket. */
export interface SpendingLine {
  readonly kind: ProductKind;
  readonly category: string;
  readonly merchantId: string;
  readonly merchantKind: MerchantKind;
}

/** Why a card may not pay a line: a message of namespace `policy` under `ineligible`, and its parameters. */
export type IneligibleReason =
  | { readonly code: 'never_paid_by_card'; readonly kind: ProductKind }
  | { readonly code: 'product_not_included'; readonly kind: ProductKind }
  | {
      readonly code: 'merchant_not_included';
      readonly merchantId: string;
      readonly merchantKind: MerchantKind;
    }
  | { readonly code: 'merchant_excluded'; readonly merchantId: string; readonly merchantKind: MerchantKind }
  | { readonly code: 'category_not_included'; readonly category: string }
  | { readonly code: 'category_excluded'; readonly category: string };

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reason: IneligibleReason };

/** Whether a card whose programme has `rule` may pay `line`, or the first reason why not: product, merchant, category. */
export function eligible(rule: SpendingRule, line: SpendingLine): Eligibility {
  const reason = productRefusal(rule, line) ?? merchantRefusal(rule, line) ?? categoryRefusal(rule, line);
  return reason === null ? { eligible: true } : { eligible: false, reason };
}

function productRefusal(rule: SpendingRule, { kind }: SpendingLine): IneligibleReason | null {
  const payable = PAYABLE_KINDS.find((each) => each === kind);
  if (payable === undefined) return { code: 'never_paid_by_card', kind };
  const allowed = rule.products?.allow ?? ['goods'];
  return allowed.includes(payable) ? null : { code: 'product_not_included', kind };
}

function merchantRefusal(rule: SpendingRule, line: SpendingLine): IneligibleReason | null {
  const { merchantId, merchantKind } = line;
  const names = (list: readonly string[]) => list.includes(merchantId) || list.includes(merchantKind);
  if (names(rule.merchants?.deny ?? [])) return { code: 'merchant_excluded', merchantId, merchantKind };
  if (names(rule.merchants?.allow ?? ['self'])) return null;
  return { code: 'merchant_not_included', merchantId, merchantKind };
}

function categoryRefusal(rule: SpendingRule, { category }: SpendingLine): IneligibleReason | null {
  if (rule.categories?.deny?.includes(category)) return { code: 'category_excluded', category };
  const allowed = rule.categories?.allow;
  return allowed === undefined || allowed.includes(category)
    ? null
    : { code: 'category_not_included', category };
}
