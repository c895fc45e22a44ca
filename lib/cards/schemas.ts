import * as z from 'zod/mini';
import { parseMoney } from '@/lib/kernel/money';
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

/** A form about one of one's own cards. */
export const ownCardSchema = z.object({ cardId: z.string() });

/** `archived`: `1` puts it away, empty brings it back. */
export const archiveCardSchema = z.object({ cardId: z.string(), archived: z._default(z.string(), '') });

const text = () => z._default(z.string(), '');

/** Limits in minor units: below one yuan a freeze says better what is meant. */
const LOWEST_LIMIT = 100n;
const HIGHEST_LIMIT = 100_000_000n;

/** What a card may pay in a day (每日限额). `lift`: `on` for no limit; then `limit` says nothing. */
export const dayLimitSchema = z
  .object({ cardId: z.string(), limit: text(), lift: text(), currentPassword: text() })
  .check((context) => {
    const { limit, lift } = context.value;
    const problem = lift === 'on' ? null : limitProblem(limit);
    if (problem) context.issues.push({ code: 'custom', input: limit, path: ['limit'], message: problem });
  });

/** The limit that a valid form asks for, minor units; null = none. */
export function limitOf({ limit, lift }: z.infer<typeof dayLimitSchema>): bigint | null {
  return lift === 'on' ? null : parseMoney(limit);
}

function limitProblem(limit: string): string | null {
  if (limit.trim() === '') return 'limit_missing';
  const minor = parseMoney(limit);
  if (minor === null) return 'limit_format';
  if (minor < LOWEST_LIMIT) return 'limit_too_low';
  return minor > HIGHEST_LIMIT ? 'limit_too_high' : null;
}

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
