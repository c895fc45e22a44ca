import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { type RawReader, readerOf } from '../client';
import {
  type BackupFile,
  type BackupTable,
  digestOf,
  type Manifest,
  type RestoreProblem,
  syncFile,
} from './manifest';
import { copyIn, copyOut } from './postgres-copy';

const CHUNK_BYTES = 1 << 20;

/** Copies every table as it was at one moment; payments go on meanwhile. */
export function backUpPostgres(
  url: string,
  folder: string,
): Promise<Pick<Manifest, 'files' | 'tables' | 'migrations'>> {
  return connected(url, async (client) => {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: migrations } = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name',
    );
    const tables: BackupTable[] = [];
    const files: BackupFile[] = [];
    for (const { name, columns } of await tablesOf(client)) {
      const file = copyFile(name);
      const path = join(folder, file);
      const out = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: CHUNK_BYTES });
      const written = finished(out);
      const copied = copyOut(client, `COPY ${columnList(client, name, columns)} TO STDOUT`, out);
      const rows = await Promise.race([copied, written.then(() => copied)]);
      out.end();
      await written;
      await syncFile(path);
      files.push({ name: file, ...(await digestOf(path)) });
      tables.push({ name, columns, rows });
    }
    return { files, tables, migrations: migrations.map((row) => row.migration_name) };
  });
}

/**
 * Loads a backup into the empty tables of a migrated database, in one transaction in which `check` may still refuse it:
 * all or nothing. Triggers are off for the load; foreign keys are made anew after it, which proves them.
 */
export function restorePostgres(
  url: string,
  { folder, manifest }: { folder: string; manifest: Manifest },
  check: (reader: RawReader) => Promise<boolean>,
): Promise<RestoreProblem | null> {
  return connected(url, async (client) => {
    await client.query(
      "BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL work_mem = '32MB'; SET LOCAL jit = off",
    );
    const tables = await tablesOf(client);
    const missing = missingTable(manifest, tables);
    if (missing) return { notAsCounted: missing };
    const names = tables.map(({ name }) => client.escapeIdentifier(name));
    await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    const used = await firstUsed(client, tables);
    if (used) return { notEmpty: used };
    const foreignKeys = await foreignKeysOf(client);
    for (const { table, name } of foreignKeys)
      await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    for (const { name, columns, rows } of manifest.tables) {
      const source = createReadStream(join(folder, copyFile(name)), { highWaterMark: CHUNK_BYTES });
      const loaded = await copyIn(client, `COPY ${columnList(client, name, columns)} FROM STDIN`, source);
      if (loaded !== rows) return { notAsCounted: name };
    }
    for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    for (const { table, name, definition } of foreignKeys) {
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    }
    await client.query('ANALYZE');
    if (await check(readerOf(new ClientReader(client), 'postgres'))) await client.query('COMMIT');
    return null;
  });
}

/** The file of a table. */
export function copyFile(table: string): string {
  return `${table}.copy`;
}

/** A table that has rows; null when the database is empty, whether it is migrated or not. */
export function usedTableOfPostgres(url: string): Promise<string | null> {
  return connected(url, async (client) => firstUsed(client, await tablesOf(client)));
}

/** What was begun and not committed ends with the connection. */
async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'kabao backup' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

class ClientReader implements RawReader {
  readonly #client: pg.Client;

  constructor(client: pg.Client) {
    this.#client = client;
  }

  async $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T> {
    const { rows } = await this.#client.query(sql, values);
    return rows as T;
  }
}

async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

async function foreignKeysOf(
  client: pg.Client,
): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`);
  return rows;
}

async function firstUsed(client: pg.Client, tables: readonly { name: string }[]): Promise<string | null> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${client.escapeIdentifier(name)} LIMIT 1`);
    if (rowCount) return name;
  }
  return null;
}

function columnList(client: pg.Client, name: string, columns: readonly string[]): string {
  return `${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`;
}

function missingTable(manifest: Manifest, tables: readonly { name: string }[]): string | null {
  const known = new Set(manifest.tables.map(({ name }) => name));
  return tables.find(({ name }) => !known.has(name))?.name ?? null;
}
