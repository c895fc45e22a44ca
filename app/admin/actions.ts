'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { PhoneShown } from '@/components/admin/reveal-phone';
import type { FormState } from '@/components/forms/form-state';
import { cardKeys } from '@/lib/cards';
import { database } from '@/lib/database';
import { actOnCard, type CardAct, search, showPhone } from '@/lib/support';
import { cardActSchema, searchSchema, showPhoneSchema } from '@/lib/support/schemas';
import { openSentForm } from '../refused-forms';
import { requireRole } from '../viewer';

/** Looks for what was typed and goes there. What was typed is not sent back: it may be a person's phone or a card's number. */
export async function searchAction(_: FormState, form: FormData): Promise<FormState> {
  const actor = await requireRole('support');
  const t = await getTranslations('admin');
  const answer = await openSentForm(form, { keep: [], text: (code) => t(`errors.${code}`) });
  const input = answer.read(searchSchema);
  if (!input.ok) return input.state;
  const context = { db: database(), now: new Date(), keys: cardKeys() };
  const result = await search(context, { actor, typed: input.value.term });
  if (result.ok) {
    const target = result.value;
    redirect(target.at === 'list' ? `/admin?q=${target.q}` : `/admin/${target.at}s/${target.id}`);
  }
  const { refusal } = result;
  const message =
    refusal.code === 'nothing_found'
      ? t(`search.none.${refusal.kind}`, { term: refusal.term })
      : t('errors.term_unreadable');
  return answer.refuse({ field: 'term', message });
}

export async function showPhoneAction(_: PhoneShown, form: FormData): Promise<PhoneShown> {
  const actor = await requireRole('support');
  const t = await getTranslations('admin.holder');
  const input = showPhoneSchema.safeParse(Object.fromEntries(form));
  const holderId = input.success ? input.data.holderId : '';
  const result = await showPhone({ db: database(), now: new Date() }, { actor, holderId });
  return result.ok ? { phone: result.value.phone, message: t('shown') } : { phone: null, message: t('gone') };
}

export async function freezeCardAction(_: FormState, form: FormData): Promise<FormState> {
  return act('freeze', form);
}

export async function unfreezeCardAction(_: FormState, form: FormData): Promise<FormState> {
  return act('unfreeze', form);
}

async function act(what: CardAct, form: FormData): Promise<FormState> {
  const actor = await requireRole('support');
  const t = await getTranslations('admin.errors');
  const answer = await openSentForm(form, { keep: ['reason'], text: (code) => t(code) });
  const input = answer.read(cardActSchema);
  if (!input.ok) return input.state;
  const result = await actOnCard({ db: database(), now: new Date() }, what, { actor, ...input.value });
  if (result.ok) redirect(`/admin/cards/${result.value.cardId}?done=${what}`);
  const { code } = result.refusal;
  return answer.refuse(
    code === 'reason_missing' ? { field: 'reason', message: t(code) } : { message: t(code) },
  );
}
