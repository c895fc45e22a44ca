'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { changeRecipient, giftKeys, recipientOf, resendGift, revokeGift } from '@/lib/gifts';
import { recipientSchema } from '@/lib/gifts/schemas';
import { type Id, parseId } from '@/lib/kernel';

/** Sends a gift again with a new link; what came of it stands on the gift's page. */
export async function resendAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const giftId = giftIdOf(form);
  if (!giftId) redirect('/gifts');
  const sent = await resendGift(contextNow(), { giftId, senderId: user.id });
  redirect(sent.ok ? `/gifts/${giftId}?done=resent` : `/gifts/${giftId}?problem=${sent.refusal.code}`);
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
  const giftId = giftIdOf(form);
  if (!giftId) redirect('/gifts');
  const wish = { giftId, senderId: user.id, recipient: recipientOf(input.value) };
  const changed = await changeRecipient(contextNow(), wish);
  redirect(changed.ok ? `/gifts/${giftId}?done=changed` : `/gifts/${giftId}?problem=${changed.refusal.code}`);
}

const KEPT = ['recipientName', 'channel', 'address', 'phoneCheck', 'phone'];

function contextNow() {
  return { db: database(), now: new Date(), keys: giftKeys(), zone: env().issuerZone };
}

function giftIdOf(form: FormData): Id<'gft'> | null {
  const text = form.get('giftId');
  return typeof text === 'string' ? parseId('gft', text) : null;
}
