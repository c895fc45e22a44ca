import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { FormState } from '@/components/forms/form-state';
import type { OpenForm } from '@/components/forms/open-form';
import { database } from '@/lib/database';
import { confirmPassword, type SignedInUser } from '@/lib/identity';
import { SECOND_MS } from '@/lib/kernel';

/**
 * The form's answer as long as the password in its field `currentPassword` is missing or wrong; null when it is right.
 * - `needed`: what is said to who left it out.
 */
export async function askPassword({
  user,
  answer,
  password,
  needed,
}: {
  readonly user: SignedInUser;
  readonly answer: OpenForm;
  readonly password: string;
  readonly needed: string;
}): Promise<FormState | null> {
  const field = 'currentPassword';
  if (password === '') return answer.refuse({ field, message: needed });
  const confirmed = await confirmPassword({ db: database(), now: new Date() }, { user, password });
  if (confirmed.ok) return null;
  const [t, { refusal }] = [await getTranslations('identity'), confirmed];
  if (refusal.code !== 'throttled') return answer.refuse({ field, message: t(`errors.${refusal.code}`) });
  const seconds = Math.ceil(refusal.retryAfterMs / SECOND_MS);
  const message =
    seconds <= 90
      ? t('throttled.seconds', { seconds })
      : t('throttled.minutes', { minutes: Math.ceil(seconds / 60) });
  return answer.refuse({ field, message });
}
