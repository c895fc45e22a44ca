import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleSqliteWorker } from '../../../scripts/bundle-sqlite-worker.mjs';
import { migrate } from '../migrations/migrate';

/** Makes the worker anew, so that it is never older than its source, and migrates one file; every test copies it. */
export default async function setup(project: TestProject) {
  await bundleSqliteWorker();
  const folder = mkdtempSync(join(tmpdir(), 'kabao-test-'));
  const template = join(folder, 'template.db');
  await migrate(`file:${template}`);
  project.provide('databaseTemplate', template);
  return () => rmSync(folder, { recursive: true, force: true });
}
