import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import type { Demo } from './demo';

type Row = Record<string, unknown>;

/**
 * Reads the server's database beside the server, for what no page shows. `$1`, `$2`… stand for `values`. Amounts come
 * as strings on both engines.
 */
export async function rows(demo: Demo, sql: string, ...values: readonly string[]): Promise<Row[]> {
  return demo.engine === 'postgres' ? postgresRows(demo, sql, values) : sqliteRows(demo, sql, values);
}

/** `npm run ledger:audit` against the server's database: throws what it printed unless everything agrees. */
export async function audit(demo: Demo): Promise<void> {
  const env = { ...process.env, KABAO_DATA_DIR: demo.folder, DATABASE_URL: demo.databaseUrl };
  const args = ['node_modules/tsx/dist/cli.mjs', 'scripts/ledger-audit.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const report: { ok: boolean; transfers: number } = JSON.parse(stdout);
  if (!report.ok || report.transfers === 0) throw new Error(stdout);
}

async function postgresRows(demo: Demo, sql: string, values: readonly string[]): Promise<Row[]> {
  const client = new Client({ connectionString: demo.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows.map(plain);
  } finally {
    await client.end();
  }
}

function sqliteRows(demo: Demo, sql: string, values: readonly string[]): Row[] {
  const db = new Sqlite(join(demo.folder, 'kabao.db'), { readonly: true, timeout: 5_000 });
  try {
    const named = Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value]));
    const statement = db.prepare<[Record<string, string>], Row>(sql.replace(/\$(\d)/g, '@p$1'));
    return statement.safeIntegers().all(named).map(plain);
  } finally {
    db.close();
  }
}

function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
  );
}
