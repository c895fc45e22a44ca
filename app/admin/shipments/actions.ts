'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { openSentForm } from '@/app/refused-forms';
import { requireRole } from '@/app/viewer';
import type { FormState } from '@/components/forms/form-state';
import type { AddressShown } from '@/components/sales/reveal-address';
import type { IdentityShown } from '@/components/sales/reveal-identity';
import { cardKeys } from '@/lib/cards';
import { checkoutContext } from '@/lib/checkout';
import { database } from '@/lib/database';
import { unreachable } from '@/lib/kernel';
import {
  correctInvoice,
  type InvoiceRefusal,
  markInvoiceIssued,
  markInvoiceReversed,
  moveShipment,
  retryWithdrawal,
  showAddress,
  showIdentity,
} from '@/lib/sales';
import {
  invoiceCorrectionSchema,
  invoiceIssuedSchema,
  invoiceReversedSchema,
} from '@/lib/sales/invoices/schemas';
import {
  addressLookSchema,
  identityLookSchema,
  refundRetrySchema,
  shipmentStepSchema,
} from '@/lib/sales/schemas';

/** Moves a parcel one step on; the confirmation of its delivery activates the cards. */
export async function moveShipmentAction(form: FormData): Promise<void> {
  const actor = await requireRole('support');
  const input = shipmentStepSchema.safeParse(Object.fromEntries(form));
  const context = { db: database(), now: new Date() };
  const result = input.success ? await moveShipment(context, { ...input.data, actor }) : null;
  redirect(result?.ok ? '/admin/shipments' : '/admin/shipments?refused=1');
}

export async function invoiceIssuedAction(form: FormData): Promise<void> {
  const actor = await requireRole('support');
  const input = invoiceIssuedSchema.safeParse(Object.fromEntries(form));
  if (!input.success) redirect('/admin/shipments?refused=number_unreadable');
  const { data } = input;
  const result = await markInvoiceIssued({ db: database(), now: new Date() }, { ...data, actor });
  redirect(result.ok ? `/admin/shipments?done=issued&number=${data.number}` : refusedPath(result.refusal));
}

export async function invoiceReversedAction(form: FormData): Promise<void> {
  const actor = await requireRole('support');
  const input = invoiceReversedSchema.safeParse(Object.fromEntries(form));
  if (!input.success) redirect('/admin/shipments?refused=number_unreadable');
  const { data } = input;
  const result = await markInvoiceReversed({ db: database(), now: new Date() }, { ...data, actor });
  redirect(result.ok ? `/admin/shipments?done=reversed&number=${data.number}` : refusedPath(result.refusal));
}

/** The invoice that has another number is shown beside the refusal: there it is corrected. */
function refusedPath(refusal: InvoiceRefusal) {
  const noted = refusal.code === 'other_number' ? (`&number=${refusal.noted}` as const) : '';
  return `/admin/shipments?refused=${refusal.code}${noted}` as const;
}

/** Puts the right number in place of one that was noted wrongly. */
export async function correctInvoiceAction(_: FormState, form: FormData): Promise<FormState> {
  const actor = await requireRole('support');
  const [t, errors] = await Promise.all([getTranslations('sales.desk'), getTranslations('sales.errors')]);
  const answer = await openSentForm(form, { keep: ['which', 'to', 'reason'], text: (code) => errors(code) });
  const input = answer.read(invoiceCorrectionSchema);
  if (!input.ok) return input.state;
  const { invoiceId, which, to, reason } = input.value;
  const correction = { invoiceId, which, from: input.value[which], to, reason, actor };
  const result = await correctInvoice({ db: database(), now: new Date() }, correction);
  if (result.ok) redirect(`/admin/shipments?done=corrected&number=${to}`);
  const { refusal } = result;
  switch (refusal.code) {
    case 'own_number':
      return answer.refuse({ field: 'to', message: t('correct.problem.own_number') });
    case 'other_number':
      return answer.refuse({ message: t('correct.problem.other_number', { number: refusal.noted }) });
    case 'not_waiting':
      return answer.refuse({ message: t('correct.problem.not_waiting') });
    default:
      return unreachable(refusal);
  }
}

/** Asks the gateway once more for the money of cards that were handed back. */
export async function askRefundAgainAction(form: FormData): Promise<void> {
  const actor = await requireRole('support');
  const input = refundRetrySchema.safeParse(Object.fromEntries(form));
  const result = input.success
    ? await retryWithdrawal(checkoutContext(new Date()), { ...input.data, actor })
    : null;
  redirect(result?.ok ? `/admin/shipments?refund=${result.value}` : '/admin/shipments?refused=1');
}

/** Opens a buyer's document for a supervisor who says why; the look is written down first. */
export async function showIdentityAction(_: IdentityShown, form: FormData): Promise<IdentityShown> {
  const actor = await requireRole('supervisor');
  const t = await getTranslations('sales.desk');
  const input = identityLookSchema.safeParse(Object.fromEntries(form));
  if (!input.success) return { identity: null, message: t('reasonHint') };
  const context = { db: database(), now: new Date() };
  const shown = await showIdentity(context, { ...input.data, actor, keys: cardKeys() });
  if (!shown.ok) return { identity: null, message: t('gone') };
  return { identity: `${shown.value.name} ${shown.value.number}`, message: t('shown') };
}

/** Opens where a parcel goes, for who writes its label; the look is written down. */
export async function showAddressAction(_: AddressShown, form: FormData): Promise<AddressShown> {
  const actor = await requireRole('support');
  const t = await getTranslations('sales.desk');
  const input = addressLookSchema.safeParse(Object.fromEntries(form));
  const context = { db: database(), now: new Date(), keys: cardKeys() };
  const shown = input.success ? await showAddress(context, { ...input.data, actor }) : null;
  if (!shown?.ok) return { lines: null, message: t('addressGone') };
  const { recipient, phone, address } = shown.value;
  return { lines: [recipient, phone, address], message: t('addressShown') };
}
