'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/app/viewer';
import { parseLocale } from '@/lib/i18n';
import { choicesFromBoxes, choosePreferences, notifyContext } from '@/lib/notify';

export async function saveNotificationsAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const language = form.get('locale');
  await choosePreferences(notifyContext(new Date()), {
    userId: user.id,
    choices: choicesFromBoxes(new Set(form.keys())),
    locale: parseLocale(typeof language === 'string' ? language : undefined),
  });
  redirect('/account/notifications?saved=1');
}
