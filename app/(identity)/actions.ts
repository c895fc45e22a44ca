'use server';

import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import type { FormState } from '@/components/forms/form-state';
import { database } from '@/lib/database';
import {
  type ChangePasswordRefusal,
  changeName,
  changePassword,
  hasRole,
  revokeOtherSessions,
  revokeSession,
  type SignedInUser,
  type SignInRefusal,
  type SignUpRefusal,
  signOut,
} from '@/lib/identity';
import {
  changeNameSchema,
  changePasswordSchema,
  revokeSessionSchema,
  signInSchema,
  signUpSchema,
} from '@/lib/identity/schemas';
import { parseId, SECOND_MS } from '@/lib/kernel';
import { safeNextPath } from '../next-path';
import { openSentForm } from '../refused-forms';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from '../session-cookie';
import { signInFromHere, signUpFromHere } from '../start-session';
import { requireUser } from '../viewer';

export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  const answer = await openSentForm(form, { keep: ['login', 'next'], text: await sentences() });
  const input = answer.read(signInSchema);
  if (!input.ok) return input.state;
  const result = await signInFromHere(input.value);
  if (!result.ok) return answer.refuse({ message: await sentenceOf(result.refusal) });
  await writeSessionCookie(result.value);
  return goOn(form, result.value);
}

export async function signUpAction(_: FormState, form: FormData): Promise<FormState> {
  const answer = await openSentForm(form, { keep: ['login', 'name', 'next'], text: await sentences() });
  const input = answer.read(signUpSchema);
  if (!input.ok) return input.state;
  const result = await signUpFromHere({ ...input.value, locale: await getLocale() });
  if (!result.ok) {
    const { refusal } = result;
    const message = await sentenceOf(refusal);
    if (refusal.code === 'throttled') return answer.refuse({ message });
    return answer.refuse({ field: refusal.code.startsWith('login') ? 'login' : 'password', message });
  }
  return goOn(form, result.value);
}

export async function signOutAction(): Promise<void> {
  const sessionId = await readSessionCookie();
  if (sessionId) await signOut({ db: database(), now: new Date() }, sessionId);
  await clearSessionCookie();
  redirect('/sign-in');
}

export async function changePasswordAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const t = await getTranslations('identity');
  const answer = await openSentForm(form, { keep: [], text: await sentences() });
  const input = answer.read(changePasswordSchema);
  if (!input.ok) return input.state;
  const result = await changePassword({ db: database(), now: new Date() }, { user, ...input.value });
  if (result.ok) return answer.done(t('password.done', { count: result.value.endedSessions }));
  const { refusal } = result;
  const message = await sentenceOf(refusal);
  if (refusal.code === 'throttled') return answer.refuse({ message });
  const field = refusal.code === 'current_password_wrong' ? 'currentPassword' : 'newPassword';
  return answer.refuse({ field, message });
}

export async function changeNameAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const answer = await openSentForm(form, { keep: ['name'], text: await sentences() });
  const input = answer.read(changeNameSchema);
  if (!input.ok) return input.state;
  await changeName({ db: database(), now: new Date() }, { user, name: input.value.name });
  redirect('/account');
}

export async function revokeSessionAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const input = revokeSessionSchema.safeParse(Object.fromEntries(form));
  const sessionId = input.success ? parseId('ses', input.data.sessionId) : null;
  // A session that is gone already is what was wanted: the list says so.
  if (sessionId) await revokeSession({ db: database(), now: new Date() }, { user, sessionId });
  if (sessionId === user.sessionId) await clearSessionCookie();
  redirect('/account/sessions');
}

export async function revokeOtherSessionsAction(): Promise<void> {
  const user = await requireUser();
  await revokeOtherSessions({ db: database(), now: new Date() }, user);
  redirect('/account/sessions');
}

function goOn(form: FormData, user: SignedInUser): never {
  const wish = form.get('next');
  const home = hasRole(user.role, 'support') ? '/admin' : '/cards';
  redirect(safeNextPath(typeof wish === 'string' ? wish : null) ?? safeNextPath(home) ?? '/');
}

async function sentences(): Promise<(code: string) => string> {
  const t = await getTranslations('identity.errors');
  return (code) => t(code);
}

async function sentenceOf(refusal: SignInRefusal | SignUpRefusal | ChangePasswordRefusal): Promise<string> {
  const t = await getTranslations('identity');
  if (refusal.code !== 'throttled') return t(`errors.${refusal.code}`);
  const seconds = Math.ceil(refusal.retryAfterMs / SECOND_MS);
  return seconds <= 90
    ? t('throttled.seconds', { seconds })
    : t('throttled.minutes', { minutes: Math.ceil(seconds / 60) });
}
