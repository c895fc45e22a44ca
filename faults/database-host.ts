import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../lib/database';
import { reachableDataDir, startEmbeddedPostgres } from '../lib/database/embedded-postgres';

/** Where the campaign's database lives. */
export interface DatabaseHost {
  readonly engine: Engine;
  readonly url: string;
  /** Ends the database server as a crash does and starts it again; null for an engine without a server of its own. */
  readonly crash: (() => Promise<void>) | null;
  stop(): Promise<void>;
}

export async function openDatabaseHost(engine: Engine, folder: string): Promise<DatabaseHost> {
  return engine === 'postgres' ? openPostgres(folder) : openSqlite(folder);
}

function openSqlite(folder: string): DatabaseHost {
  const url = `file:${join(folder, 'kabao.db')}`;
  return { engine: 'sqlite', url, crash: null, stop: async () => undefined };
}

async function openPostgres(folder: string): Promise<DatabaseHost> {
  chmodSync(folder, 0o711);
  const options = {
    dataDir: reachableDataDir(join(folder, 'postgres')),
    password: 'faults',
    durable: true,
    settings: { restart_after_crash: 'on', checkpoint_timeout: '30s' },
  };
  let server = await startEmbeddedPostgres(options);
  await server.ensureDatabase('kabao');
  const url = server.urlOf('kabao');
  const port = Number(new URL(url).port);
  return {
    engine: 'postgres',
    url,
    crash: async () => {
      await server.stop('immediate');
      server = await startEmbeddedPostgres({ ...options, port });
    },
    stop: () => server.stop(),
  };
}
