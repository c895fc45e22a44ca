import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import Connection from 'better-sqlite3';
import { type RawReader, readerOf } from '../client';
import { type BackupTable, digestOf, type Manifest, type RestoreProblem, syncFile } from './manifest';

export const SQLITE_FILE = 'kabao.db';
const BUSY_MS = 30_000;

/** Writes the database as it is at one moment into a file of its own; the writer is not held up meanwhile. */
export async function backUpSqlite(
  path: string,
  folder: string,
): Promise<Pick<Manifest, 'files' | 'tables' | 'migrations'>> {
  const copy = join(folder, SQLITE_FILE);
  withConnection(path, { readonly: true, fileMustExist: true }, (source) => {
    source.prepare('VACUUM INTO ?').run(copy);
  });
  await chmod(copy, 0o600);
  await syncFile(copy);
  const content = withConnection(copy, { readonly: true }, (connection) => ({
    migrations: connection
      .prepare<[], string>(
        'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name',
      )
      .pluck()
      .all(),
    tables: tablesOf(connection, 'main').map(
      ({ name, columns }): BackupTable => ({
        name,
        columns,
        rows: connection.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0,
      }),
    ),
  }));
  return { ...content, files: [{ name: SQLITE_FILE, ...(await digestOf(copy)) }] };
}

/**
 * Loads a backup into the empty tables of a migrated database, in one transaction in which `check` may still refuse it:
 * all or nothing, also for whoever has the file open. Triggers are off for the load; foreign keys are checked after it.
 */
export async function restoreSqlite(
  path: string,
  { folder, manifest }: { folder: string; manifest: Manifest },
  check: (reader: RawReader) => Promise<boolean>,
): Promise<RestoreProblem | null> {
  const connection = new Connection(path, { fileMustExist: true, timeout: BUSY_MS });
  try {
    for (const pragma of ['synchronous = FULL', 'foreign_keys = OFF', 'cache_size = -65536'])
      connection.pragma(pragma);
    connection.prepare('ATTACH DATABASE ? AS "backup"').run(join(folder, SQLITE_FILE));
    connection.exec('BEGIN IMMEDIATE');
    const tables = tablesOf(connection, 'main');
    const used = tables.find(({ name }) => !isEmpty(connection, name));
    if (used) return { notEmpty: used.name };
    const missing = tables.find(({ name }) => !manifest.tables.some((table) => table.name === name));
    if (missing) return { notAsCounted: missing.name };
    const triggers = connection
      .prepare<[], { name: string; sql: string }>(
        `SELECT "name", "sql" FROM "main"."sqlite_master" WHERE "type" = 'trigger'`,
      )
      .all();
    for (const { name } of triggers) connection.exec(`DROP TRIGGER "main"."${name}"`);
    for (const table of manifest.tables) {
      if (load(connection, table) !== table.rows) return { notAsCounted: table.name };
    }
    for (const { sql } of triggers) connection.exec(sql);
    if (connection.pragma('main.foreign_key_check', { simple: true }) !== undefined) {
      throw new Error('the backup has rows that refer to rows that it does not have');
    }
    if (await check(readerOf(new ConnectionReader(connection), 'sqlite'))) connection.exec('COMMIT');
    return null;
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    connection.close();
  }
}

/** A table that has rows; null when the database is empty, migrated or not, or does not exist. */
export function usedTableOfSqlite(path: string): string | null {
  if (!existsSync(path)) return null;
  return withConnection(path, { readonly: true }, (connection) => {
    const used = tablesOf(connection, 'main').find(({ name }) => !isEmpty(connection, name));
    return used?.name ?? null;
  });
}

/** In the order of the rowids, which the sequencer of seals goes by. */
function load(connection: Connection.Database, { name, columns }: BackupTable): number {
  const list = columns.map((column) => `"${column}"`).join(', ');
  return connection
    .prepare(`INSERT INTO "main"."${name}" (${list}) SELECT ${list} FROM "backup"."${name}" ORDER BY rowid`)
    .run().changes;
}

class ConnectionReader implements RawReader {
  readonly #connection: Connection.Database;

  constructor(connection: Connection.Database) {
    this.#connection = connection;
  }

  async $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T> {
    return this.#connection.prepare(sql).all(...values) as T;
  }
}

function withConnection<T>(
  path: string,
  options: Connection.Options,
  work: (connection: Connection.Database) => T,
): T {
  const connection = new Connection(path, { timeout: BUSY_MS, ...options });
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

function tablesOf(connection: Connection.Database, schema: string): { name: string; columns: string[] }[] {
  const names = connection
    .prepare<[], string>(
      `SELECT "name" FROM "${schema}"."sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       AND "name" <> '_prisma_migrations' ORDER BY "name"`,
    )
    .pluck()
    .all();
  return names.map((name) => ({
    name,
    columns: connection.prepare<[], string>(`SELECT "name" FROM pragma_table_info('${name}')`).pluck().all(),
  }));
}

function isEmpty(connection: Connection.Database, name: string): boolean {
  return connection.prepare(`SELECT 1 FROM "main"."${name}" LIMIT 1`).get() === undefined;
}
