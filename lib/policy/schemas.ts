import { z } from 'zod';
import { CARD_KINDS, CARD_MEDIA, type FaceValues } from './model';
import { MERCHANT_KINDS, PAYABLE_KINDS, type SpendingRule } from './spending-rule';

const category = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/);
const merchant = z.union([z.enum(MERCHANT_KINDS), z.string().regex(/^mer_[0-9a-z_-]{1,64}$/)]);

/**
 * A spending rule as programmes store it. Closed: an unknown word is refused, because a rule that is misspelt would
 * silently let cards be spent where they should not. So are `virtual` and `gold`, which no programme can allow.
 */
export const spendingRuleSchema = z.strictObject({
  products: z.strictObject({ allow: listOf(z.enum(PAYABLE_KINDS)) }).optional(),
  categories: allowDeny(category).optional(),
  merchants: allowDeny(merchant).optional(),
}) satisfies z.ZodType<SpendingRule>;

/** Positive minor units as digits in JSON, `bigint` in code. At most 15 digits. */
const positiveMinor = z.codec(z.string().regex(/^[1-9]\d{0,14}$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (minor) => minor.toString(),
});

/** Face values as programmes store them: `{ "fixed": ["10000"] }` or `{ "minMinor": "100", "maxMinor": "100000" }`. */
export const faceValuesSchema = z.union([
  z.strictObject({ fixed: listOf(positiveMinor) }),
  z
    .strictObject({ minMinor: positiveMinor, maxMinor: positiveMinor })
    .refine((range) => range.minMinor <= range.maxMinor, { error: 'range_reversed' }),
]) satisfies z.ZodType<FaceValues>;

export const cardKindSchema = z.enum(CARD_KINDS);
export const cardMediumSchema = z.enum(CARD_MEDIA);

function allowDeny<Item extends z.ZodType<string>>(item: Item) {
  return z.strictObject({ allow: listOf(item).optional(), deny: listOf(item).optional() });
}

/** At least one, none twice. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .min(1)
    .refine((items) => new Set(items).size === items.length, { error: 'listed_twice' });
}
