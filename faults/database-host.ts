import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../lib/database';
import {
  type EmbeddedPostgresOptions,
  type RunningPostgres,
  reachableDataDir,
  startEmbeddedPostgres,
} from '../lib/database/embedded-postgres';

/** Where the campaign's database lives. */
export interface DatabaseHost {
  readonly engine: Engine;
  readonly url: string;
  /** Ends the database server as a crash does and starts it again; null for an engine without a server of its own. */
  readonly crash: (() => Promise<void>) | null;
  /** Starts the database server again if it ended by itself; returns whether it had. Throws when it cannot be started. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface HostOptions {
  readonly engine: Engine;
  readonly folder: string;
  /** What the command line of a restarted database server begins with (`strace …`). */
  readonly launcher?: () => readonly string[];
}

const MOST_STARTS = 5;

export async function openDatabaseHost({ engine, folder, launcher }: HostOptions): Promise<DatabaseHost> {
  if (engine === 'sqlite') {
    const url = `file:${join(folder, 'kabao.db')}`;
    return { engine, url, crash: null, revive: async () => false, stop: async () => undefined };
  }
  const options = postgresOptions(folder);
  let server = await startEmbeddedPostgres(options);
  await server.ensureDatabase('kabao');
  const url = server.urlOf('kabao');
  const port = Number(new URL(url).port);
  const restart = async () => {
    await server.stop('immediate');
    server = await startAgain(() =>
      startEmbeddedPostgres({ ...options, port, launcher: launcher?.() ?? [] }),
    );
  };
  return {
    engine,
    url,
    crash: restart,
    revive: async () => {
      if (server.isAlive()) return false;
      await restart();
      return true;
    },
    stop: () => server.stop('immediate'),
  };
}

/** While syncs fail it may end before it is up; an operator would try again. */
async function startAgain(start: () => Promise<RunningPostgres>): Promise<RunningPostgres> {
  for (let attempt = 1; attempt < MOST_STARTS; attempt += 1) {
    const server = await start().catch(() => null);
    if (server) return server;
  }
  return start();
}

/** Options of a server that syncs every commit, with its data in a folder that PostgreSQL's user can enter. */
export function postgresOptions(folder: string, name = 'postgres'): EmbeddedPostgresOptions {
  const dataDir = join(folder, name);
  chmodSync(folder, 0o711);
  // Anywhere else it would not be on the disk that the campaign breaks.
  if (reachableDataDir(dataDir) !== dataDir) throw new Error(`PostgreSQL's user cannot enter ${folder}`);
  return {
    dataDir,
    password: 'faults',
    durable: true,
    detached: true,
    settings: {
      checkpoint_timeout: '30s',
      max_wal_size: '64MB',
      logging_collector: 'on',
      // After a crash: one call for the whole disk instead of one for each of a thousand files.
      ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    },
  };
}
