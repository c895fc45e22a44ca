import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { type Database, openDatabase } from '../lib/database';
import { type RunningPostgres, startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { migrate } from '../lib/database/migrations/migrate';

/** A PostgreSQL of its own, as it comes, with fsync on; gone afterwards. */
export async function withPostgres<T>(work: (server: RunningPostgres) => Promise<T>): Promise<T> {
  const dataDir = join(tmpdir(), `kabao-bench-pg-${process.pid}-${Date.now()}`);
  const settings = { max_connections: '400' };
  const server = await startEmbeddedPostgres({ dataDir, password: 'bench', durable: true, settings });
  try {
    return await work(server);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export async function openMigrated(server: RunningPostgres, name = 'kabao'): Promise<Database> {
  await server.ensureDatabase(name);
  await migrate(server.urlOf(name));
  return openDatabase(server.urlOf(name));
}

/** Ends a pool although its server may stop in the same moment: `end` does not wait until the connections are gone. */
export function endPool(pool: Pool): Promise<void> {
  pool.on('error', () => undefined);
  return pool.end();
}
