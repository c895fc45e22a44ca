/**
 * `npm run bench [-- --engine sqlite|postgres] [--only NAME] [--seconds N] [--rounds N] [--json]`.
 *
 * A payment is reserve + settle of two cards: two commits, with idempotency key, tenders, holds, states, events and
 * outbox. Each round runs it and its reference one after the other, so that a machine that slows down slows both;
 * what counts is the ratio of a round. Every database is audited afterwards.
 */
import { parseArgs } from 'node:util';
import { postgresRow } from './postgres-row';
import type { BenchRow } from './row';
import { sqliteRow } from './sqlite-row';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

const plan = { seconds: Number(values.seconds), rounds: Number(values.rounds) };
const benches = [
  { name: 'payment-vs-pgbench', engine: 'postgres', measure: () => postgresRow('payment-vs-pgbench', plan) },
  {
    name: 'sqlite-vs-single-commit',
    engine: 'sqlite',
    measure: () => sqliteRow('sqlite-vs-single-commit', plan),
  },
];

const rows: BenchRow[] = [];
for (const { name, engine, measure } of benches) {
  if (values.engine && values.engine !== engine) continue;
  if (values.only && values.only !== name) continue;
  rows.push(await measure());
}
if (values.json) console.log(JSON.stringify({ rows }, null, 2));
else {
  console.table(
    rows.map(({ name, ratio, min, max, rate, referenceRate, p50Ms, p99Ms, reference }) => ({
      name,
      'ratio (median)': ratio.toFixed(2),
      'min … max': `${min.toFixed(2)} … ${max.toFixed(2)}`,
      'payments/s': Math.round(rate),
      'reference/s': Math.round(referenceRate),
      'p50 ms': p50Ms.toFixed(1),
      'p99 ms': p99Ms.toFixed(1),
      reference,
    })),
  );
}
process.exit(0);
