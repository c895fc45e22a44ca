import { type Database, database } from '@/lib/database';
import { newId, SECOND_MS } from '@/lib/kernel';
import { type Job, runJob } from './run-job';
import { jobs } from './schedule';

export interface Worker {
  /** Waits for what is running and starts nothing new. */
  stop(): Promise<void>;
  /** Of the jobs that every worker runs, each one's last turn ended at some time: the earliest of these; null before the first. */
  seenAt(): Date | null;
}

/** The longest a worker waits before it asks again whether a job for one worker is due (its row says when). */
const LONGEST_PAUSE_MS = 15 * SECOND_MS;

const slot = globalThis as { kabaoWorker?: Worker };

/** Starts the worker of this process; a second call returns the one that runs. */
export function startWorker(): Worker {
  slot.kabaoWorker ??= beginWorker({ db: database(), jobs });
  return slot.kabaoWorker;
}

/**
 * When this process's worker was last seen at work; null when it has none. One job that hangs makes the whole worker
 * look silent, because nobody else would notice.
 */
export function workerSeenAt(): Date | null {
  return slot.kabaoWorker?.seenAt() ?? null;
}

/** A worker of its own over any jobs. */
export function beginWorker({ db, jobs }: { readonly db: Database; readonly jobs: readonly Job[] }): Worker {
  const context = { db, workerId: newId('out'), clock: () => new Date() };
  const running = new Set<Promise<void>>();
  const seen = new Map<string, Date>();
  let stopping = false;
  const timers = jobs.map((job) => {
    let busy = false;
    const turn = async () => {
      busy = true;
      for (let more = true; more && !stopping; ) {
        more = await runJob(context, job);
        seen.set(job.name, context.clock());
      }
      busy = false;
    };
    const start = () => {
      if (busy) return;
      const work = turn().finally(() => running.delete(work));
      running.add(work);
    };
    start();
    const timer = setInterval(start, Math.min(job.everyMs, LONGEST_PAUSE_MS));
    timer.unref();
    return timer;
  });
  const everybodys = jobs.filter(({ runsIn }) => runsIn === 'each').map(({ name }) => name);
  return {
    seenAt: () => oldest(everybodys.map((name) => seen.get(name) ?? null)),
    stop: async () => {
      stopping = true;
      timers.forEach(clearInterval);
      await Promise.allSettled(running);
      delete slot.kabaoWorker;
    },
  };
}

function oldest(instants: readonly (Date | null)[]): Date | null {
  let found: Date | null = null;
  for (const instant of instants) {
    if (instant === null) return null;
    if (found === null || instant < found) found = instant;
  }
  return found;
}
