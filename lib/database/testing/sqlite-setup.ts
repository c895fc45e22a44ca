import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../migrations/migrate';

/** Migrates one file; every test copies it. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'kabao-test-'));
  const template = join(folder, 'template.db');
  await migrate(`file:${template}`);
  project.provide('databaseTemplate', template);
  return () => rmSync(folder, { recursive: true, force: true });
}
