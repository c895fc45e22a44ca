import * as z from 'zod/mini';
import { isStorableText } from '@/lib/kernel/text';

/** Issue messages are codes; their sentences stand in `admin.errors`. */
export const searchSchema = z.object({
  term: z
    .string('term_missing')
    .check(
      z.trim(),
      z.minLength(1, { error: 'term_missing', abort: true }),
      z.maxLength(254, 'term_unreadable'),
    ),
});

/** Long enough to say something, short enough to be read in a list. */
export const REASON_MIN_LENGTH = 4;
export const REASON_MAX_LENGTH = 200;

// A reason is read by many: more than the last four of a card has no place in it. An order's number has 12 digits.
const CARD_NUMBER = /(?:\d[\s-]?){13}/;

const reasonSchema = z.string('reason_missing').check(
  z.trim(),
  z.minLength(1, { error: 'reason_missing', abort: true }),
  z.minLength(REASON_MIN_LENGTH, 'reason_short'),
  z.maxLength(REASON_MAX_LENGTH, 'reason_long'),
  z.refine(isStorableText, 'reason_unreadable'),
  z.refine((text) => !CARD_NUMBER.test(text.normalize('NFKC')), 'reason_number'),
);

/** Freezing, unfreezing (冻结, 解冻) and reporting lost (挂失): all want a reason, in the words of who acts. */
export const cardActSchema = z.object({ cardId: z.string('reason_missing'), reason: reasonSchema });

/** A decision on a holder's request, as the desk sends it. Who the caller is comes back in no answer. */
export const decisionSchema = z.object({
  requestId: z.string('decision_missing'),
  decision: z.enum(['approve', 'refuse'], 'decision_missing'),
  answer: reasonSchema,
  /** `2027-11-30`, of an extension that is granted. */
  lastDay: z._default(z.string(), ''),
  /** Of a loss: what the caller says of themselves. */
  name: z._default(z.string().check(z.trim(), z.maxLength(60, 'identity_missing')), ''),
  document: z._default(z.string().check(z.trim(), z.maxLength(40, 'identity_missing')), ''),
  /** `on`: a supervisor has seen the document. */
  seen: z._default(z.string(), ''),
});
export type DecisionFields = z.infer<typeof decisionSchema>;

/** What the address of the list of requests says; what does not fit is left out. */
export const requestFilterSchema = z.object({
  state: z.catch(z.enum(['open', 'decided']), 'open'),
  kind: z.catch(z.nullable(z.enum(['loss', 'extension', 'exchange'])), null),
  page: z.catch(z.pipe(z.string().check(z.regex(/^[1-9]\d{0,3}$/)), z.transform(Number)), 1),
});

export const showPhoneSchema = z.object({ holderId: z.string() });

/** What the audit's address may filter by; what does not fit is left out. */
export const auditFilterSchema = z.object({
  actor: z.catch(z.optional(z.string().check(z.regex(/^usr_[0-9a-z]{26}$/))), undefined),
  subject: z.catch(z.optional(z.string().check(z.trim(), z.regex(/^[a-z]{3}_[0-9a-z]{26}$/))), undefined),
  action: z.catch(z.optional(z.string().check(z.regex(/^[a-z_]+\.[a-z_]+$/))), undefined),
  before: z.catch(z.optional(z.string().check(z.regex(/^aud_[0-9a-z]{26}$/))), undefined),
});

export type AuditFilter = z.infer<typeof auditFilterSchema>;
