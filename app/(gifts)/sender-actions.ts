'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import {
  changeRecipient,
  type GiftRefusal,
  giftKeys,
  recipientOf,
  resendGift,
  revokeGift,
} from '@/lib/gifts';
import { recipientSchema } from '@/lib/gifts/schemas';
import { type Id, MINUTE_MS, parseId } from '@/lib/kernel';

/** Sends a gift again with a new link; what is said of it stands on the gift's page. */
export async function resendAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const answer = await openSentForm(form, { keep: [], text: (code) => code });
  const giftId = giftIdOf(form);
  const context = contextNow();
  const sent = await resendGift(context, { giftId: giftId ?? '', senderId: user.id });
  if (!sent.ok) return answer.refuse(await errorOf(sent.refusal, context.now));
  redirect(`/gifts/${sent.value.giftId}?done=resent`);
}

/** Takes a gift back into the sender's own wallet. */
export async function revokeAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const giftId = giftIdOf(form);
  const taken = await revokeGift(contextNow(), { giftId: giftId ?? '', senderId: user.id });
  // When it was claimed a moment before, the gift's page says so.
  if (giftId) redirect(taken.ok ? `/gifts/${giftId}?done=revoked` : `/gifts/${giftId}`);
  redirect('/gifts');
}

/** Gives a gift to somebody else. */
export async function changeRecipientAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const t = await getTranslations('gifts.errors');
  const answer = await openSentForm(form, { keep: KEPT, text: (code) => t(code) });
  const input = answer.read(recipientSchema);
  if (!input.ok) return input.state;
  const context = contextNow();
  const recipient = recipientOf(input.value);
  const wish = { giftId: giftIdOf(form) ?? '', senderId: user.id, recipient };
  const changed = await changeRecipient(context, wish);
  if (!changed.ok) return answer.refuse(await errorOf(changed.refusal, context.now));
  redirect(`/gifts/${changed.value.giftId}?done=changed`);
}

const KEPT = ['recipientName', 'channel', 'address', 'phoneCheck', 'phone'];

function contextNow() {
  return { db: database(), now: new Date(), keys: giftKeys(), zone: env().issuerZone };
}

function giftIdOf(form: FormData): Id<'gft'> | null {
  const text = form.get('giftId');
  return typeof text === 'string' ? parseId('gft', text) : null;
}

async function errorOf(refusal: GiftRefusal, now: Date): Promise<{ message: string }> {
  const t = await getTranslations('gifts.refused');
  if (refusal.code !== 'too_many_tries') return { message: t(refusal.code) };
  const minutes = Math.max(1, Math.ceil((refusal.retryAt.getTime() - now.getTime()) / MINUTE_MS));
  return { message: t('too_many_tries', { minutes }) };
}
