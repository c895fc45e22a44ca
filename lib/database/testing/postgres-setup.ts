import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../embedded-postgres';
import { migrate } from '../migrations/migrate';

/** Starts a server with one migrated database; every test makes a copy of it. */
export default async function setup(project: TestProject) {
  const dataDir = join(tmpdir(), `kabao-test-pg-${process.pid}-${Date.now()}`);
  const server = await startEmbeddedPostgres({ dataDir, password: 'test', durable: false });
  await server.ensureDatabase('template_kabao');
  await migrate(server.urlOf('template_kabao'));
  project.provide('databaseTemplate', server.urlOf('template_kabao'));
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
