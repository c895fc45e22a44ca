'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import type { OpenForm } from '@/components/forms/open-form';
import { archiveCard, closeOwnCard, freezeOwnCard, setDayLimit, unfreezeOwnCard } from '@/lib/cards';
import { archiveCardSchema, dayLimitSchema, limitOf, ownCardSchema } from '@/lib/cards/schemas';
import { database } from '@/lib/database';
import { confirmPassword, type SignedInUser } from '@/lib/identity';
import { parseId, type Result, SECOND_MS } from '@/lib/kernel';

/** Freezes a card of the reader's own at once: it can be undone, so nothing is asked. */
export async function freezeOwnCardAction(form: FormData): Promise<void> {
  const own = await ownCard(form);
  goBack(await freezeOwnCard(contextNow(), own), { ...own, done: 'frozen' });
}

export async function unfreezeOwnCardAction(form: FormData): Promise<void> {
  const own = await ownCard(form);
  goBack(await unfreezeOwnCard(contextNow(), own), { ...own, done: 'unfrozen' });
}

/** Puts a card out of the wallet's first view, or back. */
export async function archiveCardAction(form: FormData): Promise<void> {
  const own = await ownCard(form);
  const input = archiveCardSchema.safeParse(Object.fromEntries(form));
  const archived = input.success && input.data.archived === '1';
  const done = archived ? 'archived' : 'unarchived';
  goBack(await archiveCard(contextNow(), { ...own, archived }), { ...own, done });
}

/** Closes a used-up card for good; why it is not, the page of the question says. */
export async function closeCardAction(form: FormData): Promise<void> {
  const own = await ownCard(form);
  const closed = await closeOwnCard(contextNow(), own);
  const cardId = parseId('crd', own.cardId);
  if (!closed.ok && closed.refusal.code !== 'card_not_found' && cardId) redirect(`/cards/${cardId}/close`);
  goBack(closed, { ...own, done: 'closed' });
}

/** Sets, lowers, raises or lifts the limit of a day; to pay more than before takes the password. */
export async function setDayLimitAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const t = await getTranslations('ownCard.errors');
  const answer = await openSentForm(form, { keep: ['limit', 'lift'], text: (code) => t(code) });
  const input = answer.read(dayLimitSchema);
  if (!input.ok) return input.state;
  const { cardId, currentPassword } = input.value;
  const wish = { cardId, userId: user.id, limitMinor: limitOf(input.value) };
  let done = await setDayLimit(contextNow(), { ...wish, proven: false });
  if (!done.ok && done.refusal.code === 'proof_needed') {
    const refused = await provenBy({ user, answer, password: currentPassword });
    if (refused) return refused;
    done = await setDayLimit(contextNow(), { ...wish, proven: true });
  }
  return goBack(done, { cardId, done: 'limit' });
}

/** The form's answer as long as the password is missing or wrong; null when it is right. */
async function provenBy({
  user,
  answer,
  password,
}: {
  readonly user: SignedInUser;
  readonly answer: OpenForm;
  readonly password: string;
}): Promise<FormState | null> {
  const [t, identity] = [await getTranslations('ownCard.errors'), await getTranslations('identity')];
  const field = 'currentPassword';
  if (password === '') return answer.refuse({ field, message: t('password_needed') });
  const confirmed = await confirmPassword(contextNow(), { user, password });
  if (confirmed.ok) return null;
  const { refusal } = confirmed;
  if (refusal.code !== 'throttled')
    return answer.refuse({ field, message: identity(`errors.${refusal.code}`) });
  const seconds = Math.ceil(refusal.retryAfterMs / SECOND_MS);
  const message =
    seconds <= 90
      ? identity('throttled.seconds', { seconds })
      : identity('throttled.minutes', { minutes: Math.ceil(seconds / 60) });
  return answer.refuse({ field, message });
}

async function ownCard(form: FormData) {
  const user = await requireUser();
  const input = ownCardSchema.safeParse(Object.fromEntries(form));
  return { cardId: input.success ? input.data.cardId : '', userId: user.id };
}

/** To the card's page, which says what was done, or how the card stands by now; from another's card to the wallet. */
function goBack(
  result: Result<unknown, { readonly code: string }>,
  { cardId, done }: { readonly cardId: string; readonly done: string },
): never {
  const id = parseId('crd', cardId);
  if (!id || (!result.ok && result.refusal.code === 'card_not_found')) redirect('/cards');
  redirect(result.ok ? `/cards/${id}?done=${done}` : `/cards/${id}`);
}

function contextNow() {
  return { db: database(), now: new Date() };
}
