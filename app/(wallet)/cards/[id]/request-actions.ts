'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireUser } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import type { OpenForm } from '@/components/forms/open-form';
import {
  cardKeys,
  exchangeCard,
  type RequestRefusal,
  reportLoss,
  requestExtension,
  takeNewSecrets,
  withdrawRequest,
} from '@/lib/cards';
import { newSecretsSchema, requestFormSchema, withdrawRequestSchema } from '@/lib/cards/requests/schemas';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { askPassword } from './ask-password';
import type { NewSecretsShown } from './new-secrets';

/** Reports a card of the reader's lost; it is frozen with it. */
export async function reportLossAction(_: FormState, form: FormData): Promise<FormState> {
  const [actor, answer] = [await requireUser(), await opened(form)];
  const input = answer.read(requestFormSchema);
  if (!input.ok) return input.state;
  const { cardId, statement } = input.value;
  const result = await reportLoss(contextNow(), { cardId, statement, actor, holderId: actor.id });
  if (result.ok || result.refusal.code === 'already_open') redirect(`/cards/${cardId}/loss?done=1`);
  return refusedBy(answer, result.refusal);
}

export async function requestExtensionAction(_: FormState, form: FormData): Promise<FormState> {
  const [actor, answer] = [await requireUser(), await opened(form)];
  const input = answer.read(requestFormSchema);
  if (!input.ok) return input.state;
  const { cardId } = input.value;
  const result = await requestExtension(contextNow(), { ...input.value, actor });
  if (result.ok || result.refusal.code === 'already_open') redirect(`/cards/${cardId}/extension?done=1`);
  return refusedBy(answer, result.refusal);
}

/** Exchanges an expired card at once where the policy grants it; else support is asked. */
export async function exchangeCardAction(_: FormState, form: FormData): Promise<FormState> {
  const [actor, answer] = [await requireUser(), await opened(form)];
  const input = answer.read(requestFormSchema);
  if (!input.ok) return input.state;
  const { cardId } = input.value;
  const result = await exchangeCard(contextNow(), { ...input.value, actor });
  if (result.ok && result.value.done) redirect(`/cards/${cardId}`);
  if (result.ok || result.refusal.code === 'already_open') redirect(`/cards/${cardId}/exchange?done=1`);
  return refusedBy(answer, result.refusal);
}

/** Takes a request back, a loss for the password; what came of it stands on the card's page. */
export async function withdrawRequestAction(_: FormState, form: FormData): Promise<FormState> {
  const [actor, answer] = [await requireUser(), await opened(form)];
  const input = answer.read(withdrawRequestSchema);
  if (!input.ok) return input.state;
  const { requestId, currentPassword } = input.value;
  const wish = { requestId, actor };
  let result = await withdrawRequest(contextNow(), { ...wish, proven: false });
  if (!result.ok && result.refusal.code === 'proof_needed') {
    const needed = (await getTranslations('requests.errors'))('password_needed');
    const refused = await askPassword({ user: actor, answer, password: currentPassword, needed });
    if (refused) return refused;
    result = await withdrawRequest(contextNow(), { ...wish, proven: true });
  }
  redirect(result.ok ? `/cards/${result.value.request.cardId}` : '/cards');
}

/** The new number and password of a card, once: the sealed copies are gone before they are sent. */
export async function takeNewSecretsAction(_: NewSecretsShown, form: FormData): Promise<NewSecretsShown> {
  const actor = await requireUser();
  const t = await getTranslations('requests.secrets');
  const input = newSecretsSchema.safeParse(Object.fromEntries(form));
  const { cardId } = input.success ? input.data : { cardId: '' };
  const taken = await takeNewSecrets(contextNow(), { cardId, actor });
  if (!taken.ok) return { card: null, message: t('gone') };
  const { number, password } = taken.value;
  return {
    card: { number: number.replace(FOURS, '$1 '), password: password.replace(FOURS, '$1-') },
    message: t('once'),
  };
}

const FOURS = /(.{4})(?=.)/g;

function contextNow() {
  return { db: database(), now: new Date(), keys: cardKeys(), zone: env().issuerZone };
}

async function opened(form: FormData): Promise<OpenForm> {
  const t = await getTranslations('requests.errors');
  return openSentForm(form, { keep: ['statement', 'evidence'], text: (code) => t(code) });
}

/** A refusal in words; another's card leads where one that does not exist leads. */
async function refusedBy(answer: OpenForm, { code }: RequestRefusal): Promise<FormState> {
  if (code === 'card_not_found') redirect('/cards');
  const t = await getTranslations('requests.errors');
  return answer.refuse({ message: t(code) });
}
