import { z } from 'zod';
import { type Database, readTogether, type Tx, transaction } from '@/lib/database';
import { type Locale, parseLocale } from '@/lib/i18n/locale';
import { invariant, maskContact } from '@/lib/kernel';
import type { Channels } from './channels';
import { CHANNELS, type ChannelName, type Choices, DEFAULT_CHOICES, GROUPS, withSecurity } from './model';

/** How a person can be reached, and wants to be. */
export interface Reach {
  readonly locale: Locale;
  readonly choices: Choices;
  /** Addresses by channel: those we know, on channels that this installation has. */
  readonly addresses: { readonly [C in ChannelName]?: { readonly to: string; readonly masked: string } };
}

/** Throws for a person whom nobody knows. */
export async function reachOf(
  { db, channels }: { readonly db: Database; readonly channels: Channels },
  userId: string,
): Promise<Reach> {
  const user = await readUser(db, userId);
  invariant(user, `user ${userId} is known`);
  const contact = (kind: 'email' | 'phone', value: string) => ({
    to: value,
    masked: maskContact({ kind, value }),
  });
  return {
    locale: parseLocale(user.locale),
    choices: choicesOf(user.notificationPreference?.choices),
    addresses: {
      ...(user.email && channels.email ? { email: contact('email', user.email) } : {}),
      ...(user.phone && channels.sms ? { sms: contact('phone', user.phone) } : {}),
    },
  };
}

const readUser = readTogether(
  (client: Database | Tx, ids: readonly string[]) =>
    client.user.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, locale: true, email: true, phone: true, notificationPreference: true },
    }),
  ({ id }) => id,
);

/** Keeps what a person chose, and the language in which they want to be told. What is about security stays on. */
export async function choosePreferences(
  { db, now }: { readonly db: Database; readonly now: Date },
  { userId, choices, locale }: { userId: string; choices: Choices; locale: Locale },
): Promise<void> {
  const text = JSON.stringify(withSecurity(choices));
  await transaction(db, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { locale } });
    await tx.notificationPreference.upsert({
      where: { userId },
      create: { userId, choices: text, changedAt: now },
      update: { choices: text, changedAt: now },
    });
  });
}

/** The boxes of the form that are ticked: `payments.email`, one for each. */
export function choicesFromBoxes(ticked: ReadonlySet<string>): Choices {
  return withSecurity(perGroup((group) => perChannel((channel) => ticked.has(`${group}.${channel}`))));
}

const stored = z.record(z.string(), z.record(z.string(), z.boolean()));

/** A group or channel that came after somebody chose is as by default. */
function choicesOf(text: string | undefined): Choices {
  const chosen = text === undefined ? {} : stored.parse(JSON.parse(text));
  return withSecurity(
    perGroup((group) => perChannel((channel) => chosen[group]?.[channel] ?? DEFAULT_CHOICES[group][channel])),
  );
}

function perGroup(of: (group: (typeof GROUPS)[number]) => Choices['payments']): Choices {
  const [payments, cards, gifts, purchases, security] = GROUPS;
  return {
    payments: of(payments),
    cards: of(cards),
    gifts: of(gifts),
    purchases: of(purchases),
    security: of(security),
  };
}

function perChannel(of: (channel: ChannelName) => boolean): Choices['payments'] {
  const [email, sms] = CHANNELS;
  return { email: of(email), sms: of(sms) };
}
