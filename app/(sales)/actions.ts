'use server';

import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { FormState } from '@/components/forms/form-state';
import { type PurchaseFields, purchaseFormSchema } from '@/components/sales/purchase-form-schema';
import { planGifts } from '@/lib/gifts';
import { ok, type Result, refuse } from '@/lib/kernel';
import { placePurchase, salesContext, withdrawPurchase } from '@/lib/sales';
import { withdrawSchema } from '@/lib/sales/schemas';
import { openSentForm } from '../refused-forms';
import { requireUser } from '../viewer';
import { refusalWords } from './sale-words';

/** Orders cards; the order's payment is next. Neither a document nor a passphrase comes back into the page. */
export async function placePurchaseAction(_: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const [t, gifts] = await Promise.all([getTranslations('sales'), getTranslations('gifts.errors')]);
  const text = (code: string) => (t.has(`errors.${code}`) ? t(`errors.${code}`) : gifts(code));
  const answer = await openSentForm(form, { keep: KEPT, text });
  const input = answer.read(purchaseFormSchema);
  if (!input.ok) return input.state;
  const fields = input.value;
  const now = new Date();
  const plan = await planOf(fields, now);
  if (!plan.ok) {
    const [first, ...more] = plan.refusal.map(({ field, code }) => ({ field, message: text(code) }));
    return answer.refuse(first ?? { message: t('refusal.purpose_not_allowed') }, ...more);
  }
  const { programme: programmeId, art: theme, purpose, buyer, idempotencyKey } = fields;
  const placed = await placePurchase(salesContext(now), {
    userId: user.id,
    programmeId,
    faceMinor: BigInt(fields.faceMinor),
    quantity: Number(fields.quantity),
    theme,
    purpose,
    buyer,
    expectedTotalMinor: BigInt(fields.expectedTotalMinor),
    idempotencyKey,
    typed: JSON.stringify(fields),
    identity: identityOf(fields),
    plan: plan.value,
    invoice: invoiceOf(fields),
  });
  if (placed.ok) redirect(`/checkout/${placed.value.orderId}`);
  const { message, article } = await refusalWords(placed.refusal);
  const said = article === null ? message : t('refused', { message, article });
  return answer.refuse(
    placed.refusal.code === 'real_name_required'
      ? { field: 'identityNumber', message: said }
      : { message: said },
  );
}

/** Hands unused cards of a purchase back. */
export async function withdrawPurchaseAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const input = withdrawSchema.safeParse({
    purchaseId: form.get('purchaseId'),
    cardIds: form.getAll('card'),
  });
  if (!input.success) notFound();
  const { purchaseId } = input.data;
  const result = await withdrawPurchase(salesContext(new Date()), { ...input.data, userId: user.id });
  if (result.ok) redirect(`/purchases/${purchaseId}?withdrawn=1`);
  if (result.refusal.code === 'purchase_not_found') notFound();
  redirect(`/purchases/${purchaseId}?problem=${result.refusal.code}`);
}

type Problem = { readonly field: string; readonly code: string };

/** What is to be made of the purchase, as JSON that is kept sealed. */
async function planOf(fields: PurchaseFields, now: Date): Promise<Result<string | null, readonly Problem[]>> {
  if (fields.purpose === 'ship') {
    const { shipRecipient: recipient, shipPhone: phone, shipAddress: address } = fields;
    return ok(JSON.stringify({ recipient: recipient.trim(), phone: phone.trim(), address: address.trim() }));
  }
  if (fields.purpose !== 'gift') return ok(null);
  const plan = await planGifts(fields, now);
  if (!plan.ok) return refuse(plan.refusal.problems);
  if (plan.value.recipients.length !== Number(fields.quantity))
    return refuse([{ field: 'list', code: 'recipients_not_cards' }]);
  return ok(JSON.stringify(plan.value));
}

function identityOf({ identityKind: kind, identityName: name, identityNumber: number }: PurchaseFields) {
  return name.trim() === '' ? null : { kind, name, number };
}

function invoiceOf(fields: PurchaseFields) {
  if (fields.invoice !== 'on') return null;
  const taxNumber = fields.invoiceTaxNumber.trim().toUpperCase();
  return {
    kind: fields.buyer,
    title: fields.invoiceTitle.trim(),
    taxNumber: taxNumber === '' ? null : taxNumber,
    email: fields.invoiceEmail.trim(),
  };
}

const KEPT = [
  'theme',
  'message',
  'senderName',
  'audience',
  'recipientName',
  'channel',
  'address',
  'list',
  'when',
  'date',
  'time',
  'zone',
  'language',
  'phoneCheck',
  'phone',
  'shipRecipient',
  'shipPhone',
  'shipAddress',
  'invoiceTitle',
  'invoiceTaxNumber',
  'invoiceEmail',
];
