import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@/lib/database';
import { startEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrations/migrate';
import { copyTemplate, type TestDatabase } from '@/lib/database/testing';
import { bundleSqliteWorker } from '../scripts/bundle-sqlite-worker.mjs';

export interface Databases {
  open(): Promise<TestDatabase>;
  close(): Promise<void>;
}

/** Fresh, migrated databases on an engine, outside of the test runner. */
export async function openDatabases(engine: Engine): Promise<Databases> {
  return engine === 'sqlite' ? sqliteDatabases() : postgresDatabases();
}

async function sqliteDatabases(): Promise<Databases> {
  await bundleSqliteWorker();
  const folder = mkdtempSync(join(tmpdir(), 'kabao-model-'));
  const template = join(folder, 'template.db');
  await migrate(`file:${template}`);
  return {
    open: () => copyTemplate('sqlite', template),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function postgresDatabases(): Promise<Databases> {
  const dataDir = join(tmpdir(), `kabao-model-pg-${process.pid}`);
  const server = await startEmbeddedPostgres({ dataDir, password: 'model', durable: false });
  await server.ensureDatabase('template_kabao');
  await migrate(server.urlOf('template_kabao'));
  return {
    open: () => copyTemplate('postgres', server.urlOf('template_kabao')),
    close: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
