import { z } from 'zod';
import { type Database, gatherWrites } from '@/lib/database';
import { reach } from '@/lib/faults';
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

/** A message that was given up: it stays until somebody revives it. */
export interface Parking {
  readonly id: string;
  readonly topic: string;
  readonly lastError: string;
}

export interface OutboxContext {
  readonly db: Database;
  readonly now: Date;
}

const LEASE_MS = 30 * SECOND_MS;
/** A lease so far ahead was written by a clock that was wrong, and its worker may be gone. */
const WRONG_MS = 20 * LEASE_MS;
const BATCH = 50;
const FIRST_RETRY_MS = 2 * SECOND_MS;
const SLOWEST_RETRY_MS = 600 * SECOND_MS;
/** After this many tries a message is parked for support to look at. */
const TRIES = 12;
const FREE = { leasedBy: null, leasedUntil: null };
const DIED = 'every worker that took it ended before it was done';

/**
 * Delivers what is due, at least once each. Any number of workers may do it at once: a message is leased to one, and
 * a lease that ran out (its worker died) is taken by another. `more` says that a further turn finds something to do.
 * `onParked` is told of a message that is given up, once.
 */
export async function deliverOutbox(
  context: OutboxContext,
  handle: OutboxHandler,
  onParked: (parking: Parking) => void = () => {},
): Promise<{ readonly handled: number; readonly more: boolean }> {
  const due = await findDue(context);
  await parkDeadly(context, due, onParked);
  const leased = await lease(context, due);
  if (leased.length > 0) reach('outbox', () => 'leased');
  // Every message is seen to its end before a failure of the database is told: none goes on unwatched.
  const markDone = gatherWrites<Leased, unknown>((_db, rows) => markDelivered(context, rows));
  const to = { handle, onParked, markDone: (each: Leased) => markDone(context.db, each) };
  const ends = await Promise.allSettled(leased.map((each) => deliver(context, each, to)));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return { handled: leased.length, more: due.length === BATCH };
}

interface Due {
  readonly id: string;
  readonly topic: string;
  readonly attempts: number;
}

function isDue({ db, now }: OutboxContext) {
  // What a clock that was ahead wrote: a message of a time to come, a retry further off than any is put off.
  const madeAhead = { createdAt: { gt: now }, availableAt: { lte: db.outboxMessage.fields.createdAt } };
  const putOffAhead = { attempts: { gt: 0 }, availableAt: { gt: plusMs(now, 2 * SLOWEST_RETRY_MS) } };
  return {
    deliveredAt: null,
    parkedAt: null,
    AND: [
      { OR: [{ availableAt: { lte: now } }, madeAhead, putOffAhead] },
      {
        OR: [
          { leasedUntil: null },
          { leasedUntil: { lte: now } },
          { leasedUntil: { gt: plusMs(now, WRONG_MS) } },
        ],
      },
    ],
  };
}

function findDue(context: OutboxContext): Promise<Due[]> {
  return context.db.outboxMessage.findMany({
    where: isDue(context),
    orderBy: { availableAt: 'asc' },
    select: { id: true, topic: true, attempts: true },
    take: BATCH,
  });
}

/** A failure that is caught parks a message itself: one that is due after its last try took its workers with it. */
async function parkDeadly(
  context: OutboxContext,
  due: readonly Due[],
  onParked: (parking: Parking) => void,
): Promise<void> {
  const { db, now } = context;
  for (const { id, topic } of due.filter(({ attempts }) => attempts >= TRIES)) {
    const { count } = await db.outboxMessage.updateMany({
      where: { AND: [{ id, attempts: { gte: TRIES } }, isDue(context)] },
      data: { ...FREE, parkedAt: now, lastError: DIED },
    });
    if (count === 1) onParked({ id, topic, lastError: DIED });
  }
}

type Leased = Due & { readonly payload: string; readonly createdAt: Date; readonly leasedBy: string };

async function lease(context: OutboxContext, due: readonly Due[]): Promise<Leased[]> {
  const ids = due.filter(({ attempts }) => attempts < TRIES).map(({ id }) => id);
  if (ids.length === 0) return [];
  const { db, now } = context;
  const leasedBy = newId('out');
  await db.outboxMessage.updateMany({
    where: { id: { in: ids }, ...isDue(context) },
    data: { leasedBy, leasedUntil: plusMs(now, LEASE_MS), attempts: { increment: 1 } },
  });
  const rows = await db.outboxMessage.findMany({ where: { leasedBy } });
  return rows.map(({ id, topic, payload, createdAt, attempts }) => ({
    id,
    topic,
    payload,
    createdAt,
    attempts,
    leasedBy,
  }));
}

const payloadSchema = z.record(z.string(), z.string());

async function deliver(
  { db, now }: OutboxContext,
  leased: Leased,
  to: {
    handle: OutboxHandler;
    onParked: (parking: Parking) => void;
    markDone: (leased: Leased) => Promise<unknown>;
  },
): Promise<void> {
  const { id, topic, payload, createdAt, attempts, leasedBy } = leased;
  // Whoever was slower than the lease changes nothing any more.
  const mine = { id, leasedBy };
  try {
    await to.handle({ id, topic, payload: payloadSchema.parse(JSON.parse(payload)), createdAt });
    reach('outbox', () => 'handled');
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** attempts, SLOWEST_RETRY_MS);
    const parkedAt = attempts >= TRIES ? now : null;
    const { count } = await db.outboxMessage.updateMany({
      where: mine,
      data: { ...FREE, lastError, parkedAt, availableAt: plusMs(now, retryMs) },
    });
    if (parkedAt && count === 1) to.onParked({ id, topic, lastError });
    return;
  }
  await to.markDone(leased);
  reach('outbox', () => 'delivered');
}

/** All of one turn: they were leased together. */
async function markDelivered(
  { db, now }: OutboxContext,
  leased: readonly Leased[],
): Promise<readonly Leased[]> {
  const [first] = leased;
  if (!first) return leased;
  await db.outboxMessage.updateMany({
    // Whoever was slower than the lease changes nothing any more.
    where: { id: { in: leased.map(({ id }) => id) }, leasedBy: first.leasedBy },
    data: { ...FREE, deliveredAt: now },
  });
  return leased;
}
