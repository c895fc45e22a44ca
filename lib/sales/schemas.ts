import * as z from 'zod/mini';
import { parseMoney } from '@/lib/kernel/money';
import { reasonSchema } from './invoices/schemas';
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

export const addressLookSchema = z.object({ shipmentId: z.string() });

export const identityLookSchema = z.object({ identityId: z.string(), reason: reasonSchema });
