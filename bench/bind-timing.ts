/**
 * How long a wrong guess at binding takes, by what is wrong about it: `npx tsx bench/bind-timing.ts [--rounds 300]
 * [--postgres] [--json]`. The kinds are taken in turn, in a new order each round, so that load falls on all alike.
 *
 * `auc` is the chance that one guess of the kind takes longer than one at an unknown number: 0.5 tells nothing.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bindCard } from '../lib/cards';
import { GUESS_KINDS, type GuessKind, makeGuesses } from '../lib/cards/testing';
import { openDatabase } from '../lib/database';
import { startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { migrate } from '../lib/database/migrations/migrate';

const WARM_UP_ROUNDS = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'kabao-bind-timing-'));
const server = values.postgres
  ? await startEmbeddedPostgres({ dataDir: `${folder}-postgres`, password: 'bench', durable: false })
  : null;
await server?.ensureDatabase('bench');
const url = server?.urlOf('bench') ?? `file:${join(folder, 'bench.db')}`;
await migrate(url);
const db = openDatabase(url);

const next = await makeGuesses(db);
const times: Record<GuessKind, number[]> = {
  unknown_number: [],
  long_password: [],
  short_password: [],
  bound: [],
  frozen: [],
};
for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
  for (const kind of shuffled(GUESS_KINDS)) {
    const { context, attempt } = await next(kind);
    const startedAt = process.hrtime.bigint();
    const result = await bindCard(context, attempt);
    const tookMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
    if (result.ok || result.refusal.code !== 'no_match') throw new Error('a guess was not a guess');
    if (round >= 0) times[kind].push(tookMs);
  }
}
await db.$disconnect();
await server?.stop();
for (const each of [folder, `${folder}-postgres`]) rmSync(each, { recursive: true, force: true });

const report = GUESS_KINDS.map((kind) => ({
  kind,
  ...Object.fromEntries([5, 25, 50, 75, 95, 99].map((p) => [`p${p}Ms`, percentile(times[kind], p)])),
  auc: auc(times[kind], times.unknown_number),
}));
if (values.json)
  console.log(JSON.stringify({ engine: server ? 'postgres' : 'sqlite', rounds, kinds: report }, null, 2));
else console.table(report);
process.exit(0);

function percentile(sample: readonly number[], p: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return (
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0) * 100) / 100
  );
}

function auc(sample: readonly number[], base: readonly number[]): number {
  let wins = 0;
  for (const a of sample) for (const b of base) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return Math.round((wins / (sample.length * base.length)) * 1000) / 1000;
}

function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
