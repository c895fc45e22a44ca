/**
 * `npm run bench [-- --engine sqlite|postgres] [--only NAME] [--seconds N] [--rounds N] [--json] [--size TRANSFERS]
 * [--pgledger PATH.sql]`.
 *
 * A payment is reserve + settle of two cards: two commits, with idempotency key, tenders, holds, states, events and
 * outbox. In `batch-vs-pgbench` and `http-vs-pgbench` it is what checkout makes of cards alone: one commit without holds. Each round runs it and its reference one after the other, so that a machine that slows down slows both;
 * what counts is the ratio of a round. Every database is audited afterwards.
 */
import { parseArgs } from 'node:util';
import { growth } from './growth';
import { httpVsPgbench } from './http-vs-pgbench';
import { oneMerchant } from './one-merchant';
import { batchVsPgbench, paymentVsPgbench } from './payment-vs-pgbench';
import { paymentVsPrisma } from './payment-vs-prisma';
import { pgledger } from './pgledger';
import type { Bench, Measured, Plan } from './row';
import { sqliteVsSingleCommit } from './sqlite-vs-single-commit';
import { statementGrowth } from './statement-growth';
import { ticks } from './ticks';

const benches: readonly Bench[] = [
  paymentVsPgbench,
  paymentVsPrisma,
  batchVsPgbench,
  oneMerchant,
  sqliteVsSingleCommit,
  ticks,
  httpVsPgbench,
  growth,
  statementGrowth,
  pgledger,
];

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '5000000' },
    pgledger: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const plan: Plan = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  size: Number(values.size),
  pgledger: values.pgledger ?? null,
};
const chosen = benches.filter(
  ({ name, engine }) =>
    (!values.engine || values.engine === engine) && (!values.only || values.only === name),
);
if (chosen.length === 0) throw new Error(`there are: ${benches.map(({ name }) => name).join(', ')}`);

const rows: (Pick<Bench, 'name' | 'floor' | 'aim' | 'atMost'> & Measured & { memoryMb: number })[] = [];
for (const bench of chosen) {
  const measured = await bench.measure(plan);
  if (measured === null) continue;
  const { name, floor, aim, atMost } = bench;
  const memoryMb = Math.round(process.memoryUsage.rss() / 1_048_576);
  rows.push({ name, floor, aim, ...(atMost ? { atMost } : {}), ...measured, memoryMb });
}
if (values.json) console.log(JSON.stringify({ rows }, null, 2));
else {
  console.table(
    rows.map(({ name, ratio, min, max, floor, aim, ...row }) => ({
      name,
      'ratio (median)': ratio.toFixed(2),
      'min … max': `${min.toFixed(2)} … ${max.toFixed(2)}`,
      'floor, aim': `${row.atMost ? '≤ ' : ''}${floor}, ${aim}`,
      'per second': Math.round(row.rate),
      'reference/s': Math.round(row.referenceRate),
      'p50 ms': row.p50Ms.toFixed(1),
      'p99 ms': row.p99Ms.toFixed(1),
      'memory MB': row.memoryMb,
      reference: row.reference,
    })),
  );
}
process.exit(0);
