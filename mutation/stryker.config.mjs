// What Stryker changes, and what must notice; scripts/mutation.mjs names the piece.
import { pieceOf } from './pieces.mjs';

const { name, folder, files, withDatabase } = pieceOf(process.env.KABAO_MUTATION_PIECE);
const reports = 'test-results/mutation';
/** No code of its own, or, what is PostgreSQL's alone, none that these tests run. */
const left = ['**/*.test', 'testing', 'index', '*-postgres'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './mutation/ignore-messages.mjs'],
  ignorers: ['messages'],
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  mutate: files
    ? files.map((file) => `${folder}/${file}.ts`)
    : [`${folder}/**/*.ts`, ...left.map((file) => `!${folder}/${file}.ts`)],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `${reports}/incremental/${name}.json`,
  concurrency: Number(process.env.KABAO_MUTATION_WORKERS ?? 2),
  // On a busy machine a slow test must not pass for a hanging one.
  timeoutMS: withDatabase ? 60_000 : 20_000,
  // Stryker cannot copy links to folders: mutation/vitest.config.ts lays prisma's anew.
  ignorePatterns: [
    ...['.next*', '.kabao', 'test-results', 'docs', 'e2e', 'app', 'components', 'bench', 'model', 'faults'],
    ...['prisma/sqlite/models', 'prisma/postgres/models'],
  ],
  tempDirName: '.kabao/mutation',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${reports}/${name}.json` },
  htmlReporter: { fileName: `${reports}/${name}.html` },
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: null },
};
