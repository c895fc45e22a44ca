import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { forEachRow, HOUR_MS, MINUTE_MS, plusMs, SECOND_MS } from '@/lib/kernel';
import { log, metrics } from '@/lib/observe';
import { LEASE_MS, RENEWAL_MS } from './job-lease';
import { type Job, runJob } from './run-job';

const START = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let now: Date;

beforeEach(async () => {
  test = await openTestDatabase();
  now = START;
});
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
});

const pass = (ms: number) => {
  now = plusMs(now, ms);
};
const worker = (workerId: string) => ({ db: test.db, workerId, clock: () => now });
const row = () => test.db.jobRun.findUniqueOrThrow({ where: { name: 'count' } });

/** An hourly job for one worker that counts its runs. */
function counting(over: Partial<Job> = {}) {
  const runs: Date[] = [];
  const job: Job = {
    name: 'count',
    everyMs: HOUR_MS,
    runsIn: 'one',
    run: async (at) => {
      runs.push(at);
      return undefined;
    },
    ...over,
  };
  return { runs, job };
}

/** A run that lasts until it is told to end; `begun` resolves once it runs. */
function lasting() {
  let end: () => void = () => {};
  let began: () => void = () => {};
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  const begun = new Promise<void>((resolve) => {
    began = resolve;
  });
  const { job } = counting({
    run: () => {
      began();
      return ended;
    },
  });
  return { job, begun, end };
}

describe('a job for one worker', () => {
  it('is run by one of many that ask at once, also at the very first time', async () => {
    const { runs, job } = counting();
    await Promise.all(Array.from({ length: 12 }, (_, n) => runJob(worker(`w${n}`), job)));
    expect(runs).toEqual([START]);
    expect(await row()).toMatchObject({ leasedBy: null, lastOkAt: START, lastError: null });
  });

  it('fails for nobody who asks for it first at the same moment', async () => {
    const failures = async () => {
      const { values } = await metrics().jobRuns.get();
      const failed = values.filter(({ labels }) => labels.outcome === 'failed');
      return failed.reduce((sum, { value }) => sum + value, 0);
    };
    const before = await failures();
    const { job } = counting();
    for (let turn = 0; turn < 5; turn += 1) {
      await test.db.jobRun.deleteMany();
      await Promise.all(Array.from({ length: 12 }, (_, n) => runJob(worker(`w${n}`), job)));
    }
    expect(await failures()).toBe(before);
  });

  it('runs again when its time has come, on whichever worker, and not before', async () => {
    const { runs, job } = counting();
    await runJob(worker('a'), job);
    pass(HOUR_MS - 1);
    await runJob(worker('b'), job);
    expect(runs).toHaveLength(1);
    pass(1);
    await Promise.all(['a', 'b', 'c'].map((name) => runJob(worker(name), job)));
    expect(runs).toHaveLength(2);
  });

  it('whose worker died is taken over once its lease has run out, not before', async () => {
    const dying = lasting();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    runJob(worker('dies'), dying.job);
    await dying.begun;
    const { runs, job } = counting();
    pass(LEASE_MS - 1);
    await runJob(worker('other'), job);
    expect(runs).toEqual([]);
    pass(1);
    await Promise.all(['other', 'third'].map((name) => runJob(worker(name), job)));
    expect(runs).toHaveLength(1);
  });

  it('that takes long keeps its lease, so nobody runs it beside', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const long = lasting();
    const running = runJob(worker('a'), long.job);
    await long.begun;
    const { runs, job } = counting();
    for (let quarter = 0; quarter < 20; quarter += 1) {
      pass(RENEWAL_MS);
      vi.advanceTimersByTime(RENEWAL_MS);
      await vi.waitFor(async () => expect((await row()).leasedUntil).toEqual(plusMs(now, LEASE_MS)), {
        timeout: 20_000,
      });
      await runJob(worker('b'), job);
    }
    expect(runs).toEqual([]);
    long.end();
    await running;
    expect(await row()).toMatchObject({ leasedBy: null, lastOkAt: START });
  });

  it('that lost its lease does not give back that of its successor', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const slow = lasting();
    const running = runJob(worker('slow'), slow.job);
    await slow.begun;
    pass(LEASE_MS);
    const successor = lasting();
    const second = runJob(worker('successor'), successor.job);
    await successor.begun;
    slow.end();
    await running;
    expect(await row()).toMatchObject({ leasedBy: 'successor', lastOkAt: null });
    successor.end();
    await second;
    expect(await row()).toMatchObject({ leasedBy: null, lastOkAt: plusMs(START, LEASE_MS) });
  });
});

