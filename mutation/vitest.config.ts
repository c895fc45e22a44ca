import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testEnvironment } from '../lib/database/testing/environment.ts';
import { generateSandboxKeys } from '../lib/gateways/sandbox/config.ts';
import { pieceOf } from './pieces.mjs';

/**
 * The tests that judge a mutant: those of its folder, without a browser, on SQLite. Stryker runs this in a copy of the
 * project, so paths are those of the working folder.
 */
const root = process.cwd();
const { folder, withDatabase, without } = pieceOf(process.env.KABAO_MUTATION_PIECE);

// One thread for all files of a run: starting one for each takes longer than the tests.
const shared = {
  root,
  resolve: {
    alias: { '@': root, 'server-only': `${root}/lib/database/testing/server-only.ts` },
  },
};
for (const engine of ['sqlite', 'postgres']) {
  const link = `${root}/prisma/${engine}/models`;
  if (!existsSync(link)) symlinkSync('../models', link, 'dir');
}

const unit = {
  ...shared,
  test: {
    name: 'unit',
    include: [`${folder}/**/*.test.ts`, 'mutation/loads.ts'],
    exclude: ['**/*.db.test.ts'],
    env: testEnvironment,
    isolate: false,
  },
};
/** One project for all: each would load the domain into a thread of its own. */
const database = {
  ...shared,
  test: {
    name: 'sqlite',
    include: [`${folder}/**/*.test.ts`, 'mutation/loads.ts'],
    exclude: without.flatMap((name) => [`${folder}/${name}.test.ts`, `${folder}/${name}.db.test.ts`]),
    globalSetup: ['./lib/database/testing/sqlite-setup.ts'],
    env: {
      ...testEnvironment,
      KABAO_TEST_ENGINE: 'sqlite',
      KABAO_TEST_SANDBOX_KEYS: JSON.stringify(generateSandboxKeys()),
    },
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

/**
 * What is quick comes first, since the first failure ends a run; and the loading last, so that what a file does as it
 * loads is not taken for what that test does.
 */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const costs = new Map(files.map((file) => [file, costOf(file.moduleId)]));
    return files.sort((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0));
  }
}

function costOf(file: string): number {
  if (!file.endsWith('.test.ts')) return Number.POSITIVE_INFINITY;
  const text = readFileSync(file, 'utf8');
  const startsProcesses = text.includes('node:child_process');
  return text.length * (file.endsWith('.db.test.ts') ? 1_000 : 1) * (startsProcesses ? 1_000 : 1);
}

export default defineConfig({
  ...shared,
  test: { sequence: { sequencer: QuickFirst }, projects: [withDatabase ? database : unit] },
});
