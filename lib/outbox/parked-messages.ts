import type { Database } from '@/lib/database';
import type { OutboxContext } from './deliver-outbox';

/** A message that kept failing and is not tried any more, for people to look at. */
export interface ParkedMessage {
  readonly id: string;
  readonly topic: string;
  /** JSON: ids and amounts, never a secret. */
  readonly payload: string;
  readonly createdAt: Date;
  readonly parkedAt: Date | null;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** What is parked, the longest first. */
export function parkedMessages(db: Database, take = 100): Promise<ParkedMessage[]> {
  return db.outboxMessage.findMany({
    where: { parkedAt: { not: null } },
    orderBy: { parkedAt: 'asc' },
    take,
    select: {
      id: true,
      topic: true,
      payload: true,
      createdAt: true,
      parkedAt: true,
      attempts: true,
      lastError: true,
    },
  });
}

/** Lets parked messages be tried again, with all their tries; answers how many were parked. */
export async function reviveMessages({ db, now }: OutboxContext, ids: readonly string[]): Promise<number> {
  const { count } = await db.outboxMessage.updateMany({
    where: { id: { in: [...ids] }, parkedAt: { not: null } },
    data: { parkedAt: null, attempts: 0, availableAt: now },
  });
  return count;
}
