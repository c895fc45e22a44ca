'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import { archiveCard, closeOwnCard, freezeOwnCard, setDayLimit, unfreezeOwnCard } from '@/lib/cards';
import { archiveCardSchema, dayLimitSchema, limitOf, ownCardSchema } from '@/lib/cards/schemas';
import { database } from '@/lib/database';
import { parseId, type Result } from '@/lib/kernel';
import { askPassword } from './ask-password';

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
    const needed = t('password_needed');
    const refused = await askPassword({ user, answer, password: currentPassword, needed });
    if (refused) return refused;
    done = await setDayLimit(contextNow(), { ...wish, proven: true });
  }
  return goBack(done, { cardId, done: 'limit' });
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
