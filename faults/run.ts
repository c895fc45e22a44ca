/**
 * `npm run faults [-- --engine sqlite|postgres] [--scenario crash|disk|fsync|standby] [--kills N] [--minutes M]
 * [--shoppers N] [--servers N] [--total FILE] [--json] [--keep]`.
 *
 * Breaks the production server, its database or its disk again and again while shoppers pay, refund and bind. Then compares
 * every acknowledgement with the database and with the gateway's own books. Needs a build (`npm run build`).
 *
 * `npm run faults -- --gifts 10000 --kills 50` delivers 10,000 gifts while 50 workers are killed, and expects each gift to
 * go out once. `--purchases 300` lets 300 buyers order and pay for cards, and keep, give, receive or hand them back, while
 * servers are killed. Neither needs a build.
 *
 * `--minutes` limits how long faults are injected. `--total` adds the result to FILE; run again, it kills only what is left
 * of N. `--keep` keeps databases and logs. When anything is wrong they are kept too, and the exit code is 1.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign';
import { addTo, badIn, killsIn, reportOf } from './report';
import { missingRequirement } from './requirements';
import { SCENARIOS } from './scenario';
import { runWorkerCampaign } from './worker-campaign';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    scenario: { type: 'string', default: 'crash' },
    kills: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '60' },
    shoppers: { type: 'string', default: '12' },
    servers: { type: 'string', default: '3' },
    total: { type: 'string' },
    gifts: { type: 'string' },
    purchases: { type: 'string' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const engine = values.engine === 'postgres' ? 'postgres' : 'sqlite';
const scenario = SCENARIOS.find((name) => name === values.scenario);
if (!scenario) throw new Error(`--scenario is one of ${SCENARIOS.join(', ')}`);
const say = (text: string) => process.stderr.write(`${text}\n`);
for (const of of ['gifts', 'purchases'] as const) {
  if (!values[of]) continue;
  const folder = mkdtempSync(join(tmpdir(), `kabao-${of}-${engine}-`));
  const campaign = {
    engine,
    folder,
    say,
    of,
    count: Number(values[of]),
    kills: Number(values.kills),
  } as const;
  const { verdict, kills, steps, bad } = await runWorkerCampaign(campaign);
  console.log(JSON.stringify({ engine, kills, ...verdict.counted, ...verdict.wrong, steps }, null, 2));
  if (bad > 0 || values.keep) say(`kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  process.exit(bad > 0 ? 1 : 0);
}
if (!existsSync(join('.next', 'BUILD_ID'))) {
  say('there is no production build: run `npm run build` first');
  process.exit(1);
}
const obstacle = missingRequirement({ engine, scenario });
if (obstacle) {
  say(`NOT RUN: ${obstacle}`);
  process.exit(0);
}
const kills = Number(values.kills) - (values.total ? killsIn(values.total) : 0);
if (kills <= 0) {
  say('nothing is left to do');
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), `kabao-faults-${engine}-`));
const enough = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.abort());
const outcome = await runCampaign({
  engine,
  scenario,
  kills,
  minutes: Number(values.minutes),
  shoppers: Number(values.shoppers),
  servers: Number(values.servers),
  folder,
  enough: enough.signal,
  say,
});
const report = reportOf(outcome);
const bad = badIn(report);
if (bad > 0) {
  const findings = { ...outcome.verdict, odd: outcome.oddities };
  writeFileSync(join(folder, 'findings.json'), JSON.stringify(findings, null, 2));
}
if (values.total) addTo(values.total, report);
console.log(values.json ? JSON.stringify(report, null, 2) : report);
if (bad > 0 || values.keep) say(`kept in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
process.exit(bad > 0 ? 1 : 0);
