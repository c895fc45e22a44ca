import { inject } from 'vitest';
import type { Database, Engine } from '../client';
import { openPostgres, openPostgresOnce } from './postgres-databases';
import { openSqlite, openSqliteOnce } from './sqlite-databases';

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

/** A fresh, migrated database on the engine of the running project. Close it in `afterEach` or `afterAll`. */
export function openTestDatabase(): Promise<TestDatabase> {
  const engine = process.env.KABAO_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';
  const template = inject('databaseTemplate');
  return engine === 'postgres' ? openPostgres(template) : openSqlite(template);
}

/** The same outside of vitest: a copy of a migrated database, a file on SQLite, a connection string on PostgreSQL. */
export async function copyTemplate(engine: Engine, template: string): Promise<TestDatabase> {
  return engine === 'postgres' ? openPostgresOnce(template) : openSqliteOnce(template);
}
