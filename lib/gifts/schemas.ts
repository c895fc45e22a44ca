import * as z from 'zod/mini';
import { parseContact } from '@/lib/kernel/contact';
import { isStorableText } from '@/lib/kernel/text';
import {
  GIFT_CHANNELS,
  GIFT_LOCALES,
  GIFT_THEMES,
  MESSAGE_MAX_LENGTH,
  NAME_MAX_LENGTH,
  PASSPHRASE_MAX_LENGTH,
  PASSPHRASE_MIN_LENGTH,
} from './model';
import { readRecipientList } from './recipient-list';

export {
  type RecipientList,
  type RowProblem,
  type RowProblemCode,
  readRecipientList,
} from './recipient-list';

const text = () => z._default(z.string(), '');

/**
 * The fields of a gift plan as a form sends them, all text. A form that asks for more spreads them into its own schema and
 * calls `giftPlanProblems` in a check of its own.
 */
export const giftPlanShape = {
  theme: z._default(z.enum(GIFT_THEMES), 'everyday'),
  message: text(),
  senderName: text(),
  /** Whether there is one recipient, or a list. */
  audience: z._default(z.enum(['one', 'many']), 'one'),
  recipientName: text(),
  channel: z._default(z.enum(GIFT_CHANNELS), 'email'),
  address: text(),
  /** Lines as `readRecipientList` reads them. */
  list: text(),
  when: z._default(z.enum(['now', 'later']), 'now'),
  /** `2027-02-06` and `08:30` on the recipients' clocks. */
  date: text(),
  time: text(),
  zone: z._default(z.string(), 'Asia/Shanghai'),
  language: z._default(z.enum(GIFT_LOCALES), 'zh-CN'),
  passphrase: text(),
  /** `on`: the recipient must prove a phone. */
  phoneCheck: text(),
  /** The phone to prove, where the address is none. */
  phone: text(),
};

/** What the form says of one gift or many. Issue messages are codes; their sentences stand in `gifts.errors`. */
export const giftPlanSchema = z.object(giftPlanShape).check((context) => {
  for (const { field, code } of giftPlanProblems(context.value)) {
    context.issues.push({ code: 'custom', input: context.value[field], path: [field], message: code });
  }
});

export type GiftPlanFields = z.infer<typeof giftPlanSchema>;

export interface GiftFieldProblem {
  readonly field: keyof GiftPlanFields;
  readonly code: string;
}

/** Everything that is wrong with the fields of a plan, in their order; whether its time is ahead only a server can say. */
export function giftPlanProblems(fields: GiftPlanFields): GiftFieldProblem[] {
  const problems: GiftFieldProblem[] = [];
  const add = (field: keyof GiftPlanFields, code: string | null) => {
    if (code !== null) problems.push({ field, code });
  };
  add('message', messageProblem(fields.message.trim()));
  add('senderName', nameProblem(fields.senderName, 'sender'));
  if (fields.audience === 'many') add('list', listProblem(fields));
  else for (const { field, code } of recipientProblems(fields)) add(field, code);
  if (fields.when === 'later') {
    add('date', /^\d{4}-\d{2}-\d{2}$/.test(fields.date) ? null : 'date_missing');
    add('time', /^([01]\d|2[0-3]):[0-5]\d/.test(fields.time) ? null : 'time_missing');
  }
  add('passphrase', passphraseProblem(fields.passphrase.trim()));
  return problems;
}

/** One recipient, as a form asks: also for changing the recipient of a gift. */
export const recipientShape = {
  recipientName: giftPlanShape.recipientName,
  channel: giftPlanShape.channel,
  address: giftPlanShape.address,
  phoneCheck: giftPlanShape.phoneCheck,
  phone: giftPlanShape.phone,
};

export const recipientSchema = z.object(recipientShape).check((context) => {
  for (const { field, code } of recipientProblems(context.value)) {
    context.issues.push({ code: 'custom', input: context.value[field], path: [field], message: code });
  }
});

export type RecipientFields = z.infer<typeof recipientSchema>;

function recipientProblems(
  fields: RecipientFields,
): { readonly field: keyof RecipientFields; readonly code: string }[] {
  const named = nameProblem(fields.recipientName, 'recipient');
  const address = addressProblem(fields);
  const needsPhone = fields.phoneCheck !== '' && fields.channel !== 'sms';
  const phone = fields.phone.trim();
  return [
    ...(named ? [{ field: 'recipientName' as const, code: named }] : []),
    ...(address ? [{ field: 'address' as const, code: address }] : []),
    ...(needsPhone && phone === '' ? [{ field: 'phone' as const, code: 'phone_missing' }] : []),
    ...(needsPhone && phone !== '' && parseContact(phone)?.kind !== 'phone'
      ? [{ field: 'phone' as const, code: 'phone_invalid' }]
      : []),
  ];
}

function nameProblem(name: string, whose: 'sender' | 'recipient'): string | null {
  if (name.trim() === '') return `${whose}_missing`;
  if (!isStorableText(name)) return 'unreadable';
  return name.trim().length > NAME_MAX_LENGTH ? `${whose}_too_long` : null;
}

function messageProblem(message: string): string | null {
  if (!isStorableText(message)) return 'unreadable';
  return message.length > MESSAGE_MAX_LENGTH ? 'message_too_long' : null;
}

function addressProblem({ channel, address }: RecipientFields): string | null {
  if (channel === 'link') return null;
  if (address.trim() === '') return channel === 'email' ? 'email_missing' : 'sms_missing';
  const kind = parseContact(address)?.kind;
  if (channel === 'email') return kind === 'email' ? null : 'email_invalid';
  return kind === 'phone' ? null : 'sms_invalid';
}

function listProblem({ list, phoneCheck }: GiftPlanFields): string | null {
  const { recipients, problems } = readRecipientList(list, { phoneCheck: phoneCheck !== '' });
  if (problems.length > 0) return 'list_wrong';
  return recipients.length === 0 ? 'list_missing' : null;
}

function passphraseProblem(passphrase: string): string | null {
  if (passphrase === '') return null;
  if (passphrase.length < PASSPHRASE_MIN_LENGTH) return 'passphrase_too_short';
  return passphrase.length > PASSPHRASE_MAX_LENGTH ? 'passphrase_too_long' : null;
}
