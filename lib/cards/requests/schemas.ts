import * as z from 'zod/mini';
import { isStorableText } from '@/lib/kernel/text';

export const STATEMENT_MAX_LENGTH = 500;
const STATEMENT_MIN_LENGTH = 4;

// A statement is read by many: more than the last four of a card has no place in it. An order's number has 12 digits.
const CARD_NUMBER = /(?:\d[\s-]?){13}/;

function words(code: string) {
  return z.string(`${code}_missing`).check(
    z.trim(),
    z.maxLength(STATEMENT_MAX_LENGTH, `${code}_long`),
    z.refine(isStorableText, `${code}_unreadable`),
    z.refine((text) => !CARD_NUMBER.test(text.normalize('NFKC')), `${code}_number`),
  );
}

/**
 * What a holder writes to report a loss (挂失), to ask for an extension (延期) or an exchange (换卡). Issue messages are
 * codes; their sentences stand in `requests.errors`.
 */
export const requestFormSchema = z.object({
  cardId: z.string('statement_missing'),
  statement: words('statement').check(
    z.minLength(1, { error: 'statement_missing', abort: true }),
    z.minLength(STATEMENT_MIN_LENGTH, 'statement_short'),
  ),
  /** What shows it; may be left out. */
  evidence: z._default(words('evidence'), ''),
});

export const withdrawRequestSchema = z.object({
  requestId: z.string(),
  /** Asked for only where a card would be able to pay again. */
  currentPassword: z._default(z.string(), ''),
});

export const newSecretsSchema = z.object({ cardId: z.string() });
