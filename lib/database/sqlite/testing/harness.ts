import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { bundleSqliteWorker } from '../../../../scripts/bundle-sqlite-worker.mjs';
import { createSqliteAdapterFactory, type SqliteAdapterOptions } from '../adapter';
import { openTestClient, type TestClient } from './client';

type Opened = { path: string; adapter: SqlDriverAdapter; client: TestClient };

/** The worker of this test file's process, with the test procedures. */
export const workerFile = path.resolve(`lib/database/generated/sqlite-test-worker-${process.pid}.mjs`);

/** Databases for the tests of one file: a fresh one per call, with the tables of `tables.sql`; closed after each test. */
export function sqliteDatabases() {
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
  const closing: (() => Promise<void>)[] = [];
  beforeAll(() =>
    bundleSqliteWorker({ entry: 'lib/database/sqlite/testing/worker.ts', outfile: workerFile }),
  );
  afterAll(() => rmSync(workerFile, { force: true }));
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  return {
    async open(options: Partial<SqliteAdapterOptions> = {}): Promise<Opened> {
      const folder = mkdtempSync(path.join(tmpdir(), 'sqlite-adapter-'));
      const file = path.join(folder, 'test.db');
      const factory = createSqliteAdapterFactory({ path: file, workerFile, ...options });
      const adapter = await factory.connect();
      await adapter.executeScript(readFileSync('lib/database/sqlite/testing/tables.sql', 'utf8'));
      const client = await openTestClient(factory);
      closing.push(async () => {
        await client.$disconnect();
        await adapter.dispose();
        rmSync(folder, { recursive: true });
      });
      return { path: file, adapter, client };
    },
  };
}

/** SQL with arguments as Prisma's raw queries give them. */
export function sql(text: string, ...args: unknown[]): SqlQuery {
  return { sql: text, args, argTypes: args.map(() => ({ scalarType: 'unknown', arity: 'scalar' })) };
}

export function call(adapter: Pick<SqlDriverAdapter, 'queryRaw'>, name: string, payload: unknown) {
  return adapter.queryRaw(sql(`CALL ${name}(?)`, JSON.stringify(payload)));
}

/** A promise and the function that resolves it. */
export function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
