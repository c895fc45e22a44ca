import { checkoutContext } from '@/lib/checkout';
import { deliverGift, giftKeys } from '@/lib/gifts';
import { notifyContext, tellPeople } from '@/lib/notify';
import type { OutboxHandler, OutboxMessage } from '@/lib/outbox';
import { handleSalesMessage, salesContext } from '@/lib/sales';
import { giftMessenger } from './gift-messenger';

/**
 * Who acts on messages of the outbox. Each picks its own topics. A message can come again after a handler has dealt with it,
 * because a later handler failed or the worker was killed.
 */
const handlers: readonly OutboxHandler[] = [
  // First: cards that were paid for are made before anybody is told.
  (message) =>
    handleSalesMessage({ sales: salesContext(new Date()), checkout: checkoutContext(new Date()) }, message),
  (message) => tellPeople(notifyContext(new Date()), message),
  giftHandler,
];

/** Hands a message to all of them in turn; the first that fails makes it come again. */
export async function handleMessage(message: OutboxMessage): Promise<void> {
  for (const handle of handlers) await handle(message);
}

async function giftHandler(message: OutboxMessage): Promise<void> {
  const context = notifyContext(new Date());
  const { db, now, origin } = context;
  await deliverGift(
    { db, now, origin, keys: giftKeys(), messenger: giftMessenger(context, message.id) },
    message,
  );
}
