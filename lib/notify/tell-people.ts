import type { Database } from '@/lib/database';
import type { OutboxMessage } from '@/lib/outbox';

/** What people are told of; everything else in the outbox is for machines. */
export const toldTopics = [
  'payment.paid',
  'payment.cancelled',
  'refund.started',
  'refund.succeeded',
  'refund.failed',
  'card.bound',
  'card.frozen',
  'card.unfrozen',
] as const;
export type ToldTopic = (typeof toldTopics)[number];

/** Puts a message of the outbox into its person's inbox, once however often it is delivered. */
export async function tellPeople(db: Database, message: OutboxMessage): Promise<void> {
  const { userId, ...payload } = message.payload;
  const topic = toldTopics.find((each) => each === message.topic);
  if (!userId || !topic) return;
  await db.inboxMessage.upsert({
    where: { id: message.id },
    create: { id: message.id, userId, topic, payload: JSON.stringify(payload), at: message.createdAt },
    // An update that changes nothing makes it one statement: two deliveries at once do not collide.
    update: { id: message.id },
  });
}
