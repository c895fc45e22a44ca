import { defineConfig } from 'vitest/config';
import { testEnvironment } from './lib/database/testing/environment.ts';

const shared = {
  resolve: {
    alias: {
      '@': import.meta.dirname,
      'server-only': `${import.meta.dirname}/lib/database/testing/server-only.ts`,
    },
  },
};
/**
 * A process goes from file to file: reading our modules anew for each took a third of the time. State is in databases, of
 * which every test has its own. A project does not take it from the root.
 */
const isolate = false;
const elsewhere = ['node_modules/**', '.next*/**', '.kabao/**'];

/** `*.test.ts` needs no database; `*.db.test.ts` runs on both; `*.postgres.test.ts` is of what only PostgreSQL has. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          isolate,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, '**/*.{db,postgres}.test.ts'],
          env: testEnvironment,
        },
      },
      ...(['sqlite', 'postgres'] as const).map((engine) => ({
        ...shared,
        test: {
          name: engine,
          isolate,
          include: engine === 'postgres' ? ['**/*.{db,postgres}.test.ts'] : ['**/*.db.test.ts'],
          exclude: elsewhere,
          globalSetup: [`./lib/database/testing/${engine}-setup.ts`],
          env: { ...testEnvironment, KABAO_TEST_ENGINE: engine },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      })),
    ],
  },
});
