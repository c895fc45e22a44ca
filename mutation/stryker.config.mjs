// What Stryker changes, and what must notice. scripts/mutation.mjs names the folder.
const folder = process.env.KABAO_MUTATION_FOLDER ?? 'lib/policy';
const name = folder.replaceAll('/', '-');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './mutation/ignore-messages.mjs'],
  ignorers: ['messages'],
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  // Files of PostgreSQL's own are for other tests than those that run here.
  mutate: [
    `${folder}/**/*.ts`,
    ...['**/*.test', 'testing', 'index', '*-postgres'].map((name) => `!${folder}/${name}.ts`),
  ],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `test-results/mutation/incremental-${name}.json`,
  concurrency: 2,
  timeoutMS: 20_000,
  // Stryker cannot copy links to folders: mutation/vitest.config.ts lays prisma's anew.
  ignorePatterns: [
    ...[
      '.next*',
      '.kabao',
      'test-results',
      'docs',
      'e2e',
      'app',
      'components',
      'bench',
      'model',
      'mutation/results',
    ],
    ...['prisma/sqlite/models', 'prisma/postgres/models'],
  ],
  tempDirName: '.kabao/mutation',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `test-results/mutation/${name}.json` },
  htmlReporter: { fileName: `test-results/mutation/${name}.html` },
  checkers: [],
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: null },
};
