import * as z from 'zod/mini';
import { parseMoney } from '@/lib/kernel/money';
import { isStorableText } from '@/lib/kernel/text';
import { MAX_CARDS, PURPOSES } from './model';
import { THEME_IDS } from './themes';

const text = () => z._default(z.string(), '');

/** What is chosen at the counter, as an address holds it: `?face=100&quantity=2&art=spring&purpose=self`. */
export const choiceSchema = z.object({
  /** One of the values offered, in minor units; `free` for what is typed. */
  face: text(),
  /** Yuan, as typed. */
  amount: text(),
  quantity: z.catch(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MAX_CARDS)), 1),
  art: z.catch(z.enum(THEME_IDS), 'plain'),
  purpose: z.catch(z.enum(PURPOSES), 'self'),
});
export type BuyChoice = z.infer<typeof choiceSchema>;

/** The face value that was chosen or typed, minor units; null when it is no amount. */
export function faceOf({ face, amount }: Pick<BuyChoice, 'face' | 'amount'>): bigint | null {
  if (/^[1-9]\d{0,14}$/.test(face)) return BigInt(face);
  const typed = parseMoney(amount);
  return typed !== null && typed > 0n ? typed : null;
}

export const withdrawSchema = z.object({
  purchaseId: z.string(),
  cardIds: z.array(z.string()).check(z.maxLength(MAX_CARDS)),
});

/** Asks once more for money that was refused; `refusals` says which of its refusals the page showed. */
export const refundRetrySchema = z.object({
  withdrawalId: z.string(),
  refusals: z.coerce.number().check(z.int(), z.minimum(0)),
});

/** A step of a shipment, as the desk sends it. */
export const shipmentStepSchema = z.object({
  shipmentId: z.string(),
  to: z.enum(['producing', 'shipped', 'delivered']),
  carrier: z._default(z.string().check(z.trim(), z.maxLength(40)), ''),
  trackingNumber: z._default(z.string().check(z.trim(), z.maxLength(40)), ''),
});

const invoiceNumberSchema = z
  .string('number_unreadable')
  .check(z.trim(), z.regex(/^[A-Za-z0-9-]{4,30}$/, 'number_unreadable'));

/** Why something is done or looked at, for the audit; long enough to say something. */
const reasonSchema = z
  .string('reason_short')
  .check(
    z.trim(),
    z.minLength(4, 'reason_short'),
    z.maxLength(200, 'reason_long'),
    z.refine(isStorableText, 'reason_unreadable'),
  );

/** A wrong number and the right one; both numbers of the invoice come along, as the page showed them. */
export const invoiceCorrectionSchema = z.object({
  invoiceId: z.string('number_unreadable'),
  which: z.enum(['number', 'reversalNumber'], 'which_missing'),
  number: z._default(z.string().check(z.refine(isStorableText)), ''),
  reversalNumber: z._default(z.string().check(z.refine(isStorableText)), ''),
  to: invoiceNumberSchema,
  reason: reasonSchema,
});

export const invoiceReversedSchema = z.object({ invoiceId: z.string(), number: invoiceNumberSchema });

export const invoiceIssuedSchema = z.object({
  invoiceId: z.string(),
  amountMinor: z.pipe(
    z.string().check(z.regex(/^[1-9]\d{0,17}$/)),
    z.transform((text) => BigInt(text)),
  ),
  number: invoiceNumberSchema,
});

export const addressLookSchema = z.object({ shipmentId: z.string() });

export const identityLookSchema = z.object({ identityId: z.string(), reason: reasonSchema });

/** The number that the desk's address asks for; null when it asks for none. */
export const invoiceSearchSchema = z.catch(z.nullable(invoiceNumberSchema), null);
