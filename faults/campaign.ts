import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Engine, openDatabase } from '../lib/database';
import { pause } from './chance';
import { type Death, openFleet, type Server } from './fleet';
import { type Ground, openGround } from './ground';
import { type CardSecret, type Journal, openJournal, type Product } from './journal';
import { judge, type Verdict } from './judge';
import { openForms } from './pages';
import { openEnds } from './records';
import { live, moveIn } from './shopper';
import { count, openToll, type Toll, totalOf } from './toll';
import type { Shopper, Town } from './town';
import { type Sky, storm, type WeatherName } from './weather';

export interface Plan {
  readonly engine: Engine;
  readonly weather: WeatherName;
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
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const ground = await openGround(plan);
  try {
    const campaign = await open(plan, ground);
    const prepared = seconds();
    plan.say(`${plan.shoppers} shoppers, ${plan.servers} servers, after ${prepared.toFixed(1)} s`);
    const lives = await weather(plan, campaign);
    const cleared = seconds();
    plan.say(`cleared: ${progress(campaign)}`);
    const stragglers = await settled(plan, { lives, url: ground.host.url });
    const result = await verdictOf(campaign, ground);
    result.verdict.stuck.push(...stragglers);
    const times = { prepare: prepared, storm: cleared - prepared, settle: seconds() - cleared };
    return { ...result, toll: campaign.toll, oddities: campaign.journal.oddities, seconds: times };
  } finally {
    await ground.close();
  }
}

interface Campaign {
  readonly sky: Sky;
  readonly toll: Toll;
  readonly journal: Journal;
  readonly town: Town;
  readonly people: readonly Shopper[];
  /** Lets it storm from now on. */
  begin(): void;
}

async function open(plan: Plan, ground: Ground): Promise<Campaign> {
  const { host, farSide, balancer, env } = ground;
  const [toll, journal] = [openToll(), openJournal()];
  let endsAt = 0;
  const isStormy = () => totalOf(toll.kills) < plan.kills && Date.now() < endsAt && !plan.enough.aborted;
  const onDeath = (death: Death) => {
    if (!isStormy()) return;
    if (plan.weather === 'crash') count(toll.kills, 'server');
    if (death.step) count(toll.steps, death.step);
    if (death.unasked) journal.oddities.push(`a server ended by itself with ${death.unasked}`);
  };
  const stock = await prepare(plan, env);
  ground.servers.push(...(await openFleet(plan.servers, { ...ground, folder: plan.folder, onDeath })));
  await Promise.all(ground.servers.map(serve));
  const town: Town = {
    ...stock,
    origin: balancer.origin,
    forms: openForms(),
    farSide,
    journal,
    captchaKey: Buffer.from(env.KABAO_CAPTCHA_KEY?.replace('demo-', '') ?? '', 'hex'),
    isStormy,
  };
  const numbers = Array.from({ length: plan.shoppers }, (_, index) => index + 1);
  const people = await Promise.all(numbers.map((number) => moveIn(town, number)));
  const complain = (what: string) => journal.oddities.push(what);
  const sky: Sky = { ...ground, host, toll, complain, acknowledged: () => journal.acknowledged, isStormy };
  return {
    sky,
    toll,
    journal,
    town,
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

/** Shoppers live while it storms; answers the lives, which go on until everything is finished. */
async function weather(plan: Plan, campaign: Campaign): Promise<readonly Promise<void>[]> {
  campaign.begin();
  const reports = setInterval(() => plan.say(progress(campaign)), 10_000);
  const lives = campaign.people.map((shopper) => live(shopper));
  await storm(plan.weather, campaign.sky);
  clearInterval(reports);
  return lives;
}

/** Waits until shoppers and worker have finished everything, at most a minute. Answers who has not. */
async function settled(
  plan: Plan,
  { lives, url }: { lives: readonly Promise<void>[]; url: string },
): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS;
  let waiting = lives.length;
  const done = lives.map((life) =>
    life.finally(() => {
      waiting -= 1;
    }),
  );
  await Promise.race([Promise.all(done), pause(SETTLE_MS)]);
  plan.say('the shoppers are done');
  const db = openDatabase(url);
  try {
    while (Date.now() < deadline && (await openEnds(db)).length > 0) await pause(250);
  } finally {
    await db.$disconnect();
  }
  return waiting > 0 ? [`${waiting} shoppers could not finish`] : [];
}

async function verdictOf({ journal, town }: Campaign, { host, farSide }: Ground) {
  const db = openDatabase(host.url);
  try {
    const verdict = await judge({ db, journal, faceMinor: town.faceMinor, trades: await farSide.books() });
    const payments = await db.payment.count({ where: { settledAt: { not: null } } });
    return { verdict, payments, gatewayCalls: farSide.calls() };
  } finally {
    await db.$disconnect();
  }
}

/** Shop and cards, made by the domain's own operations. */
async function prepare(
  { folder, shoppers, kills }: Plan,
  env: NodeJS.ProcessEnv,
): Promise<Pick<Town, 'products' | 'faceMinor' | 'takeCard'>> {
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

function progress({ toll, journal: { stories, oddities } }: Campaign): string {
  const purchases = stories.flatMap((story) => story.purchases);
  const paid = purchases.filter((each) => each.paid).length;
  const kills = [...toll.kills].map(([what, times]) => `${times} × ${what}`).join(', ');
  const steps = `${totalOf(toll.steps)} at ${toll.steps.size} named steps`;
  return `${kills || 'nothing'} (${steps}), ${paid} of ${purchases.length} paid, ${oddities.length} odd`;
}
