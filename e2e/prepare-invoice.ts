import { database } from '../lib/database';
import { newId } from '../lib/kernel';

/** An invoice of a purchase, issued and noted; returns its id. */
export async function prepareInvoice(purchaseId: string): Promise<string> {
  const id = newId('inv');
  const now = new Date();
  const asked = { kind: 'individual', title: '林小满', email: 'lin@example.com', amountMinor: 10_000n };
  const noted = { state: 'issued', number: 'C-0001', createdAt: now, issuedAt: now };
  await database().invoice.create({ data: { id, purchaseId, ...asked, ...noted } });
  return id;
}
