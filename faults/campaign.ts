import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Engine, openDatabase } from '../lib/database';
import { bringForward } from './bring-forward';
import { pause } from './chance';
import { type Death, openFleet, type Server } from './fleet';
import { type CardSecret, type Journal, openJournal, type Product } from './journal';
import { judge, type Verdict } from './judge';
import { openForms } from './pages';
import { unfinished } from './records';
import { injectFaults, type ScenarioContext, type ScenarioName } from './scenario';
import { openShopper, shop } from './shopper';
import type { Shopper, ShopperContext } from './shopper-context';
import { count, openTally, type Tally, totalOf } from './tally';
import { openTestBed, type TestBed } from './test-bed';

export interface Plan {
  readonly engine: Engine;
  readonly scenario: ScenarioName;
  readonly kills: number;
  /** No fault is injected for longer than this. */
  readonly minutes: number;
  readonly shoppers: number;
  readonly servers: number;
  /** An empty folder for databases, logs and records. */
  readonly folder: string;
  readonly say: (text: string) => void;
  /** Aborting it stops the faults early; what was begun is still finished and judged. */
  readonly enough: AbortSignal;
}

export interface Outcome {
  readonly tally: Tally;
  readonly payments: number;
  readonly gatewayCalls: number;
  readonly verdict: Verdict;
  readonly oddities: readonly string[];
  readonly seconds: { readonly prepare: number; readonly faults: number; readonly settle: number };
}

const SETTLE_MS = 60_000;
/** A start takes a sixth less of a processor: what is compiled in the background pays for itself only in a longer life. */
const SHORT_LIVED = ['--single-threaded', '--no-opt'];
/** By then what the last faults left is taken up again. Once: what still waits after that waits as long as it would anywhere. */
const BRING_FORWARD_AFTER_MS = 3_000;

/** Injects faults while shoppers use the shop, lets everything come to its end, and judges the result. */
export async function runCampaign(plan: Plan): Promise<Outcome> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const testBed = await openTestBed(plan);
  try {
    const campaign = await open(plan, testBed);
    const prepared = seconds();
    plan.say(`${plan.shoppers} shoppers, ${plan.servers} servers, after ${prepared.toFixed(1)} s`);
    const shoppers = await shopAmidFaults(plan, campaign);
    const faultsEnded = seconds();
    plan.say(`faults ended: ${progress(campaign)}`);
    const stragglers = await settled(plan, { shoppers, url: testBed.host.url });
    const result = await verdictOf(campaign, testBed);
    result.verdict.stuck.push(...stragglers);
    const times = { prepare: prepared, faults: faultsEnded - prepared, settle: seconds() - faultsEnded };
    return { ...result, tally: campaign.tally, oddities: campaign.journal.oddities, seconds: times };
  } finally {
    await testBed.close();
  }
}

interface Campaign {
  readonly context: ScenarioContext;
  readonly tally: Tally;
  readonly journal: Journal;
  readonly shopperContext: ShopperContext;
  readonly people: readonly Shopper[];
  /** Faults are injected from now on. */
  begin(): void;
}

async function open(plan: Plan, testBed: TestBed): Promise<Campaign> {
  const { host, gateway, balancer, env } = testBed;
  const [tally, journal] = [openTally(), openJournal()];
  let endsAt = 0;
  const isInjecting = () => totalOf(tally.kills) < plan.kills && Date.now() < endsAt && !plan.enough.aborted;
  const onDeath = (death: Death) => {
    if (!isInjecting()) return;
    if (plan.scenario === 'crash') count(tally.kills, 'server');
    if (death.step) count(tally.steps, death.step);
    if (death.unasked) journal.oddities.push(`a server ended by itself with ${death.unasked}`);
  };
  const stock = await prepare(plan, env);
  const options = { ...testBed, folder: plan.folder, onDeath, nodeFlags: SHORT_LIVED };
  testBed.servers.push(...(await openFleet(plan.servers, options)));
  await Promise.all(testBed.servers.map(serve));
  const shopperContext: ShopperContext = {
    ...stock,
    origin: balancer.origin,
    forms: openForms(),
    gateway,
    journal,
    captchaKey: Buffer.from(env.KABAO_CAPTCHA_KEY?.replace('demo-', '') ?? '', 'hex'),
    isInjecting,
  };
  const numbers = Array.from({ length: plan.shoppers }, (_, index) => index + 1);
  const people = await Promise.all(numbers.map((number) => openShopper(shopperContext, number)));
  const complain = (what: string) => journal.oddities.push(what);
  const context: ScenarioContext = {
    ...testBed,
    host,
    tally,
    complain,
    acknowledged: () => journal.acknowledged,
    isInjecting,
  };
  return {
    context,
    tally,
    journal,
    shopperContext,
    people,
    begin: () => {
      endsAt = Date.now() + plan.minutes * 60_000;
    },
  };
}

