import { addMissing, type Database, gatherWrites } from '@/lib/database';
import { type FactsContext, factsOf } from './facts';
import { type ToldTopic, toldTopic } from './model';
import { type Words, wordsOf } from './templates';

/** A message to a person, in the language of the page. */
export interface InboxEntry extends Words {
  readonly id: string;
  readonly topic: ToldTopic;
  readonly at: Date;
  readonly read: boolean;
  /** The page that it is about. */
  readonly path: string | null;
}

export const INBOX_PAGE_SIZE = 20;

/** One page of a person's messages, newest first. `page` counts from 1. */
export async function inboxOf(
  context: FactsContext,
  { userId, page }: { userId: string; page: number },
): Promise<{ readonly entries: readonly InboxEntry[]; readonly hasNext: boolean }> {
  const rows = await context.db.inboxMessage.findMany({
    where: { userId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * INBOX_PAGE_SIZE,
    take: INBOX_PAGE_SIZE + 1,
  });
  const shown = rows.slice(0, INBOX_PAGE_SIZE).map((row) => ({ ...row, payload: JSON.parse(row.payload) }));
  const facts = await factsOf(
    context,
    shown.map(({ payload }) => payload),
  );
  const entries = shown.flatMap(({ id, topic: text, at, readAt }, index) => {
    const [topic, known] = [toldTopic(text), facts[index]];
    if (!topic || !known) return [];
    const words = wordsOf(topic, known, context.locale);
    return [{ id, topic, at, read: readAt !== null, path: known.path, ...words }];
  });
  return { entries, hasNext: rows.length > INBOX_PAGE_SIZE };
}

interface InboxRow {
  readonly id: string;
  readonly userId: string;
  readonly topic: ToldTopic;
  readonly payload: string;
  readonly at: Date;
}

/** Puts a message into a person's inbox, once however often it comes. */
export const keepInInbox = gatherWrites<InboxRow, unknown>(async (db, rows) => {
  await addMissing(db, 'InboxMessage', rows);
  return rows;
});

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
