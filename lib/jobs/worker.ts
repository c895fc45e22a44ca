import { database } from '@/lib/database';
import { newId, plusMs } from '@/lib/kernel';
import { log, metrics } from '@/lib/observe';
import { type Job, jobs } from './schedule';

export interface Worker {
  /** Waits for what is running and starts nothing new. */
  stop(): Promise<void>;
}

const LEASE_MS = 10 * 60_000;
const slot = globalThis as { kabaoWorker?: Worker; kabaoWorkerSeenAt?: Date };

/** Starts the worker of this process; a second call answers the one that runs. */
export function startWorker(): Worker {
  slot.kabaoWorker ??= begin();
  return slot.kabaoWorker;
}

/** When this process's worker last finished a turn; null when it has none. */
export function workerSeenAt(): Date | null {
  return slot.kabaoWorkerSeenAt ?? null;
}

/** Runs one job now, if it is this worker's to run. A failure is logged, counted and left for the next turn. */
export async function runJob(job: Job, now: Date, workerId: string): Promise<void> {
  try {
    if (job.runsIn === 'one' && !(await claim(job, now, workerId))) return;
    await job.run(now);
    if (job.runsIn === 'one') await release(job, now, workerId);
    metrics().jobRuns.inc({ job: job.name, outcome: 'ok' });
  } catch (error) {
    metrics().jobRuns.inc({ job: job.name, outcome: 'failed' });
    log.error({ job: job.name, err: error }, 'a job failed');
  }
}

function begin(): Worker {
  const workerId = newId('out');
  const running = new Set<Promise<void>>();
  const timers = jobs.map((job) => {
    let busy = false;
    const turn = () => {
      if (busy) return;
      busy = true;
      const work = runJob(job, new Date(), workerId).finally(() => {
        busy = false;
        running.delete(work);
        slot.kabaoWorkerSeenAt = new Date();
      });
      running.add(work);
    };
    turn();
    const timer = setInterval(turn, job.everyMs);
    timer.unref();
    return timer;
  });
  return {
    stop: async () => {
      timers.forEach(clearInterval);
      await Promise.allSettled(running);
      delete slot.kabaoWorker;
    },
  };
}

/** One worker of all gets the job when its time has come; a lease that ran out belongs to a worker that died. */
async function claim(job: Job, now: Date, workerId: string): Promise<boolean> {
  const db = database();
  await db.jobRun.upsert({ where: { name: job.name }, create: { name: job.name, nextAt: now }, update: {} });
  const { count } = await db.jobRun.updateMany({
    where: {
      name: job.name,
      nextAt: { lte: now },
      OR: [{ leasedUntil: null }, { leasedUntil: { lte: now } }],
    },
    data: { leasedBy: workerId, leasedUntil: plusMs(now, LEASE_MS) },
  });
  return count === 1;
}

async function release(job: Job, now: Date, workerId: string): Promise<void> {
  await database().jobRun.updateMany({
    where: { name: job.name, leasedBy: workerId },
    data: { leasedBy: null, leasedUntil: null, lastOkAt: now, nextAt: plusMs(now, job.everyMs) },
  });
}
