import type { Database } from '@/lib/database';
import { newId, plusMs, SECOND_MS } from '@/lib/kernel';

/** A message as its handler gets it. `id` is the same at every try: a handler that stores something keys it by it. */
export interface OutboxMessage {
  readonly id: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly createdAt: Date;
}

/** Delivers one message; a throw means that it is tried again later. It may be called again after it succeeded. */
export type OutboxHandler = (message: OutboxMessage) => Promise<void>;

const LEASE_MS = 30 * SECOND_MS;
const BATCH = 50;
const FIRST_RETRY_MS = 2 * SECOND_MS;
const SLOWEST_RETRY_MS = 600 * SECOND_MS;
/** After this many tries a message is parked for support to look at. */
const TRIES = 12;

/**
 * Delivers what is due, at least once each. Any number of workers may do it at once: a message is leased to one, and
 * a lease that ran out (its worker died) is taken by another. Answers how many were handled.
 */
export async function deliverOutbox(
  context: { readonly db: Database; readonly now: Date },
  handle: OutboxHandler,
): Promise<number> {
  const leased = await lease(context);
  await Promise.all(leased.map((message) => deliver(context, message, handle)));
  return leased.length;
}

type Leased = OutboxMessage & { readonly attempts: number; readonly leasedBy: string };

async function lease({ db, now }: { db: Database; now: Date }): Promise<Leased[]> {
  const due = {
    deliveredAt: null,
    parkedAt: null,
    availableAt: { lte: now },
    OR: [{ leasedUntil: null }, { leasedUntil: { lte: now } }],
  };
  const candidates = await db.outboxMessage.findMany({
    where: due,
    orderBy: { availableAt: 'asc' },
    select: { id: true },
    take: BATCH,
  });
  if (candidates.length === 0) return [];
  const leasedBy = newId('out');
  await db.outboxMessage.updateMany({
    where: { id: { in: candidates.map(({ id }) => id) }, ...due },
    data: { leasedBy, leasedUntil: plusMs(now, LEASE_MS), attempts: { increment: 1 } },
  });
  const rows = await db.outboxMessage.findMany({ where: { leasedBy } });
  return rows.map(({ id, topic, payload, createdAt, attempts }) => ({
    id,
    topic,
    payload: JSON.parse(payload),
    createdAt,
    attempts,
    leasedBy,
  }));
}

async function deliver(
  { db, now }: { db: Database; now: Date },
  { attempts, leasedBy, ...message }: Leased,
  handle: OutboxHandler,
): Promise<void> {
  const mine = { id: message.id, leasedBy };
  try {
    await handle(message);
    await db.outboxMessage.updateMany({
      where: mine,
      data: { deliveredAt: now, leasedBy: null, leasedUntil: null },
    });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** attempts, SLOWEST_RETRY_MS);
    await db.outboxMessage.updateMany({
      where: mine,
      data: {
        lastError,
        leasedBy: null,
        leasedUntil: null,
        availableAt: plusMs(now, retryMs),
        ...(attempts >= TRIES ? { parkedAt: now } : {}),
      },
    });
  }
}
