import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Engine, openDatabase } from '../lib/database';
import { freshSecrets } from '../scripts/secrets.mjs';
import { type Balancer, openBalancer } from './balancer';
import { pause } from './chance';
import { type DatabaseHost, openDatabaseHost } from './database-host';
import { type FarSide, openFarSide } from './far-side';
import { type Death, openFleet, type Server } from './fleet';
import { type CardSecret, type Journal, openJournal, type Product } from './journal';
import { judge, type Verdict } from './judge';
import { openForms } from './pages';
import { openEnds } from './records';
import { live, moveIn } from './shopper';
import type { Town } from './town';
import { startStorm, type Toll } from './weather';

export interface Plan {
  readonly engine: Engine;
  readonly kills: number;
  /** The storm ends then at the latest. */
  readonly minutes: number;
  readonly shoppers: number;
  readonly servers: number;
  /** An empty folder for databases, logs and records. */
  readonly folder: string;
  readonly say: (text: string) => void;
  /** Ends the storm before its time; what was begun is still finished and judged. */
  readonly enough: AbortSignal;
}

export interface Outcome {
  readonly toll: Toll;
  readonly payments: number;
  readonly gatewayCalls: number;
  readonly verdict: Verdict;
  readonly oddities: readonly string[];
  readonly seconds: { readonly prepare: number; readonly storm: number; readonly settle: number };
}

const SETTLE_MS = 60_000;

/** Lets it storm over a shop in business, clears the weather, and judges what is left. */
export async function runCampaign(plan: Plan): Promise<Outcome> {
  const clock = stopwatch();
  const host = await openDatabaseHost(plan.engine, plan.folder);
  const farSide = await openFarSide(plan.folder);
  const servers: Server[] = [];
  const balancer = await openBalancer(() => servers.filter((each) => each.isReady()).map(({ port }) => port));
  try {
    return await weather(plan, { host, farSide, balancer, servers, clock });
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await balancer.close();
    await farSide.close();
    await host.stop();
  }
}

interface Ground {
  readonly host: DatabaseHost;
  readonly farSide: FarSide;
  readonly balancer: Balancer;
  readonly servers: Server[];
  readonly clock: () => number;
}

async function weather(plan: Plan, ground: Ground): Promise<Outcome> {
  const { host, farSide, balancer, servers, clock } = ground;
  const toll: Toll = { server: 0, database: 0, steps: new Map() };
  const journal = openJournal();
  const env = environment(plan, ground);
  const stock = await prepare(plan, env);
  let storm: ReturnType<typeof startStorm> | null = null;
  const onDeath = (death: Death) => {
    if (!storm?.isStormy()) return;
    toll.server += 1;
    if (death.step) toll.steps.set(death.step, (toll.steps.get(death.step) ?? 0) + 1);
    if (death.unasked) journal.oddities.push(`a server ended by itself with ${death.unasked}`);
  };
  servers.push(...(await openFleet(plan.servers, { folder: plan.folder, env, onDeath })));
  for (const server of servers) server.start(null);
  await Promise.all(servers.map((server) => server.untilReady()));
  const town: Town = {
    ...stock,
    origin: balancer.origin,
    forms: openForms(),
    farSide,
    journal,
    captchaKey: Buffer.from(env.KABAO_CAPTCHA_KEY?.replace('demo-', '') ?? '', 'hex'),
    isStormy: () => storm?.isStormy() ?? false,
  };
  const numbers = Array.from({ length: plan.shoppers }, (_, index) => index + 1);
  const people = await Promise.all(numbers.map((number) => moveIn(town, number)));
  const prepared = clock();
  plan.say(`${people.length} shoppers, ${servers.length} servers, after ${prepared.toFixed(1)} s`);
  storm = startStorm({
    servers,
    host,
    farSide,
    toll,
    kills: plan.kills,
    enough: plan.enough,
    endsAt: Date.now() + plan.minutes * 60_000,
  });
  const reports = setInterval(() => plan.say(progress(toll, journal)), 10_000);
  const lives = people.map((shopper) => live(shopper));
  await storm.cleared;
  const cleared = clock();
  plan.say(`cleared: ${progress(toll, journal)}`);
  const stragglers = await settled(plan, { lives, url: host.url });
  clearInterval(reports);
  const db = openDatabase(host.url);
  try {
    const verdict = await judge({ db, journal, faceMinor: town.faceMinor, trades: await farSide.books() });
    verdict.stuck.push(...stragglers);
    const payments = await db.payment.count({ where: { settledAt: { not: null } } });
    const seconds = { prepare: prepared, storm: cleared - prepared, settle: clock() - cleared };
    return { toll, payments, gatewayCalls: farSide.calls(), verdict, oddities: journal.oddities, seconds };
  } finally {
    await db.$disconnect();
  }
}

/** Waits until shoppers and worker have finished everything, at most a minute. Answers who has not. */
async function settled(
  plan: Plan,
  { lives, url }: { lives: readonly Promise<void>[]; url: string },
): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS;
  let waiting = lives.length;
  const all = Promise.all(lives.map((life) => life.finally(() => (waiting -= 1))));
  await Promise.race([all, pause(SETTLE_MS)]);
  plan.say('the shoppers are done');
  const db = openDatabase(url);
  try {
    while (Date.now() < deadline && (await openEnds(db)).length > 0) await pause(250);
  } finally {
    await db.$disconnect();
  }
  return waiting > 0 ? [`${waiting} shoppers could not finish`] : [];
}

function environment({ folder }: Plan, { host, farSide, balancer }: Ground): NodeJS.ProcessEnv {
  const { alipay } = farSide;
  return {
    ...process.env,
    ...freshSecrets(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    KABAO_ORIGIN: balancer.origin,
    KABAO_SANDBOX: '0',
    KABAO_TRUSTED_PROXIES: '1',
    DATABASE_URL: host.url,
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_SELLER_ID: alipay.sellerId,
    ALIPAY_PRIVATE_KEY: alipay.privateKeyPem,
    ALIPAY_PUBLIC_KEY: alipay.alipayPublicKeyPem,
    ALIPAY_GATEWAY_URL: alipay.gatewayUrl,
  };
}

async function prepare(
  { folder, shoppers, kills }: Plan,
  env: NodeJS.ProcessEnv,
): Promise<Pick<Town, 'products' | 'faceMinor' | 'takeCard'>> {
  const file = join(folder, 'stock.json');
  const count = shoppers * 4 + kills * 2;
  const tsx = 'node_modules/tsx/dist/cli.mjs';
  await promisify(execFile)(process.execPath, [tsx, 'faults/prepare.ts', file, String(count)], { env });
  const stock: {
    faceMinor: string;
    cards: CardSecret[];
    products: (Omit<Product, 'priceMinor'> & { priceMinor: string })[];
  } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    faceMinor: BigInt(stock.faceMinor),
    products: stock.products.map((each) => ({ ...each, priceMinor: BigInt(each.priceMinor) })),
    takeCard: () => stock.cards.pop() ?? null,
  };
}

function progress({ server, database, steps }: Toll, { stories, oddities }: Journal): string {
  const purchases = stories.flatMap((story) => story.purchases);
  const paid = purchases.filter((each) => each.paid).length;
  const named = [...steps.values()].reduce((sum, count) => sum + count, 0);
  return `${server} servers (${named} at ${steps.size} named steps) and ${database} databases killed, ${paid} of ${purchases.length} paid, ${oddities.length} odd`;
}

/** Seconds since it was made. */
function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1_000;
}
