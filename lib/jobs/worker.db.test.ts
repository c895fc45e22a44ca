import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { SECOND_MS } from '@/lib/kernel';
import type { Job } from './run-job';
import { beginWorker, type Worker } from './worker';

let test: TestDatabase;
let worker: Worker | null = null;

beforeEach(async () => {
  test = await openTestDatabase();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
});
afterEach(async () => {
  await worker?.stop();
  worker = null;
  vi.useRealTimers();
  await test.close();
});

function begin(...jobs: Partial<Job>[]): Worker {
  worker = beginWorker({
    db: test.db,
    jobs: jobs.map((job, index) => ({
      name: `job-${index}`,
      everyMs: SECOND_MS,
      runsIn: 'each',
      run: async () => undefined,
      ...job,
    })),
  });
  return worker;
}

/** Within the patience that a busy machine needs. */
const soon = (look: () => void) => vi.waitFor(look, { timeout: 20_000 });

/** A run that ends when it is told to. */
function held() {
  const ends: (() => void)[] = [];
  const run = vi.fn(() => new Promise<undefined>((resolve) => ends.push(() => resolve(undefined))));
  return { run, end: () => ends.shift()?.() };
}

it('a job that is still running is not begun a second time', async () => {
  const slow = held();
  begin({ run: slow.run });
  vi.advanceTimersByTime(5 * SECOND_MS);
  expect(slow.run).toHaveBeenCalledTimes(1);
  slow.end();
  await soon(() => {
    vi.advanceTimersByTime(SECOND_MS);
    expect(slow.run).toHaveBeenCalledTimes(2);
  });
  slow.end();
});

it('a job with more to do runs again at once', async () => {
  let left = 5;
  const run = vi.fn(async () => {
    left -= 1;
    return { more: left > 0 };
  });
  begin({ run });
  await soon(() => expect(run).toHaveBeenCalledTimes(5));
});

it('stopping waits for what is running, and nothing begins after it', async () => {
  const slow = held();
  const endless = vi.fn(async () => ({ more: true }));
  const stopping = begin({ run: slow.run }, { run: endless });
  let stopped = false;
  const stop = stopping.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  slow.end();
  await stop;
  const calls = endless.mock.calls.length;
  vi.advanceTimersByTime(10 * SECOND_MS);
  expect(slow.run).toHaveBeenCalledTimes(1);
  expect(endless).toHaveBeenCalledTimes(calls);
});

it('one job that hangs makes the worker look silent, however busy the others are', async () => {
  const hanging = held();
  const busy = vi.fn(async () => undefined);
  const seen = begin({ run: hanging.run }, { run: busy });
  expect(seen.seenAt()).toBeNull();
  hanging.end();
  await soon(() => expect(seen.seenAt()).not.toBeNull());
  const before = seen.seenAt();
  vi.advanceTimersByTime(60 * SECOND_MS);
  await soon(() => {
    vi.advanceTimersByTime(SECOND_MS);
    expect(busy.mock.calls.length).toBeGreaterThan(2);
  });
  expect(hanging.run).toHaveBeenCalledTimes(2);
  expect(seen.seenAt()).toEqual(before);
  hanging.end();
});

it('a job for one worker is asked for often enough that none waits a whole period for a dead worker', async () => {
  const run = vi.fn(async () => undefined);
  await test.db.jobRun.create({
    data: {
      name: 'job-0',
      nextAt: new Date(),
      leasedBy: 'dead',
      leasedUntil: new Date(Date.now() + 60 * SECOND_MS),
    },
  });
  begin({ runsIn: 'one', everyMs: 3_600 * SECOND_MS, run });
  await soon(() => {
    vi.advanceTimersByTime(5 * SECOND_MS);
    expect(run).toHaveBeenCalledTimes(1);
  });
  expect(Date.now()).toBeLessThan((await row()).nextAt.getTime());
});

const row = () => test.db.jobRun.findUniqueOrThrow({ where: { name: 'job-0' } });
