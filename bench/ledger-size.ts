/**
 * `npx tsx bench/ledger-size.ts [--engine sqlite|postgres] [--transfers N] [--only NAME] [--json]`: how long the
 * commands that look at the whole ledger take, and the most memory that their process and PostgreSQL's own take
 * (Linux). The database is filled, sealed and thrown away.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../lib/database';
import { startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { migrate } from '../lib/database/migrations/migrate';
import { sealTransfers } from '../lib/ledger';
import { freshSecrets } from '../scripts/secrets.mjs';
import { fillLedger } from './fill-ledger';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'postgres' },
    transfers: { type: 'string', default: '5000000' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
});
const transfers = Number(values.transfers);
const secrets = freshSecrets();
const folder = mkdtempSync(join(tmpdir(), 'kabao-size-'));
const server =
  values.engine === 'postgres'
    ? await startEmbeddedPostgres({ dataDir: `${folder}-pg`, password: 'bench', durable: true })
    : null;
const rows: { name: string; seconds: number; processMb: number; postgresMb: number | null }[] = [];
try {
  const url = await newDatabase('ledger');
  await timed('fill', () => fillLedger(url, { transfers, withPayments: true }));
  await timed('seal', () => sealAll(url));
  await run('ledger-audit', url);
  await run('ledger-verify', url);
  await run('backup', url, '--out', join(folder, 'backup'));
  await run('restore', await newDatabase('restored'), '--from', join(folder, 'backup'));
  if (values.json) console.log(JSON.stringify({ engine: values.engine, transfers, rows }, null, 2));
  else console.table(rows);
} finally {
  await server?.stop();
  for (const path of [folder, `${folder}-pg`]) rmSync(path, { recursive: true, force: true });
}
process.exit(0);

async function newDatabase(name: string): Promise<string> {
  await server?.ensureDatabase(name);
  const url = server?.urlOf(name) ?? `file:${join(folder, `${name}.db`)}`;
  await migrate(url);
  return url;
}

async function sealAll(url: string): Promise<void> {
  const db = openDatabase(url);
  while ((await sealTransfers(db, new Date())).count > 0);
  await db.$disconnect();
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await work();
  console.error(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
}

async function run(name: string, url: string, ...args: string[]): Promise<void> {
  if (values.only && !values.only.includes(name)) return;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${name}.ts`, ...args], {
    env: { ...process.env, ...secrets, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let processKb = 0;
  let postgresKb = 0;
  const watch = setInterval(() => {
    processKb = Math.max(processKb, kilobytes(child.pid, 'VmHWM'));
    const backends = server ? childrenOf(server.pid).map((pid) => kilobytes(pid, 'RssAnon')) : [];
    postgresKb = Math.max(postgresKb, ...backends);
  }, 100);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${said.slice(0, 2_000)}`);
  const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(1));
  const postgresMb = server ? Math.round(postgresKb / 1_024) : null;
  rows.push({ name, seconds, processMb: Math.round(processKb / 1_024), postgresMb });
  console.error(`${name}: ${seconds} s`);
}

function kilobytes(pid: number | undefined, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent);
      } catch {
        return false;
      }
    });
}
