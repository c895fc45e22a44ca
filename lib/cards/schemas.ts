import * as z from 'zod/mini';
import { hasCheckDigit, NUMBER_LENGTH, normaliseNumber } from './number';
import { normalisePassword } from './password';

export { type PastedCard, splitPasted } from './paste';

/** The bind form (绑卡). Issue messages are codes; their sentences stand in `cards.errors`. Texts stay as typed. */
export const bindFormSchema = z.object({
  number: z.string('number_missing').check(
    z.refine((typed) => typed.trim() !== '', { error: 'number_missing', abort: true }),
    z.refine((typed) => normaliseNumber(typed) !== null, 'number_format'),
  ),
  password: z.string('password_missing').check(
    z.refine((typed) => typed.trim() !== '', { error: 'password_missing', abort: true }),
    z.refine((typed) => normalisePassword(typed) !== null, 'password_format'),
  ),
});

/**
 * Whether a number that begins like one of ours was probably mistyped: its check digit does not fit. Only a hint
 * beside the field, never a refusal, and worked out from the digits alone: nobody is asked whether the card exists.
 */
export function looksMistyped(typed: string): boolean {
  const number = normaliseNumber(typed);
  return number?.length === NUMBER_LENGTH && number.startsWith(OWN_RANGE) && !hasCheckDigit(number);
}

// The first digits of all numbers that cards:issue makes (lib/cards/programmes.ts).
const OWN_RANGE = '91';
