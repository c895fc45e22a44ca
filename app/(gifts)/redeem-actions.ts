'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requestNetwork } from '@/app/request-origin';
import { currentUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import {
  type ClaimRefusal,
  type CodeRefusal,
  claimGift,
  giftKeys,
  openGift,
  proveCode,
  requestCode,
} from '@/lib/gifts';
import { claimSchema } from '@/lib/gifts/claim-form';
import { MINUTE_MS } from '@/lib/kernel';
import { dropGift, keepGift } from './gift-cookie';

/** A person opens the envelope. Only this press counts as opening: machines read pages and press nothing. */
export async function openAction(form: FormData): Promise<void> {
  const user = await currentUser();
  const use = { token: textOf(form, 'token'), network: await requestNetwork(), userId: user?.id ?? null };
  await openGift({ db: database(), now: new Date() }, use);
}

/** On to signing in or up, and from there to the claim page. The token goes along in a cookie. */
export async function enterAction(form: FormData): Promise<void> {
  await keepGift(textOf(form, 'token'));
  redirect(textOf(form, 'way') === 'in' ? '/sign-in?next=/gifts/claim' : '/sign-up?next=/gifts/claim');
}

/** Takes the gift into the account of whoever is signed in, or sends the code that it asks for. */
export async function claimAction(_: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations('gifts');
  const user = await currentUser();
  if (!user) {
    await keepGift(textOf(form, 'token'));
    redirect('/sign-in?next=/gifts/claim');
  }
  const answer = await openSentForm(form, {
    keep: ['token', 'phone'],
    text: (code) => t(`claimErrors.${code}`),
  });
  const input = answer.read(claimSchema);
  if (!input.ok) return input.state;
  const context = { db: database(), now: new Date(), keys: giftKeys(), zone: env().issuerZone };
  const use = { token: textOf(form, 'token'), network: await requestNetwork(), userId: user.id };
  const refuse = async (refusal: Parameters<typeof errorOf>[0]) =>
    answer.refuse(await errorOf(refusal, context.now));

  if (form.has('sendCode')) {
    const sent = await requestCode(context, { ...use, phone: input.value.phone });
    if (!sent.ok) return refuse(sent.refusal);
    return { ...answer.done(t('open.codeSent')), values: { phone: input.value.phone } };
  }
  if (input.value.code !== '') {
    const proved = await proveCode(context, { ...use, code: input.value.code });
    if (!proved.ok) return refuse(proved.refusal);
  }
  const claimed = await claimGift(context, { ...use, passphrase: input.value.passphrase });
  if (claimed.ok) return goToGift(claimed.value.giftId);
  if (claimed.refusal.code === 'already_yours') return goToGift(claimed.refusal.giftId);
  return refuse(claimed.refusal);
}

async function goToGift(giftId: string): Promise<never> {
  await dropGift();
  redirect(`/gifts/${giftId}?new=1`);
}

async function errorOf(
  refusal: Exclude<ClaimRefusal, { code: 'already_yours' }> | CodeRefusal,
  now: Date,
): Promise<{ field?: string; message: string }> {
  const t = await getTranslations('gifts.claimErrors');
  if (refusal.code === 'too_many_tries') {
    const minutes = Math.max(1, Math.ceil((refusal.retryAt.getTime() - now.getTime()) / MINUTE_MS));
    return { message: t('too_many_tries', { minutes }) };
  }
  const field = FIELDS.get(refusal.code);
  return { ...(field ? { field } : {}), message: t(refusal.code) };
}

const FIELDS: ReadonlyMap<string, string> = new Map([
  ['passphrase_wrong', 'passphrase'],
  ['phone_invalid', 'phone'],
  ['phone_not_proved', 'phone'],
  ['wrong_person', 'phone'],
  ['code_wrong', 'code'],
]);

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
