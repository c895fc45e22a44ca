import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Engine } from '../lib/database';
import { freshSecrets } from '../scripts/secrets.mjs';
import { openDatabaseHost } from './database-host';

/**
 * The script of each kind of campaign: `begin N` makes N gifts or purchases that wait for workers, `left` prints how many are
 * not done, `judge` prints what became of all of them.
 */
export const DESKS = { gifts: 'faults/gift-desk.ts', purchases: 'faults/purchase-desk.ts' } as const;

export interface WorkerPlan {
  readonly engine: Engine;
  readonly of: keyof typeof DESKS;
  readonly count: number;
  readonly kills: number;
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Everything in `wrong` is to be 0. */
export interface DeskVerdict {
  readonly counted: Readonly<Record<string, number>>;
  readonly wrong: Readonly<Record<string, number>>;
}

/**
 * Lets workers deliver gifts that are all due, or make the cards of purchases that are all paid, and kills one worker after
 * another at the steps of `STEPS`. A last worker, which nobody kills, does the rest. Returns what became of everything, and
 * how many workers were killed.
 */
export async function runWorkerCampaign(plan: WorkerPlan): Promise<{
  readonly verdict: DeskVerdict;
  readonly kills: number;
  readonly bad: number;
}> {
  const { engine, folder, of, count, say } = plan;
  const host = await openDatabaseHost({ engine, folder });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...freshSecrets(),
    NODE_ENV: 'production',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    KABAO_ORIGIN: 'http://localhost:3000',
    DATABASE_URL: host.url,
  };
  try {
    await run(env, 'scripts/migrate.ts');
    say(`making ${count} ${of}`);
    await run(env, DESKS[of], 'begin', String(count));
    const kills = await killWorkers(plan, env);
    say(`${kills} workers were killed; the last one does the rest`);
    await finish(plan, env);
    const verdict: DeskVerdict = JSON.parse(await run(env, DESKS[of], 'judge'));
    const bad = Object.values(verdict.wrong).reduce((sum, each) => sum + each, 0);
    return { verdict, kills, bad: bad + Math.abs(count - (verdict.counted[of] ?? 0)) };
  } finally {
    await host.stop();
  }
}

/** Runs two workers at a time, each armed to die at another step, so that the kills are spread over all the work. */
async function killWorkers(
  { of, count: things, kills, say }: WorkerPlan,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const share = Math.max(2, Math.floor(things / kills));
  const steps = STEPS[of];
  let [begun, killed] = [0, 0];
  const lane = async () => {
    while (begun < kills) {
      const step = steps[begun % steps.length] ?? 'outbox:handled';
      begun += 1;
      // A batch of fifty is taken at a time, so what is counted by batches is counted in fifties.
      const most = step.endsWith('leased') ? Math.max(1, Math.floor(share / 50)) : share;
      const count = 1 + Math.floor(Math.random() * most);
      if (await dies(env, `${step}@${count}`)) killed += 1;
      if (killed % 10 === 0) say(`${killed} killed`);
    }
  };
  await Promise.all([lane(), lane()]);
  return killed;
}

const OUTBOX_STEPS = [
  'outbox:handled',
  'after-commit:other',
  'outbox:delivered',
  'before-commit:other',
  'outbox:leased',
] as const;
/** Where workers die, in turn: along the outbox and a delivery; for purchases also around paying and issuing. */
const STEPS = {
  gifts: OUTBOX_STEPS,
  purchases: [
    'before-commit:purchase.paid',
    'after-commit:purchase.paid',
    'before-commit:purchase.issued',
    'after-commit:purchase.issued',
    'before-commit:transaction',
    'after-commit:transaction',
    ...OUTBOX_STEPS,
  ],
} as const satisfies Record<keyof typeof DESKS, readonly string[]>;
const PATIENCE_MS = 60_000;

/** Runs a worker that dies at `fault`, or is killed when it has not reached it within a minute. False: it ended otherwise. */
async function dies(env: NodeJS.ProcessEnv, fault: string): Promise<boolean> {
  const worker = startWorker({ ...env, KABAO_FAULT: fault });
  const impatience = setTimeout(() => worker.kill('SIGKILL'), PATIENCE_MS);
  await once(worker, 'exit');
  clearTimeout(impatience);
  return worker.signalCode === 'SIGKILL';
}

async function finish({ of, say }: WorkerPlan, env: NodeJS.ProcessEnv): Promise<void> {
  const worker = startWorker(env);
  try {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const { left, parked } = JSON.parse(await run(env, DESKS[of], 'left'));
      if (left === 0 || parked > 0) return;
      if (left < before) say(`${left} left`);
      before = left;
      // What a killed worker had taken comes back when its lease has run out.
      await new Promise((done) => setTimeout(done, 2_000));
    }
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}

const TSX = 'node_modules/tsx/dist/cli.mjs';

/** One process, not a launcher with a child: what is killed is the worker itself. */
function startWorker(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/worker.ts'], { env, stdio: 'ignore' });
}

async function run(env: NodeJS.ProcessEnv, script: string, ...args: readonly string[]): Promise<string> {
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  return (await promisify(execFile)(process.execPath, [TSX, script, ...args], options)).stdout;
}
