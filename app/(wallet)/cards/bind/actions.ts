'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { checkoutPath, withNext } from '@/app/next-path';
import { openSentForm } from '@/app/refused-forms';
import { requestOrigin } from '@/app/request-origin';
import { requireUser } from '@/app/viewer';
import { type FormState, NOTHING_SENT } from '@/components/forms/form-state';
import { CAPTCHA_FIELDS, verifyCaptcha } from '@/lib/captcha';
import { type BindRefusal, bindCard, cardKeys } from '@/lib/cards';
import { bindFormSchema } from '@/lib/cards/schemas';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { SECOND_MS } from '@/lib/kernel';

/** Binds the card that a form names to whoever is signed in. The password never comes back. */
export async function bindAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const [t, captcha] = await Promise.all([
    getTranslations('cards.errors'),
    getTranslations('captcha.errors'),
  ]);
  const answer = await openSentForm(form, { keep: ['number'], text: (code) => t(code) });
  if (form.has(CAPTCHA_FIELDS.renew)) return otherDigits(form);
  const input = answer.read(bindFormSchema);
  if (!input.ok) return input.state;

  const [db, now] = [database(), new Date()];
  const passed = await verifyCaptcha({ db, now, key: env().captchaKey }, form);
  if (!passed.ok)
    return answer.refuse({ field: captchaFieldOf(form), message: captcha(passed.refusal.code) });

  const { network, deviceId } = await requestOrigin();
  const bound = await bindCard(
    { db, now, keys: cardKeys(), zone: env().issuerZone },
    { ...input.value, userId: user.id, network, device: deviceId },
  );
  const next = checkoutPath(form.get('next'));
  if (bound.ok) redirect(withNext(`/cards/bind/${bound.value.cardId}`, next));
  if (bound.refusal.code === 'already_yours') {
    const { cardId } = bound.refusal;
    redirect(
      next
        ? `/cards/bind/${cardId}?again=1&next=${encodeURIComponent(next)}`
        : `/cards/bind/${cardId}?again=1`,
    );
  }
  return answer.refuse(await errorOf(bound.refusal, now));
}

/** Without JavaScript: the same form, which is given new digits whenever it is drawn. */
function otherDigits(form: FormData): FormState {
  const number = form.get('number');
  const values = { number: typeof number === 'string' ? number : '' };
  return { ...NOTHING_SENT, answer: crypto.randomUUID(), values };
}

function captchaFieldOf(form: FormData): string {
  return form.has(CAPTCHA_FIELDS.digits) ? CAPTCHA_FIELDS.digits : 'captcha';
}

type ShownRefusal = Exclude<BindRefusal, { code: 'already_yours' }>;

/** A refusal in words. What could tell a wrong number from a wrong password stands at neither field. */
async function errorOf(refusal: ShownRefusal, now: Date): Promise<{ field?: string; message: string }> {
  const t = await getTranslations('cards.errors');
  if (refusal.code === 'too_many_tries') {
    const seconds = Math.ceil((refusal.retryAt.getTime() - now.getTime()) / SECOND_MS);
    return {
      message:
        seconds <= 90
          ? t('too_many_tries_seconds', { seconds })
          : t('too_many_tries_minutes', { minutes: Math.ceil(seconds / 60) }),
    };
  }
  if (refusal.code === 'number_format') return { field: 'number', message: t(refusal.code) };
  if (refusal.code === 'password_format') return { field: 'password', message: t(refusal.code) };
  return { message: t(refusal.code) };
}
