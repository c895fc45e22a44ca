import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { Pool } from 'pg';
import { auditBooks } from './ask-desk';
import type { Demo } from './demo';

type Row = Record<string, unknown>;

/**
 * Reads the server's database beside the server, for what no page shows. `$1`, `$2`… stand for `values`. Amounts come
 * as strings on both engines.
 */
export async function rows(demo: Demo, sql: string, ...values: readonly string[]): Promise<Row[]> {
  return demo.engine === 'postgres' ? postgresRows(demo, sql, values) : sqliteRows(demo, sql, values);
}

/** Throws what differs in the server's books, as `npm run ledger:audit` finds it, unless everything agrees. */
export async function audit(demo: Demo): Promise<void> {
  const report = await auditBooks(demo);
  if (report.differences.length > 0 || report.transfers === 0) throw new Error(JSON.stringify(report));
}

/** The same by the command itself, which takes seconds to start. */
export async function auditByCommand(demo: Demo): Promise<void> {
  const env = { ...process.env, KABAO_DATA_DIR: demo.folder, DATABASE_URL: demo.databaseUrl };
  const args = ['node_modules/tsx/dist/cli.mjs', 'scripts/ledger-audit.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const report: { ok: boolean; transfers: number } = JSON.parse(stdout);
  if (!report.ok || report.transfers === 0) throw new Error(stdout);
}

async function postgresRows(demo: Demo, sql: string, values: readonly string[]): Promise<Row[]> {
  const pool = once(demo.databaseUrl, pools, (connectionString) =>
    new Pool({ connectionString, max: 4, allowExitOnIdle: true }).on('error', () => {}),
  );
  return (await pool.query<Row>(sql, [...values])).rows.map(plain);
}

function sqliteRows(demo: Demo, sql: string, values: readonly string[]): Row[] {
  const db = once(
    join(demo.folder, 'kabao.db'),
    files,
    (file) => new Sqlite(file, { readonly: true, timeout: 5_000 }),
  );
  const named = Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value]));
  const statement = db.prepare<[Record<string, string>], Row>(sql.replace(/\$(\d)/g, '@p$1'));
  return statement.safeIntegers().all(named).map(plain);
}

// Kept for as long as a worker runs: to open a database and to read its schema takes many times as long as a question.
const pools = new Map<string, Pool>();
const files = new Map<string, Sqlite.Database>();

function once<Opened>(name: string, opened: Map<string, Opened>, open: (name: string) => Opened): Opened {
  const known = opened.get(name) ?? open(name);
  opened.set(name, known);
  return known;
}

function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  );
}
