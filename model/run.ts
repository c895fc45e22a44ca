/**
 * `npm run model -- [--commands N] [--engine sqlite|postgres] [--only ledger|checkout|lives] [--seed S]`.
 *
 * Runs N random commands against the ledger, checkout and the lives of cards on a real database, and against models of them
 * in memory.
 * Ends at the first difference. Prints JSON; ends with 1 when there was a difference. A failing seed belongs into
 * seeds.json: `npm test` runs those first.
 */
import { parseArgs } from 'node:util';
import { type Campaign, type Outcome, runCampaign } from './campaign';
import { checkoutCampaign } from './checkout/campaign';
import { type Databases, openDatabases } from './databases';
import { ledgerCampaign } from './ledger/campaign';
import { livesCampaign } from './lives/campaign';
import { notReached } from './lives/drawn';
import { keptSeeds } from './seeds';

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '2000' },
    engine: { type: 'string', default: 'sqlite' },
    only: { type: 'string' },
    seed: { type: 'string' },
  },
});

/** After so many commands of the lives of cards every transition that is drawn must have been taken. */
const REACHES_ALL = 6_000;

const { engine } = values;
if (engine !== 'sqlite' && engine !== 'postgres') throw new Error('--engine is sqlite or postgres');
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed);
const startedAt = Date.now();
const databases = await openDatabases(engine);
const outcomes: Record<string, Outcome> = {};
try {
  const wanted = ['ledger', 'checkout', 'lives'].filter((name) => !values.only || values.only === name);
  const commands = Math.ceil(Number(values.commands) / wanted.length);
  for (const name of wanted) {
    if (name === 'ledger') outcomes[name] = await run(ledgerCampaign, databases, commands);
    if (name === 'checkout') outcomes[name] = await run(checkoutCampaign, databases, commands);
    if (name === 'lives') outcomes[name] = await run(livesCampaign, databases, commands);
  }
} finally {
  await databases.close();
}
const report = Object.entries(outcomes).map(([name, { runs, failures, tally }]) => ({
  name,
  commands: tally.commands,
  runs,
  seen: Object.fromEntries([...tally.seen].sort()),
  failures,
  // A short run need not come everywhere; a long one that does not has lost its way.
  notReached: name === 'lives' ? notReached(tally.seen) : [],
}));
const failed = report.some(
  ({ failures, commands, notReached: missing }) =>
    failures.length > 0 || (commands >= REACHES_ALL && missing.length > 0),
);
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(JSON.stringify({ engine, seed, seconds, campaigns: report, ok: !failed }, null, 2));
process.exit(failed ? 1 : 0);

function run<Model extends object, Real>(
  campaign: Campaign<Model, Real>,
  { open }: Databases,
  commands: number,
): Promise<Outcome> {
  return runCampaign(campaign, { openDatabase: open, seed, commands, seeds: keptSeeds(campaign.name) });
}
