// Apart from the other schemas: a browser that judges a correction need not load what reads the others' addresses.
import * as z from 'zod/mini';
import { isStorableText } from '@/lib/kernel/text';

const invoiceNumberSchema = z
  .string('number_unreadable')
  .check(z.trim(), z.regex(/^[A-Za-z0-9-]{4,30}$/, 'number_unreadable'));

/** Why something is done or looked at, for the audit; long enough to say something. */
export const reasonSchema = z
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

/** The number that the desk's address asks for; null when it asks for none. */
export const invoiceSearchSchema = z.catch(z.nullable(invoiceNumberSchema), null);