async function serve(server: Server): Promise<void> {
  server.start();
  if (!(await server.untilReady())) throw new Error('a server does not start; is there a build?');
}

/** Returns when the faults have ended, with a promise for each shopper: it resolves when that shopper has finished. */
async function shopAmidFaults(plan: Plan, campaign: Campaign): Promise<readonly Promise<void>[]> {
  campaign.begin();
  const reports = setInterval(() => plan.say(progress(campaign)), 10_000);
  const shoppers = campaign.people.map((shopper) => shop(shopper));
  await injectFaults(plan.scenario, campaign.context);
  clearInterval(reports);
  return shoppers;
}

/**
 * Waits until shoppers and worker have finished everything, at most a minute; nobody sits through the long pauses that faults
 * have led to.
 * Returns a line if shoppers have not.
 */
async function settled(
  plan: Plan,
  { shoppers, url }: { shoppers: readonly Promise<void>[]; url: string },
): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS;
  let waiting = shoppers.length;
  const done = shoppers.map((shopper) =>
    shopper.finally(() => {
      waiting -= 1;
    }),
  );
  const db = openDatabase(url);
  const hurry = setTimeout(() => {
    bringForward(db, new Date(deadline)).catch((error) => plan.say(`could not bring forward: ${error}`));
  }, BRING_FORWARD_AFTER_MS);
  try {
    await Promise.race([Promise.all(done), pause(SETTLE_MS)]);
    plan.say('the shoppers are done');
    while (Date.now() < deadline && (await unfinished(db)).length > 0) await pause(250);
  } finally {
    clearTimeout(hurry);
    await db.$disconnect();
  }
  return waiting > 0 ? [`${waiting} shoppers could not finish`] : [];
}

async function verdictOf({ journal, shopperContext }: Campaign, { host, gateway }: TestBed) {
  const db = openDatabase(host.url);
  try {
    const verdict = await judge({
      db,
      journal,
      faceMinor: shopperContext.faceMinor,
      trades: await gateway.books(),
    });
    const payments = await db.payment.count({ where: { settledAt: { not: null } } });
    return { verdict, payments, gatewayCalls: gateway.calls() };
  } finally {
    await db.$disconnect();
  }
}

/** Creates the shop and its cards with the domain's own operations, in another process. */
async function prepare(
  { folder, shoppers, kills }: Plan,
  env: NodeJS.ProcessEnv,
): Promise<Pick<ShopperContext, 'products' | 'faceMinor' | 'takeCard'>> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'stock.json');
  const cards = String(shoppers * 4 + kills * 2);
  await promisify(execFile)(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'faults/prepare.ts', file, cards],
    { env },
  );
  const stock: { faceMinor: string; cards: CardSecret[]; products: StoredProduct[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return {
    faceMinor: BigInt(stock.faceMinor),
    products: stock.products.map((each) => ({ ...each, priceMinor: BigInt(each.priceMinor) })),
    takeCard: () => stock.cards.pop() ?? null,
  };
}

type StoredProduct = Omit<Product, 'priceMinor'> & { readonly priceMinor: string };

function progress({ tally, journal: { stories, oddities } }: Campaign): string {
  const purchases = stories.flatMap((story) => story.purchases);
  const paid = purchases.filter((each) => each.paid).length;
  const kills = [...tally.kills].map(([what, times]) => `${times} × ${what}`).join(', ');
  const steps = `${totalOf(tally.steps)} at ${tally.steps.size} named steps`;
  return `${kills || 'nothing'} (${steps}), ${paid} of ${purchases.length} paid, ${oddities.length} odd`;
}
