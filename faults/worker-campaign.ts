import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { type Engine, openDatabase } from '../lib/database';
import { freshSecrets } from '../scripts/secrets.mjs';
import { between, pause } from './chance';
import { openDatabaseHost } from './database-host';
import { judgeGateway } from './judge-gateway';
import { readRecords } from './records';
import { alipaySettings, openSandboxGateway, type SandboxGateway } from './sandbox-gateway';
import { count, openTally, type Tally, totalOf } from './tally';

/**
 * The two scripts of each kind of campaign. `desk`: `begin N` makes N gifts or buyers, `left` prints how many of them are not
 * finished, `judge` prints what became of all of them. `server` is the process that is killed: the worker alone, or the card
 * counter with its worker.
 */
const KINDS = {
  gifts: { desk: 'faults/gift-desk.ts', server: 'scripts/worker.ts' },
  purchases: { desk: 'faults/purchase-desk.ts', server: 'faults/purchase-server.ts' },
} as const;

export interface WorkerPlan {
  readonly engine: Engine;
  readonly of: keyof typeof KINDS;
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
 * Lets servers deliver gifts that are all due, or carry purchases from the order to the parcel or the money back, and kills
 * one server after another at the steps of `STEPS`. A last server, which nobody kills, does the rest. Returns what became of
 * everything, how many servers were killed, and how many at each step.
 */
export async function runWorkerCampaign(plan: WorkerPlan): Promise<{
  readonly verdict: DeskVerdict;
  readonly kills: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly bad: number;
}> {
  const { folder, of, count: things, say } = plan;
  const host = await openDatabaseHost(plan);
  const gateway = await openSandboxGateway(folder);
  try {
    const stage: Stage = { ...plan, env: environment(folder, { url: host.url, gateway }) };
    await run(stage.env, 'scripts/migrate.ts');
    say(`making ${things} ${of}`);
    await run(stage.env, KINDS[of].desk, 'begin', String(things));
    const tally = await killServers(stage);
    say(`${totalOf(tally.kills)} servers were killed; the last one does the rest`);
    await finish(stage);
    const verdict = await verdictOf(stage, { url: host.url, gateway });
    const bad = Object.values(verdict.wrong).reduce((sum, each) => sum + each, 0);
    return {
      verdict,
      kills: totalOf(tally.kills),
      steps: Object.fromEntries(tally.steps),
      bad: bad + Math.abs(things - (verdict.counted[of] ?? 0)),
    };
  } finally {
    await gateway.close();
    await host.stop();
  }
}

interface Stage extends WorkerPlan {
  readonly env: NodeJS.ProcessEnv;
}

interface Outside {
  readonly url: string;
  readonly gateway: SandboxGateway;
}

/** Mails go to the sandbox's mailbox; the gateway is the campaign's, outside of the servers. */
function environment(folder: string, { url, gateway: { alipay } }: Outside): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...freshSecrets(),
    NODE_ENV: 'production',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    KABAO_ORIGIN: 'http://localhost:3000',
    DATABASE_URL: url,
    ...alipaySettings(alipay),
    SANDBOX_ALIPAY_PRIVATE_KEY: '',
  };
}

