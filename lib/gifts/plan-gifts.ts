import { z } from 'zod';
import {
  instantIn,
  isZone,
  MINUTE_MS,
  ok,
  parseContact,
  parseDay,
  plusMs,
  type Result,
  refuse,
} from '@/lib/kernel';
import {
  FURTHEST_DELIVERY_MS,
  GIFT_CHANNELS,
  GIFT_LOCALES,
  GIFT_THEMES,
  type GiftPlan,
  type GiftRecipient,
} from './model';
import { hashPassphrase } from './passphrase';
import {
  type GiftFieldProblem,
  type GiftPlanFields,
  giftPlanProblems,
  type RecipientFields,
  readRecipientList,
} from './schemas';

/**
 * Turns the fields of a form into a plan that can be kept (sealed, for it names people) until it is paid for. Refuses
 * with everything that is wrong by field, also a time of delivery that is past or more than a year ahead.
 */
export async function planGifts(
  fields: GiftPlanFields,
  now: Date,
): Promise<
  Result<GiftPlan, { readonly code: 'fields_wrong'; readonly problems: readonly GiftFieldProblem[] }>
> {
  const plain = giftPlanProblems(fields);
  const problems = plain.length > 0 ? plain : timeProblems(fields, now);
  if (problems.length > 0) return refuse({ code: 'fields_wrong', problems });
  const passphrase = fields.passphrase.trim();
  return ok({
    theme: fields.theme,
    message: fields.message.trim(),
    senderName: fields.senderName.trim(),
    locale: fields.language,
    zone: fields.zone,
    deliver: fields.when === 'later' ? { day: fields.date, minutes: minutesOf(fields.time) } : null,
    passphraseHash: passphrase === '' ? null : await hashPassphrase(passphrase),
    recipients:
      fields.audience === 'many'
        ? readRecipientList(fields.list, { phoneCheck: fields.phoneCheck !== '' }).recipients
        : [recipientOf(fields)],
  });
}

/** When a plan's gifts are due: never before `now`, when the payment took longer than the sender thought. */
export function deliveryOf(plan: Pick<GiftPlan, 'deliver' | 'zone'>, now: Date): Date {
  const day = plan.deliver && parseDay(plan.deliver.day);
  if (!plan.deliver || !day) return now;
  return new Date(Math.max(now.getTime(), instantIn(plan.zone, day, plan.deliver.minutes).getTime()));
}

/** The recipient that checked fields of a form name. */
export function recipientOf(fields: RecipientFields): GiftRecipient {
  const address = fields.channel === 'link' ? null : (parseContact(fields.address)?.value ?? null);
  const proof = fields.channel === 'sms' ? address : (parseContact(fields.phone)?.value ?? null);
  return {
    name: fields.recipientName.trim(),
    channel: fields.channel,
    address,
    phone: fields.phoneCheck === '' ? null : proof,
  };
}

/** A plan as it was kept: JSON of `GiftPlan`. */
export const storedPlanSchema: z.ZodType<GiftPlan> = z.object({
  theme: z.enum(GIFT_THEMES),
  message: z.string(),
  senderName: z.string(),
  locale: z.enum(GIFT_LOCALES),
  zone: z.string(),
  deliver: z.object({ day: z.string(), minutes: z.number() }).nullable(),
  passphraseHash: z.string().nullable(),
  recipients: z.array(
    z.object({
      name: z.string(),
      channel: z.enum(GIFT_CHANNELS),
      address: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
});

function timeProblems(fields: GiftPlanFields, now: Date): GiftFieldProblem[] {
  if (!isZone(fields.zone)) return [{ field: 'zone', code: 'zone_unknown' }];
  if (fields.when === 'now') return [];
  const day = parseDay(fields.date);
  if (day === null) return [{ field: 'date', code: 'date_missing' }];
  const at = instantIn(fields.zone, day, minutesOf(fields.time));
  if (at < plusMs(now, -MINUTE_MS)) return [{ field: 'date', code: 'deliver_past' }];
  if (at > plusMs(now, FURTHEST_DELIVERY_MS)) return [{ field: 'date', code: 'deliver_too_far' }];
  return [];
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
