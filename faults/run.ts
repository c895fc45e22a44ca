/**
 * `npm run faults [-- --engine sqlite|postgres] [--kills N] [--minutes M] [--json] [--total FILE] [--keep]`.
 *
 * Kills the production server (and on PostgreSQL the database) again and again while shoppers pay, refund and bind, then
 * holds every acknowledgement against the database and the gateway's books. Needs a build (`npm run build`).
 * `--minutes` ends the storm early; `--total FILE` adds what was done to FILE and, when run again, does what is left of
 * N. Ends with 1 when anything is wrong.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Outcome, runCampaign } from './campaign';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '60' },
    shoppers: { type: 'string', default: '12' },
    servers: { type: 'string', default: '2' },
    total: { type: 'string' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const engine = values.engine === 'postgres' ? 'postgres' : 'sqlite';
const folder = mkdtempSync(join(tmpdir(), `kabao-faults-${engine}-`));
const enough = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => enough.abort());
const outcome = await runCampaign({
  engine,
  kills: Number(values.kills),
  minutes: Number(values.minutes),
  shoppers: Number(values.shoppers),
  servers: Number(values.servers),
  folder,
  enough: enough.signal,
  say: (text) => process.stderr.write(`${text}\n`),
});
const report = reportOf(outcome);
const bad = report.lost + report.doubled + report.unbalanced + report.negative + report.stuck + report.odd;
if (bad > 0)
  writeFileSync(
    join(folder, 'findings.json'),
    JSON.stringify({ ...outcome.verdict, odd: outcome.oddities }, null, 2),
  );
console.log(values.json ? JSON.stringify(report, null, 2) : report);
if (bad > 0 || values.keep) process.stderr.write(`kept in ${folder}\n`);
else rmSync(folder, { recursive: true, force: true });
process.exit(bad > 0 ? 1 : 0);

function reportOf({ toll, payments, gatewayCalls, verdict, oddities, seconds }: Outcome) {
  return {
    kills: toll.server + toll.database,
    payments,
    gatewayCalls,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    unbalanced: verdict.unbalanced.length,
    negative: verdict.negative.length,
    stuck: verdict.stuck.length,
    odd: oddities.length,
    databaseKills: toll.database,
    steps: Object.fromEntries([...toll.steps].sort()),
    seconds,
  };
}
