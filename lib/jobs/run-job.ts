import type { Database } from '@/lib/database';
import { type RowFailure, RowsFailed } from '@/lib/kernel';
import { log, metrics } from '@/lib/observe';
import { claimJob, type LeaseContext, RENEWAL_MS, renewJob, returnJob } from './job-lease';

export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /**
   * `each`: every worker runs it, its rows are claimed one by one. `one`: one worker at a time in the whole
   * installation, held by a row in JobRun.
   */
  readonly runsIn: 'each' | 'one';
  readonly run: (now: Date) => Promise<Done | undefined>;
}

export interface Done {
  /** There was more to do than one turn takes, so the next turn follows at once. */
  readonly more: boolean;
  /** Rows that failed while the others were done; with one of them the run counts as failed. A job of `one` throws instead. */
  readonly failures?: readonly RowFailure[];
}

export interface JobContext {
  readonly db: Database;
  readonly workerId: string;
  readonly clock: () => Date;
}

/**
 * Runs one job, if it is this worker's to run. A failure is logged, counted and left for a later turn; it never
 * throws. Returns whether there is more to do at once.
 */
export async function runJob(context: JobContext, job: Job): Promise<boolean> {
  try {
    const done = job.runsIn === 'one' ? await runAlone(context, job) : await job.run(context.clock());
    if (done === 'not mine') return false;
    const { more = false, failures = [] } = done ?? {};
    metrics().jobRuns.inc({ job: job.name, outcome: failures.length > 0 ? 'failed' : 'ok' });
    if (failures.length > 0) logFailure(job, new RowsFailed(failures));
    return more;
  } catch (error) {
    metrics().jobRuns.inc({ job: job.name, outcome: 'failed' });
    logFailure(job, error);
    return false;
  }
}

/** Of a job that did all but some rows (`forEachRow`), the error of each that was kept, and how many there were. */
function logFailure({ name: job }: Job, error: unknown): void {
  if (error instanceof RowsFailed) {
    const { failures, count } = error;
    for (const { row, error: err } of failures) log.error({ job, row, err }, 'a job failed on a row');
    if (count > failures.length)
      log.error({ job, rows: count }, 'a job failed on more rows than are told of');
  } else {
    log.error({ job, err: error }, 'a job failed');
  }
}

async function runAlone(
  context: JobContext,
  job: Job,
): Promise<Awaited<ReturnType<Job['run']>> | 'not mine'> {
  const startedAt = context.clock();
  const lease = (): LeaseContext => ({ ...context, now: context.clock() });
  if (!(await claimJob(lease(), job))) return 'not mine';
  const renewal = setInterval(() => renew(lease(), job), RENEWAL_MS);
  try {
    const done = await job.run(startedAt);
    await returnJob(lease(), job, { startedAt, error: null });
    return done;
  } catch (error) {
    const text = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    await returnJob(lease(), job, { startedAt, error: text });
    throw error;
  } finally {
    clearInterval(renewal);
  }
}

/** What cannot be renewed is tried again at the next renewal; the lease outlives three that fail. */
async function renew(context: LeaseContext, job: Job): Promise<void> {
  try {
    if (!(await renewJob(context, job))) log.error({ job: job.name }, 'a job lost its lease while it ran');
  } catch (error) {
    log.error({ job: job.name, err: error }, 'a lease could not be renewed');
  }
}
