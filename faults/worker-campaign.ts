import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Engine } from '../lib/database';
import { freshSecrets } from '../scripts/secrets.mjs';
import { openDatabaseHost } from './database-host';

export interface GiftPlan {
  readonly engine: Engine;
  readonly gifts: number;
  readonly kills: number;
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Counted by `gift-desk.ts`; everything but the first three is to be 0. */
type Verdict = Readonly<Record<string, number>>;

/**
 * Gifts that are all due, delivered by workers of which one after the other is killed: between taking messages and carrying
 * them out, between the gift's change and its mail, between the mail and its note, or at any moment. A worker that survives
 * does the rest. Answers what became of every gift, and how many kills there were.
 */
export async function runGiftCampaign(plan: GiftPlan): Promise<{
  readonly verdict: Verdict;
  readonly kills: number;
  readonly bad: number;
}> {
  const { engine, folder, gifts, say } = plan;
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
    say(`wrapping ${gifts} gifts`);
    await run(env, 'faults/gift-desk.ts', 'wrap', String(gifts));
    const kills = await storm(plan, env);
    say(`${kills} workers were killed; the last one does the rest`);
    await finish(env, say);
    const verdict: Verdict = JSON.parse(await run(env, 'faults/gift-desk.ts', 'judge'));
    const { gifts: made = 0, messages = 0, retried: _, ...wrong } = verdict;
    const bad = Object.values(wrong).reduce((sum, each) => sum + each, 0);
    return { verdict, kills, bad: bad + Math.abs(made - gifts) + Math.abs(messages - gifts) };
  } finally {
    await host.stop();
  }
}

/** Two workers at a time, each made to die at a step of its own, spread over the whole delivery. */
async function storm({ gifts, kills, say }: GiftPlan, env: NodeJS.ProcessEnv): Promise<number> {
  const share = Math.max(2, Math.floor(gifts / kills));
  let [begun, killed] = [0, 0];
  const lane = async () => {
    while (begun < kills) {
      const step = STEPS[begun % STEPS.length] ?? 'outbox:handled';
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

const STEPS = [
  'outbox:handled',
  'after-commit:other',
  'outbox:delivered',
  'before-commit:other',
  'outbox:leased',
];
const PATIENCE_MS = 60_000;

/** A worker that dies at `fault`, or when it has found nothing to die of. False when it ended otherwise. */
async function dies(env: NodeJS.ProcessEnv, fault: string): Promise<boolean> {
  const worker = startWorker({ ...env, KABAO_FAULT: fault });
  const impatience = setTimeout(() => worker.kill('SIGKILL'), PATIENCE_MS);
  await once(worker, 'exit');
  clearTimeout(impatience);
  return worker.signalCode === 'SIGKILL';
}

async function finish(env: NodeJS.ProcessEnv, say: (text: string) => void): Promise<void> {
  const worker = startWorker(env);
  try {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const { left, parked } = JSON.parse(await run(env, 'faults/gift-desk.ts', 'left'));
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
