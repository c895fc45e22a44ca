// npm test: format, lint, types, unused code, unit tests, tests on SQLite and on PostgreSQL, short fault campaigns and
// journeys in a browser against the production build. Goes on after a failure; the last line counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './find-browser.mjs';
import {
  builtFrom,
  generatedFrom,
  installIfNeeded,
  next,
  once,
  quietEnv,
  run,
  tsx,
  vitest,
} from './processes.mjs';

const reports = join('test-results', 'reports');
const startedAt = Date.now();
let [passed, failed] = [0, 0];
/** Short ones; `npm run faults` has the long ones. */
const campaigns = [
  { engine: 'sqlite', weather: 'crash', kills: 50 },
  { engine: 'postgres', weather: 'crash', kills: 50 },
  { engine: 'sqlite', weather: 'disk', kills: 4 },
  { engine: 'postgres', weather: 'standby', kills: 2 },
];

installIfNeeded();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await once('generated', generatedFrom, 'node_modules/.kabao', () =>
  run('scripts/generate.mjs', [], {}, 'pipe'),
);

check('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']);
check('unused code', 'node_modules/knip/bin/knip.js', []);
const built = process.env.KABAO_SKIP_BROWSER ? false : await build();
check('types', 'node_modules/typescript/bin/tsc', ['--noEmit', '--incremental', 'false']);
for (const project of ['unit', 'sqlite', 'postgres']) suite(project);
if (built) for (const campaign of campaigns) faults(campaign);
if (built) await journeys();

console.log(`\n${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function check(name, file, args) {
  const result = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...quietEnv },
    maxBuffer: 1 << 26,
  });
  count(name, result.status === 0 ? 1 : 0, result.status === 0 ? 0 : 1);
  if (result.status !== 0) process.stdout.write(`${result.stdout}${result.stderr}`);
}

/** Next makes the types of its routes, so the build comes before the types are checked. */
async function build() {
  const env = { ...process.env, ...quietEnv, NODE_ENV: 'production' };
  let result = { status: 0, stdout: '', stderr: '' };
  await once('built', builtFrom, 'node_modules/.kabao', () => {
    result = spawnSync(process.execPath, [next, 'build'], { encoding: 'utf8', env, maxBuffer: 1 << 26 });
    if (result.status !== 0) rmSync('node_modules/.kabao/built.stamp', { force: true });
  });
  const ok = result.status === 0;
  count('production build', ok ? 1 : 0, ok ? 0 : 1);
  if (!ok) {
    process.stdout.write(`${result.stdout}${result.stderr}`);
    rmSync('node_modules/.kabao/built.stamp', { force: true });
  }
  return ok;
}

function suite(project) {
  const file = join(reports, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const result = spawnSync(process.execPath, [vitest, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...quietEnv, CI: 'true' },
  });
  const report = readReport(file);
  const good = report?.numPassedTests ?? 0;
  const bad =
    (report?.numFailedTests ?? 0) + (report?.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0);
  count(`tests: ${project}`, good, bad === 0 && result.status !== 0 ? 1 : bad);
}

/** A campaign that this machine cannot have is told and not counted. */
function faults({ engine, weather, kills }) {
  const args = ['--engine', engine, '--weather', weather, '--kills', String(kills)];
  const result = spawnSync(process.execPath, [tsx, 'faults/run.ts', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...quietEnv },
  });
  const name = `faults: ${weather} on ${engine}`;
  const notRun = /^NOT RUN: .*$/m.exec(result.stderr)?.[0];
  if (notRun) console.log(`NOT RUN ${name}: ${notRun.slice('NOT RUN: '.length)}`);
  else count(name, result.status === 0 ? 1 : 0, result.status === 0 ? 0 : 1);
  if (result.status !== 0) process.stdout.write(`${result.stdout}${result.stderr}`);
}

async function journeys() {
  const file = join(reports, 'browser.json');
  const env = {
    ...process.env,
    ...quietEnv,
    KABAO_CHROMIUM: await ensureBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  };
  const cli = 'node_modules/@playwright/test/cli.js';
  const result = spawnSync(
    process.execPath,
    [cli, 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    { stdio: 'inherit', env },
  );
  const stats = readReport(file)?.stats;
  const bad = stats?.unexpected ?? 0;
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
