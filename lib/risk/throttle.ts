import { createHash } from 'node:crypto';
import { type Database, isDatabase, type Tx, transaction } from '@/lib/database';
import { ok, plusMs, type Result, refuse } from '@/lib/kernel';
import {
  afterFailure,
  afterSuccess,
  THROTTLE_KEPT_MS,
  THROTTLE_POLICIES,
  type ThrottleCount,
  type ThrottleScope,
  waitMs,
} from './throttle-policy';

/** What is counted: a scope and whom or what it is about. */
export interface ThrottleSubject {
  readonly scope: ThrottleScope;
  /** Stored as a digest only: a login, a card number's HMAC, a network, a device id. */
  readonly key: string;
}

export interface ThrottleRefusal {
  readonly code: 'throttled';
  /** Until every subject lets the next attempt begin. */
  readonly retryAfterMs: number;
}

/**
 * Begins an attempt that could be a guess: refused while any subject is blocked, else counted as a failure on all of
 * them at once, before the secret is looked at. A burst of simultaneous guesses therefore cannot slip through between
 * the check and the count. Call `recordSuccess` when the secret was right.
 */
export async function takeAttempt(
  db: Database,
  now: Date,
  subjects: readonly ThrottleSubject[],
): Promise<Result<undefined, ThrottleRefusal>> {
  return transaction(db, async (tx) => {
    const counts = await lockCounts(tx, now, subjects);
    const retryAfterMs = Math.max(0, ...counts.map(({ count }) => waitMs(count, now)));
    if (retryAfterMs > 0) return refuse({ code: 'throttled', retryAfterMs });
    for (const { subject, count } of counts) {
      await save(tx, subject, afterFailure(THROTTLE_POLICIES[subject.scope], count, now));
    }
    return ok();
  });
}

/** How long any of the subjects still refuses; 0: none does. Counts nothing, for what is read far more often than guessed. */
export async function waitOf(
  client: Database | Tx,
  now: Date,
  subjects: readonly ThrottleSubject[],
): Promise<number> {
  const rows = await client.throttle.findMany({ where: { OR: subjects.map(rowKey) } });
  return Math.max(0, ...rows.map((count) => waitMs(count, now)));
}

/** Takes back what `takeAttempt` counted, by the policy of each scope. */
export async function recordSuccess(
  client: Database | Tx,
  subjects: readonly ThrottleSubject[],
): Promise<void> {
  await withTransaction(client, async (tx) => {
    for (const subject of inLockOrder(subjects)) {
      const count = await lockExisting(tx, subject);
      if (count) await save(tx, subject, afterSuccess(THROTTLE_POLICIES[subject.scope], count));
    }
  });
}

/** Counts a failure of something that `takeAttempt` did not begin. Simultaneous failures all count. */
export async function recordFailure(
  client: Database | Tx,
  now: Date,
  subjects: readonly ThrottleSubject[],
): Promise<void> {
  await withTransaction(client, async (tx) => {
    for (const { subject, count } of await lockCounts(tx, now, subjects)) {
      await save(tx, subject, afterFailure(THROTTLE_POLICIES[subject.scope], count, now));
    }
  });
}

/** Deletes counters that no longer count; returns how many. For a daily job. */
export async function purgeThrottles(db: Database, now: Date): Promise<number> {
  const { count } = await db.throttle.deleteMany({
    where: { lastAt: { lt: plusMs(now, -THROTTLE_KEPT_MS) } },
  });
  return count;
}

/**
 * The counters of all subjects, made where they lack and locked until the transaction ends. The write that changes
 * nothing takes the row's lock on PostgreSQL; SQLite's writer is alone anyway. Locks are taken in one order everywhere.
 */
async function lockCounts(tx: Tx, now: Date, subjects: readonly ThrottleSubject[]) {
  const counts: { subject: ThrottleSubject; count: ThrottleCount }[] = [];
  for (const subject of inLockOrder(subjects)) {
    const key = rowKey(subject);
    const count = await tx.throttle.upsert({
      where: { scope_key: key },
      create: { ...key, failures: 0, lastAt: now },
      update: { failures: { increment: 0 } },
    });
    counts.push({ subject, count });
  }
  return counts;
}

async function lockExisting(tx: Tx, subject: ThrottleSubject): Promise<ThrottleCount | null> {
  const [row] = await tx.throttle.updateManyAndReturn({
    where: rowKey(subject),
    data: { failures: { increment: 0 } },
  });
  return row ?? null;
}

async function save(tx: Tx, subject: ThrottleSubject, count: ThrottleCount): Promise<void> {
  await tx.throttle.update({
    where: { scope_key: rowKey(subject) },
    data: { failures: count.failures, lastAt: count.lastAt, blockedUntil: count.blockedUntil },
  });
}

function inLockOrder(subjects: readonly ThrottleSubject[]): ThrottleSubject[] {
  const byRow = new Map(subjects.map((subject) => [`${subject.scope} ${subject.key}`, subject]));
  return [...byRow.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
}

/** A digest, because people type passwords into the wrong field and a table of counters outlives the request. */
function rowKey({ scope, key }: ThrottleSubject): { scope: string; key: string } {
  return { scope, key: createHash('sha256').update(`${scope}\n${key}`).digest('hex').slice(0, 40) };
}

function withTransaction<T>(client: Database | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return isDatabase(client) ? transaction(client, work) : work(client);
}
