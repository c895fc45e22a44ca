'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireRole } from '@/app/viewer';
import type { AddressShown } from '@/components/sales/reveal-address';
import type { IdentityShown } from '@/components/sales/reveal-identity';
import { cardKeys } from '@/lib/cards';
import { checkoutContext } from '@/lib/checkout';
import { database } from '@/lib/database';
import {
  markInvoiceIssued,
  markInvoiceReversed,
  moveShipment,
  retryWithdrawal,
  showAddress,
  showIdentity,
} from '@/lib/sales';
import {
  addressLookSchema,
  identityLookSchema,
  invoiceIssuedSchema,
  invoiceReversedSchema,
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
  const context = { db: database(), now: new Date() };
  const result = input.success ? await markInvoiceIssued(context, { ...input.data, actor }) : null;
  redirect(result?.ok ? '/admin/shipments' : '/admin/shipments?refused=1');
}

export async function invoiceReversedAction(form: FormData): Promise<void> {
  const actor = await requireRole('support');
  const input = invoiceReversedSchema.safeParse(Object.fromEntries(form));
  const context = { db: database(), now: new Date() };
  const result = input.success ? await markInvoiceReversed(context, { ...input.data, actor }) : null;
  redirect(result?.ok ? '/admin/shipments' : '/admin/shipments?refused=1');
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
