'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireRole } from '@/app/viewer';
import type { FormError, FormState } from '@/components/forms/form-state';
import { cardKeys } from '@/lib/cards';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { formatDay, MINUTE_MS } from '@/lib/kernel';
import { type DecideRefusal, decideRequest, reportLossFor } from '@/lib/support';
import { cardActSchema, decisionSchema } from '@/lib/support/schemas';

/** Decides what a holder asked. What the caller said of themselves is not sent back. */
export async function decideRequestAction(_: FormState, form: FormData): Promise<FormState> {
  const actor = await requireRole('support');
  const t = await getTranslations('admin.errors');
  const answer = await openSentForm(form, { keep: ['answer', 'lastDay'], text: (code) => t(code) });
  const input = answer.read(decisionSchema);
  if (!input.ok) return input.state;
  const context = contextNow();
  const result = await decideRequest(context, { actor, fields: input.value });
  if (result.ok) redirect(`/admin/requests/${result.value.request.id}?done=1`);
  return answer.refuse(await errorOf(result.refusal, context.now));
}

/** Reports a card lost for a caller; its request is what comes next. */
export async function reportLossForAction(_: FormState, form: FormData): Promise<FormState> {
  const actor = await requireRole('support');
  const t = await getTranslations('admin.errors');
  const answer = await openSentForm(form, { keep: ['reason'], text: (code) => t(code) });
  const input = answer.read(cardActSchema);
  if (!input.ok) return input.state;
  const result = await reportLossFor(contextNow(), { actor, ...input.value });
  if (result.ok) redirect(`/admin/requests/${result.value.requestId}`);
  if (result.refusal.code === 'already_open') redirect(`/admin/requests/${result.refusal.requestId}`);
  return answer.refuse({ message: t(result.refusal.code) });
}

function contextNow() {
  return { db: database(), now: new Date(), keys: cardKeys(), zone: env().issuerZone };
}

/** A refusal in words, at the field that it concerns. */
async function errorOf(refusal: DecideRefusal, now: Date): Promise<FormError> {
  const t = await getTranslations('admin.errors');
  switch (refusal.code) {
    case 'too_many_checks': {
      const minutes = Math.ceil((refusal.retryAt.getTime() - now.getTime()) / MINUTE_MS);
      return { message: t(refusal.code, { minutes }) };
    }
    case 'extension_above_limit':
      return { field: 'lastDay', message: t(refusal.code, { limit: formatDay(refusal.limit) }) };
    case 'extension_not_after':
    case 'last_day_missing':
      return { field: 'lastDay', message: t(refusal.code) };
    case 'identity_differs':
    case 'identity_missing':
      return { field: 'name', message: t(refusal.code) };
    default:
      return { message: t(refusal.code) };
  }
}
