// npm test: format, lint, types, unused code, unit tests, tests on SQLite and on PostgreSQL, and journeys in a browser
// against the production build. Goes on after a failure; the last line counts. `--walk` (npm run walk): only the walk over
// all pages, in every mode on every screen in every colour; `--short`: each mode, screen and colour once.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBrowser } from './find-browser.mjs';
import {
  builtFrom,
  generatedFrom,
  next,
  once,
  quietEnv,
  run,
  startInstallIfNeeded,
  testFolder,
  tsx,
  vitest,
} from './processes.mjs';

const reports = join('test-results', 'reports');
const startedAt = Date.now();
/** How many servers and databases `crashes` kills on each engine. */
const KILLS = 50;
let [passed, failed] = [0, 0];

const installed = startInstallIfNeeded();
const browser = process.env.KABAO_SKIP_BROWSER ? null : ensureBrowser();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await once('generated', generatedFrom, 'node_modules/.kabao', () =>
  run('scripts/generate.mjs', [], {}, 'pipe'),
);

if (process.argv.includes('--walk')) {
  const size = process.argv.includes('--short') ? 'short' : 'whole';
  await installed;
  if (await build()) await journeys(['e2e/pages'], { KABAO_WALK: size });
} else {
  // Two processors: what needs one is done beside what needs another, and only a browser and its server take both.
  const checked = checkAndBuild();
  await Promise.all([testUnitsThenOnSqlite(checked), testOnPostgres(checked)]);
  if (await checked) await journeys();
}

console.log(`\n${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Returns whether there is a build for a browser. */
async function checkAndBuild() {
  await check('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']);
  await check('unused code', 'node_modules/knip/bin/knip.js', []);
  const isBuilt = browser ? await build() : false;
  await check('types', 'node_modules/typescript/bin/tsc', ['--noEmit', '--incremental', 'false']);
  return isBuilt;
}

async function testUnitsThenOnSqlite(checked) {
  const isBuilt = await checked;
  await installed;
  await suite('unit');
  await suite('sqlite');
  if (isBuilt) await crashes('sqlite');
}

async function testOnPostgres(checked) {
  await installed;
  await suite('postgres');
  if (await checked) await crashes('postgres');
}

async function check(name, file, args) {
  const { status, output } = await outputOf(file, args);
  count(name, status === 0 ? 1 : 0, status === 0 ? 0 : 1);
  if (status !== 0) process.stdout.write(output);
}

/** Next makes the types of its routes, so the build comes before the types are checked. */
async function build() {
  let result = { status: 0, output: '' };
  await once('built', builtFrom, 'node_modules/.kabao', async () => {
    result = await outputOf(next, ['build'], { NODE_ENV: 'production', KABAO_TYPES_CHECKED: '1' });
  });
  const ok = result.status === 0;
  count('production build', ok ? 1 : 0, ok ? 0 : 1);
  if (!ok) {
    process.stdout.write(result.output);
    rmSync('node_modules/.kabao/built.stamp', { force: true });
  }
  return ok;
}

async function suite(project) {
  const file = join(reports, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { status, output } = await outputOf(vitest, args, { CI: 'true', TMPDIR: testFolder() });
  process.stdout.write(output);
  const report = readReport(file);
  const good = report?.numPassedTests ?? 0;
  const bad =
    (report?.numFailedTests ?? 0) + (report?.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0);
  count(`tests: ${project}`, good, bad === 0 && status !== 0 ? 1 : bad);
}

/** Servers and databases are killed while shoppers pay: each kind of harm counts as a test, and that all kills were made. */
async function crashes(engine) {
  const file = join(reports, `crashes-${engine}.json`);
  const much = ['--kills', String(KILLS), '--shoppers', '8', '--minutes', '10'];
  const { status, output } = await outputOf(
    tsx,
    ['faults/run.ts', '--engine', engine, ...much, '--total', file],
    { TMPDIR: testFolder() },
  );
  const report = readReport(file);
  const harm = ['lost', 'doubled', 'unbalanced', 'negative', 'stuck', 'odd'].map(
    (kind) => report?.[kind] ?? 1,
  );
  const bad = [...harm, KILLS <= report?.kills ? 0 : 1].filter((each) => each > 0).length;
  const { kills = 0, payments = 0, gatewayCalls = 0, steps = {} } = report ?? {};
  const size = `${kills} kills at ${Object.keys(steps).length} named steps, ${payments} payments, ${gatewayCalls} gateway calls`;
  count(`crashes: ${engine} (${size})`, harm.length + 1 - bad, bad);
  if (bad > 0 || status !== 0) process.stdout.write(output);
}

/** Runs a Node program to its end and keeps what it says, so that two that run at once do not mix. */
function outputOf(file, args, settings = {}) {
  const env = { ...process.env, ...quietEnv, ...settings };
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve) =>
    child.once('close', (status) => resolve({ status, output: Buffer.concat(chunks) })),
  );
}

async function journeys(paths = [], settings = {}) {
  // Playwright would take a relative one from the folder of its configuration.
  const file = resolve(reports, 'browser.json');
  const env = {
    ...process.env,
    ...quietEnv,
    ...settings,
    TMPDIR: testFolder(),
    KABAO_CHROMIUM: await browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  };
  const cli = 'node_modules/@playwright/test/cli.js';
  const result = spawnSync(
    process.execPath,
    [cli, 'test', ...paths, '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    { stdio: 'inherit', env },
  );
  const stats = readReport(file)?.stats;
  // Without a report nothing is known to have passed.
  const bad = stats ? stats.unexpected : 1;
  count('browser', (stats?.expected ?? 0) + (stats?.flaky ?? 0), bad === 0 && result.status !== 0 ? 1 : bad);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function count(name, good, bad) {
  passed += good;
  failed += bad;
  console.log(
    `${bad === 0 ? 'ok    ' : 'FAILED'} ${name}${good + bad > 1 ? `: ${good} passed, ${bad} failed` : ''}`,
  );
}