describe('a job that fails', () => {
  it('says why, is given back at once and is tried again after a minute by whoever comes', async () => {
    let broken = true;
    const { runs, job } = counting({
      run: async (at) => {
        runs.push(at);
        if (broken) throw new Error('the disk is full');
        return undefined;
      },
    });
    await runJob(worker('a'), job);
    expect(await row()).toMatchObject({ leasedBy: null, leasedUntil: null, lastError: 'the disk is full' });
    pass(MINUTE_MS - 1);
    await runJob(worker('b'), job);
    expect(runs).toHaveLength(1);
    pass(1);
    broken = false;
    await runJob(worker('b'), job);
    expect(runs).toHaveLength(2);
    expect(await row()).toMatchObject({ lastError: null, lastOkAt: now, nextAt: plusMs(now, HOUR_MS) });
  });

  it('on some of its rows tells of each of them', async () => {
    const lines = vi.spyOn(log, 'error');
    const { job } = counting({
      run: async () => {
        await forEachRow([{ id: 'crd_1' }, { id: 'crd_2' }, { id: 'crd_3' }], async ({ id }) => {
          if (id !== 'crd_2') throw new Error(`${id} is bad`);
        });
        return undefined;
      },
    });
    expect(await runJob(worker('a'), job)).toBe(false);
    expect(await row()).toMatchObject({ lastError: 'crd_1: crd_1 is bad, crd_3: crd_3 is bad' });
    expect(lines.mock.calls).toEqual(
      ['crd_1', 'crd_3'].map((id) => [
        { job: 'count', row: id, err: new Error(`${id} is bad`) },
        'a job failed on a row',
      ]),
    );
    lines.mockRestore();
  });

  it('on more rows than a log bears tells of some, and of how many', async () => {
    const lines = vi.spyOn(log, 'error');
    const rows = Array.from({ length: 500 }, (_, place) => ({ id: `crd_${place}` }));
    const { job } = counting({
      run: async () => {
        await forEachRow(rows, async () => {
          throw new Error('no');
        });
        return undefined;
      },
    });
    await runJob(worker('a'), job);
    expect(lines.mock.calls).toHaveLength(21);
    expect(lines.mock.calls.at(-1)).toEqual([
      { job: 'count', rows: 500 },
      'a job failed on more rows than are told of',
    ]);
    lines.mockRestore();
  });

  it('on some rows of a turn lets what is left follow at once', async () => {
    const lines = vi.spyOn(log, 'error');
    const failures = [{ row: 'pay_1', error: new Error('no') }];
    const { job } = counting({ runsIn: 'each', run: async () => ({ more: true, failures }) });
    expect(await runJob(worker('a'), job)).toBe(true);
    expect(lines.mock.calls).toEqual([
      [{ job: 'count', row: 'pay_1', err: new Error('no') }, 'a job failed on a row'],
    ]);
    lines.mockRestore();
  });

  it('on every worker is counted, and left for the next turn', async () => {
    const { job } = counting({
      name: 'fails-everywhere',
      runsIn: 'each',
      run: async () => {
        throw new Error('no');
      },
    });
    expect(await runJob(worker('a'), job)).toBe(false);
    const { values } = await metrics().jobRuns.get();
    expect(values).toContainEqual(
      expect.objectContaining({ labels: { job: 'fails-everywhere', outcome: 'failed' }, value: 1 }),
    );
  });
});

it('a job whose time was written by a clock far ahead is not waited for', async () => {
  const { runs, job } = counting();
  pass(30 * 24 * HOUR_MS);
  await runJob(worker('ahead'), job);
  now = START;
  await runJob(worker('right'), job);
  expect(runs).toHaveLength(2);
  pass(SECOND_MS);
  await runJob(worker('right'), job);
  expect(runs).toHaveLength(2);
});

it('a job whose worker died under a clock far ahead is taken as soon as the clock is right again', async () => {
  const { job, begun, end } = lasting();
  pass(30 * 24 * HOUR_MS);
  const dead = runJob(worker('ahead'), job);
  await begun;
  now = START;
  const { runs, job: again } = counting();
  await runJob(worker('right'), again);
  expect(runs).toHaveLength(1);
  end();
  await dead;
});

it('a job with more to do says so', async () => {
  const { job } = counting({ runsIn: 'each', run: async () => ({ more: true }) });
  expect(await runJob(worker('a'), job)).toBe(true);
  expect(await runJob(worker('a'), { ...job, runsIn: 'one' })).toBe(true);
  expect(await runJob(worker('a'), { ...job, runsIn: 'one' })).toBe(false);
});
