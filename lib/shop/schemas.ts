import { z } from 'zod';
import { parseId } from '@/lib/kernel';
import { CATEGORIES, MAX_QUANTITY } from './model';

/** 1 to 99, as a form sends it. */
export const quantitySchema = z.coerce.number().int().min(1).max(MAX_QUANTITY);

export const productIdSchema = z.string().transform((text, context) => {
  const id = parseId('prd', text);
  if (id) return id;
  context.addIssue({ code: 'custom', message: 'not a product id' });
  return z.NEVER;
});

/** One use of a form, made when the form is drawn: the same key sent twice is one order. */
export const idempotencyKeySchema = z.uuid();

const basketItemSchema = z.object({ productId: productIdSchema, quantity: quantitySchema });

/** 0 takes the line out. */
export const basketChangeSchema = z.object({
  productId: productIdSchema,
  quantity: z.coerce.number().int().min(0).max(MAX_QUANTITY),
});

export const basketOrderSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
  /** What the basket came to on the page that was sent, minor units. */
  expectedTotalMinor: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(BigInt),
});

export const directOrderSchema = basketItemSchema.extend({ idempotencyKey: idempotencyKeySchema });

/** Why something goes back; kept with the refund, for the merchant. */
export const RETURN_REASONS = ['unwanted', 'damaged', 'wrong', 'other'] as const;

export const refundRequestSchema = z.object({
  idempotencyKey: idempotencyKeySchema,
  reason: z.enum(RETURN_REASONS).catch('other'),
});

/** What a visitor wanted before signing in; kept in a cookie until they come back. */
export const intentSchema = z.object({
  key: idempotencyKeySchema,
  aim: z.enum(['basket', 'order']),
  productId: productIdSchema,
  quantity: quantitySchema,
});
export type Intent = z.infer<typeof intentSchema>;

export const SORTS = ['shelf', 'price-up', 'price-down'] as const;

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The shop's address: `/shop?category=fresh&q=茶&card=1&sort=price-up&page=2`. What makes no sense is left out. */
export const shopQuerySchema = z.object({
  category: z.preprocess(first, z.enum(CATEGORIES).optional()).catch(undefined),
  q: z.preprocess(first, z.string().trim().max(60).default('')).catch(''),
  card: z.preprocess((value) => first(value) === '1', z.boolean()),
  sort: z.preprocess(first, z.enum(SORTS).default('shelf')).catch('shelf'),
  page: z.preprocess(first, z.coerce.number().int().min(1).max(999).default(1)).catch(1),
});
export type ShopQuery = z.infer<typeof shopQuerySchema>;
