import type { Database } from '@/lib/database';
import { MINUTE_MS, plusMs } from '@/lib/kernel';

/** A worker that asks for a job which runs on one worker at a time. */
export interface LeaseContext {
  readonly db: Database;
  readonly now: Date;
  readonly workerId: string;
}

interface Cadence {
  readonly name: string;
  readonly everyMs: number;
}

/** How long a worker may be silent before its job is taken by another. */
export const LEASE_MS = 2 * MINUTE_MS;
/** How often a running job renews its lease: a long job keeps it, a dead worker does not. */
export const RENEWAL_MS = LEASE_MS / 4;
/** A lease so far ahead was written by a clock that was wrong, and its worker may be gone. */
const WRONG_MS = 5 * LEASE_MS;
/** A job that failed is run again this soon, not at its next regular time. */
const RETRY_MS = MINUTE_MS;

/** When the job is due, one of all workers gets it; a lease that has run out belonged to a worker that died. */
export async function claimJob({ db, now, workerId }: LeaseContext, job: Cadence): Promise<boolean> {
  const { name, everyMs } = job;
  // An update that changes nothing makes it one statement, so that two first workers do not collide.
  await db.jobRun.upsert({ where: { name }, create: { name, nextAt: now }, update: { name } });
  const { count } = await db.jobRun.updateMany({
    where: {
      name,
      AND: [
        // A time so far ahead was written by a clock that was wrong.
        { OR: [{ nextAt: { lte: now } }, { nextAt: { gt: plusMs(now, 2 * everyMs) } }] },
        {
          OR: [
            { leasedUntil: null },
            { leasedUntil: { lte: now } },
            { leasedUntil: { gt: plusMs(now, WRONG_MS) } },
          ],
        },
      ],
    },
    data: { leasedBy: workerId, leasedUntil: plusMs(now, LEASE_MS) },
  });
  return count === 1;
}

/** Keeps the job for as long again; false when another worker has it by now. */
export async function renewJob({ db, now, workerId }: LeaseContext, { name }: Cadence): Promise<boolean> {
  const { count } = await db.jobRun.updateMany({
    where: { name, leasedBy: workerId },
    data: { leasedUntil: plusMs(now, LEASE_MS) },
  });
  return count === 1;
}

/** Gives the job back: after a success until its next time, after a failure (`error`) for a minute. */
export async function returnJob(
  { db, now, workerId }: LeaseContext,
  job: Cadence,
  end: { readonly startedAt: Date; readonly error: string | null },
): Promise<void> {
  const free = { leasedBy: null, leasedUntil: null, lastError: end.error };
  await db.jobRun.updateMany({
    where: { name: job.name, leasedBy: workerId },
    data:
      end.error === null
        ? { ...free, lastOkAt: end.startedAt, nextAt: plusMs(end.startedAt, job.everyMs) }
        : { ...free, nextAt: plusMs(now, Math.min(job.everyMs, RETRY_MS)) },
  });
}
