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
 * What a campaign is about. Its desk knows it: `begin N` makes N things that wait for servers, `left` prints how many are not
 * done, `judge` prints what became of all of them. Its server is what is killed: the worker, or a counter with its worker.
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
 * Gifts that are all due, or purchases from the order to the parcel or the money back, seen to by servers of which one after
 * the other is killed at a step of its own: around each kind of commit and gateway call, between taking messages and carrying
 * them out, between a change and its mail, between the mail and its note. A server that survives does the rest. Answers what
 * became of all of them, how many kills there were, and how many of them at which step.
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
    const tally = await storm(stage);
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

/** Mails are kept by the sandbox; the gateway is somebody else's system. */
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

/** Two servers at a time, each made to die at the step that was met least so far. */
async function storm(stage: Stage): Promise<Tally> {
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
      // Not met in time: somebody else is to die there.
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

/** How often a step may be passed before, so that the kills are spread over the whole. */
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
 * The step at which a server died that was to die at `fault`; the empty text for one that found nothing to die of and was
 * killed. Throws for one that ended by itself.
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

/** What the desk finds, and what the gateway's own books say of it. */
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
