/**
 * `npm run model -- [--commands N] [--engine sqlite|postgres] [--only ledger|checkout|lives] [--seed S] [--minutes M]
 * [--total FILE]`.
 *
 * Runs N random commands against the ledger, checkout and the lives of cards on a real database, and against models of them
 * in memory: a third of N each, or all N on the one that `--only` names. Stops at the first difference; prints JSON, and the
 * exit code is 1 when there was a difference. Add a failing seed to seeds.json: `npm test` runs those first.
 *
 * `--minutes` or Ctrl-C ends it early. `--total` adds the result to FILE; run again, it runs only what is left of N.
 */
import { parseArgs } from 'node:util';
import type { Engine } from '@/lib/database';
import { type Campaign, type Outcome, runCampaign } from './campaign';
import { checkoutCampaign } from './checkout/campaign';
import { type Databases, openDatabases } from './databases';
import { ledgerCampaign } from './ledger/campaign';
import { livesCampaign } from './lives/campaign';
import { notReached } from './lives/transitions';
import { keptSeeds } from './seeds';
import { addTo, type CampaignReport, commandsIn } from './total';

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '2000' },
    engine: { type: 'string', default: 'sqlite' },
    only: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string', default: '600' },
    total: { type: 'string' },
  },
});

/** A run of at least so many commands on the lives of cards must have taken every transition in `lives/transitions.ts`. */
const REACHES_ALL = 6_000;

const { total } = values;
const engine = engineNamed(values.engine);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed);
const startedAt = Date.now();
const endsAt = startedAt + Number(values.minutes) * 60_000;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted = true;
  });
}
const databases = await openDatabases(engine);
const report: CampaignReport[] = [];
try {
  const wanted = ['ledger', 'checkout', 'lives'].filter((name) => !values.only || values.only === name);
  const commands = Math.ceil(Number(values.commands) / wanted.length);
  for (const name of wanted) {
    if (name === 'ledger') report.push(await run(ledgerCampaign, databases, commands));
    if (name === 'checkout') report.push(await run(checkoutCampaign, databases, commands));
    if (name === 'lives') report.push(await run(livesCampaign, databases, commands));
  }
} finally {
  await databases.close();
}
// A short run cannot be expected to take every transition.
const long = report.filter(({ name, commands }) => name === 'lives' && commands >= REACHES_ALL);
const missing = long.flatMap(({ seen }) => notReached(new Map(Object.entries(seen))));
const failed = missing.length > 0 || report.some(({ failures }) => failures.length > 0);
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(
  JSON.stringify({ engine, seed, seconds, campaigns: report, notReached: missing, ok: !failed }, null, 2),
);
process.exit(failed ? 1 : 0);

function engineNamed(name: string): Engine {
  if (name !== 'sqlite' && name !== 'postgres') throw new Error('--engine is sqlite or postgres');
  return name;
}

async function run<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  { open }: Databases,
  commands: number,
): Promise<CampaignReport> {
  const { name } = campaign;
  const before = total ? commandsIn(total, { engine, name }) : 0;
  const outcome: Outcome = await runCampaign(campaign, {
    openDatabase: open,
    seed,
    commands: commands - before,
    seeds: keptSeeds(name),
    enough: () => interrupted || Date.now() >= endsAt,
  });
  const { runs, failures, tally } = outcome;
  const seen = Object.fromEntries([...tally.seen].sort());
  const done = { name, commands: tally.commands, runs, seen, failures };
  return total ? addTo(total, engine, done) : done;
}
