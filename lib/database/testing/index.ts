import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, type Engine, openDatabase } from '../client';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseTemplate: string;
  }
}

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  readonly engine: Engine;
  /** Runs SQL past Prisma, on a connection of its own, as somebody with the password could. */
  raw(sql: string): Promise<void>;
  close(): Promise<void>;
}

let made = 0;

/** A fresh, migrated database on the engine of the running project. Close it in `afterEach` or `afterAll`. */
export function openTestDatabase(): Promise<TestDatabase> {
  const engine = process.env.KABAO_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';
  return copyTemplate(engine, inject('databaseTemplate'));
}

/** The same outside of vitest: a copy of a migrated database, a file on SQLite, a connection string on PostgreSQL. */
export function copyTemplate(engine: Engine, template: string): Promise<TestDatabase> {
  return engine === 'postgres' ? openPostgres(template) : openSqlite(template);
}

async function openSqlite(template: string): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'kabao-db-'));
  const file = join(folder, 'test.db');
  copyFileSync(template, file);
  const db = openDatabase(`file:${file}`);
  return {
    db,
    url: `file:${file}`,
    engine: 'sqlite',
    raw: async (sql) => {
      const { default: Connection } = await import('better-sqlite3');
      const connection = new Connection(file, { timeout: 10_000 });
      try {
        connection.pragma('foreign_keys = ON');
        connection.exec(sql);
      } finally {
        connection.close();
      }
    },
    close: async () => {
      await db.$disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(template: string): Promise<TestDatabase> {
  made += 1;
  const name = `test_${process.pid}_${Date.now()}_${made}`;
  const admin = template.replace(/\/[^/]*$/, '/postgres');
  // Two copies of one template at the same moment are refused, so each takes its turn.
  // Copied as files: a tenth of the time that it takes through the log, which a server without fsync need not write.
  const copy = `CREATE DATABASE ${name} TEMPLATE template_kabao STRATEGY file_copy`;
  await run(admin, ['SELECT pg_advisory_lock(1)', copy]);
  const url = template.replace(/\/[^/]*$/, `/${name}`);
  const db = openDatabase(url, { poolSize: 20 });
  return {
    db,
    url,
    engine: 'postgres',
    raw: (sql) => run(url, [sql]),
    close: async () => {
      await db.$disconnect();
      await run(admin, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
    },
  };
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
