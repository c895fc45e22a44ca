import type { Database } from '@/lib/database';
import { type ToldTopic, toldTopics } from './tell-people';

export interface InboxEntry {
  readonly id: string;
  readonly topic: ToldTopic;
  /** Ids that the text links to: paymentId, refundId, cardId. */
  readonly payload: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly read: boolean;
}

/** A person's messages, newest first. */
export async function inboxOf(db: Database, userId: string, take = 50): Promise<InboxEntry[]> {
  const rows = await db.inboxMessage.findMany({ where: { userId }, orderBy: { at: 'desc' }, take });
  return rows.flatMap((row) => {
    const topic = toldTopics.find((each) => each === row.topic);
    return topic
      ? [{ id: row.id, topic, payload: JSON.parse(row.payload), at: row.at, read: row.readAt !== null }]
      : [];
  });
}

export function unreadCount(db: Database, userId: string): Promise<number> {
  return db.inboxMessage.count({ where: { userId, readAt: null } });
}

/** Marks everything up to `now` as read. */
export async function markInboxRead(db: Database, userId: string, now: Date): Promise<void> {
  await db.inboxMessage.updateMany({
    where: { userId, readAt: null, at: { lte: now } },
    data: { readAt: now },
  });
}
