import type { CardServiceWorld } from './card-services';
import type { Demo } from './demo';
import type { SentGift } from './prepare-gift';

/** A gift of ¥200 that was delivered, from the person with this login. */
export function sendGift(demo: Demo, login: string, passphrase = ''): Promise<SentGift> {
  return askDesk(demo.desk, 'gift', { login, passphrase });
}

/** Has an invoice of a purchase on record; its id. */
export function noteInvoice(demo: Demo, purchaseId: string): Promise<string> {
  return askDesk(demo.desk, 'invoice', purchaseId);
}

/** Gives the shopper of a running installation cards for which something can be asked. */
export function addServices(demo: Demo, userId: string): Promise<CardServiceWorld> {
  return askDesk(demo.desk, 'services', userId);
}

/** Lets a card expire so many days from now, and sends the reminders that are then due. */
export async function moveLastDay(demo: Demo, card: string, days: number): Promise<void> {
  await askDesk(demo.desk, 'expiry', { card, days });
}

/** Whether the far side refuses to send back what was paid for an order. */
export async function refuseRefunds(demo: Demo, orderId: string, refuses: boolean): Promise<void> {
  await askDesk(demo.desk, 'refusal', { orderId, refuses });
}

/** What differs between the transfers, balances and payments of an installation, and how many transfers it has. */
export function auditBooks(demo: Demo): Promise<{ transfers: number; differences: unknown[] }> {
  return askDesk(demo.desk, 'audit', null);
}

/** Has something done by the helper process of `desk.ts`. */
export async function askDesk<Answer>(desk: string, duty: string, given: unknown): Promise<Answer> {
  const response = await fetch(`${desk}/${duty}`, { method: 'POST', body: JSON.stringify(given) });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return JSON.parse(answer);
}