/** Runs two servers at a time, each armed to die at the step at which the fewest servers were to die so far. */
async function killServers(stage: Stage): Promise<Tally> {
  const { of, count: things, kills, say } = stage;
  const tally = openTally();
  const tried = new Map<string, number>();
  const lane = async (number: number) => {
    while (totalOf(tried) < kills) {
      const step = rarestOf(STEPS[of], tried);
      count(tried, step);
      const times = between(1, timesOf(stage, step));
      const died = await untilDead(stage, { fault: `${step}@${times}`, lane: number });
      count(tally.kills, of);
      if (died !== '') count(tally.steps, died);
      // The step was not reached in time, so another server is to die there.
      else if (totalOf(tally.kills) < kills * 2) count(tried, step, -1);
      if (totalOf(tally.kills) % 10 === 0) say(`${totalOf(tally.kills)} killed of ${things} ${of}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return tally;
}

const LANES = 2;

function rarestOf(steps: readonly string[], tried: ReadonlyMap<string, number>): string {
  const [first = 'outbox:handled', ...more] = steps;
  return more.reduce(
    (least, step) => ((tried.get(step) ?? 0) < (tried.get(least) ?? 0) ? step : least),
    first,
  );
}

/** The highest pass of a step at which a server dies: high enough to spread the kills over all the work. */
function timesOf({ of, count: things, kills }: Stage, step: string): number {
  if (of === 'purchases') return 2;
  const share = Math.max(2, Math.floor(things / kills));
  // A batch of fifty is taken at a time, so what is counted by batches is counted in fifties.
  return step.endsWith('leased') ? Math.max(1, Math.floor(share / 50)) : share;
}

const OUTBOX_STEPS = ['outbox:handled', 'outbox:delivered', 'outbox:leased'] as const;

/** Where a server dies, in turn: along the outbox and a delivery, and around everything that moves a purchase on. */
const STEPS = {
  gifts: ['outbox:handled', 'after-commit:other', 'outbox:delivered', 'before-commit:other', 'outbox:leased'],
  purchases: [
    ...[
      'commit:purchase.placed',
      'commit:payment.reserved',
      'call:create',
      'call:query',
      'commit:payment.paid',
      'commit:purchase.paid',
      'commit:purchase.issued',
      'commit:transaction',
      'commit:shipment.sent',
      'commit:shipment.delivered',
      'commit:purchase.withdrawing',
      'commit:refund.started',
      'call:refund',
      'commit:refund.succeeded',
      'commit:purchase.returned',
    ].flatMap((step) => [`before-${step}`, `after-${step}`]),
    ...OUTBOX_STEPS,
  ],
} as const satisfies Record<keyof typeof KINDS, readonly string[]>;
const PATIENCE_MS = 60_000;

/**
 * Runs a server that is to die at `fault`, and returns the step at which it died. The empty text: it did not reach the step
 * within a minute, and was killed. Throws when it ended by itself.
 */
async function untilDead(
  { of, env, say }: Stage,
  { fault, lane }: { readonly fault: string; readonly lane: number },
): Promise<string> {
  const server = start(KINDS[of].server, { ...env, KABAO_FAULT: fault }, [lane, LANES]);
  let said = '';
  server.stderr?.on('data', (more: Buffer) => {
    said += more.toString();
    if (more.includes('failed: ')) say(more.toString().trim());
  });
  const impatience = setTimeout(() => server.kill('SIGKILL'), PATIENCE_MS);
  await once(server, 'close');
  clearTimeout(impatience);
  if (server.signalCode !== 'SIGKILL') throw new Error(`a server ended by itself: ${said}`);
  return /^died at (\S+)$/m.exec(said)?.[1] ?? '';
}

async function finish({ of, env, say }: Stage): Promise<void> {
  const server = start(KINDS[of].server, env, [0, 1]);
  try {
    for (let before = Number.POSITIVE_INFINITY, since = Date.now(); Date.now() < since + PATIENCE_MS * 2; ) {
      const { left, parked } = JSON.parse(await run(env, KINDS[of].desk, 'left'));
      if (left === 0 || parked > 0) return;
      if (left < before) {
        say(`${left} left`);
        since = Date.now();
      }
      before = Math.min(before, left);
      // What a killed server had taken comes back when its lease has run out.
      await pause(2_000);
    }
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

/** What `judge` finds; for purchases also the differences from the gateway's own books. */
async function verdictOf({ of, env }: Stage, { url, gateway }: Outside): Promise<DeskVerdict> {
  const verdict: DeskVerdict = JSON.parse(await run(env, KINDS[of].desk, 'judge'));
  if (of !== 'purchases') return verdict;
  const db = openDatabase(url);
  const books = { lost: [], doubled: [], unbalanced: [] };
  try {
    const { payments } = await readRecords(db);
    judgeGateway({ payments, trades: await gateway.books() }, books);
  } finally {
    await db.$disconnect();
  }
  const { lost, doubled, unbalanced } = books;
  const differences = {
    gatewayLost: lost.length,
    gatewayDoubled: doubled.length,
    gatewayUnbalanced: unbalanced.length,
  };
  return { counted: verdict.counted, wrong: { ...verdict.wrong, ...differences } };
}

const TSX = 'node_modules/tsx/dist/cli.mjs';

/** One process, not a launcher with a child: what is killed is the server itself. */
function start(script: string, env: NodeJS.ProcessEnv, args: readonly number[] = []): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args.map(String)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function run(env: NodeJS.ProcessEnv, script: string, ...args: readonly string[]): Promise<string> {
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  return (await promisify(execFile)(process.execPath, [TSX, script, ...args], options)).stdout;
}
