// How the commands of this folder run other programs, and how they know what is already done.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const tsx = 'node_modules/tsx/dist/cli.mjs';
export const next = 'node_modules/next/dist/bin/next';
export const vitest = 'node_modules/vitest/vitest.mjs';
export const quietEnv = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};

/**
 * Where tests keep what they throw away: in memory where there is plenty, since the disk is what most of them wait for.
 * `KABAO_TEST_DIR` names another folder.
 */
export function testFolder() {
  if (process.env.KABAO_TEST_DIR) return process.env.KABAO_TEST_DIR;
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= 6 * 2 ** 30 ? memory : tmpdir();
}

/** Runs a Node program to its end; a failure ends this command with the same code. */
export function run(file, args = [], env = {}, stdio = 'inherit') {
  const result = spawnSync(process.execPath, [file, ...args], {
    stdio,
    env: { ...process.env, ...quietEnv, ...env },
  });
  if (result.status !== 0) {
    if (stdio !== 'inherit') process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    process.exit(result.status ?? 1);
  }
  return result;
}

/** Starts a Node program and does not wait for its end. */
export function start(file, args = [], env = {}, stdio = 'inherit') {
  return spawn(process.execPath, [file, ...args], { stdio, env: { ...process.env, ...quietEnv, ...env } });
}

/** Installs from the lock when node_modules is not what the lock says. */
export function installIfNeeded() {
  if (isInstalled()) return;
  ended(npm('ci'));
  writeFileSync(marker, readFileSync('package-lock.json', 'utf8'));
}

/**
 * The same, but returns once all files are there. What packages do after that, compiling SQLite above all, keeps one
 * processor busy for a minute: its end is answered with a promise.
 */
export function startInstallIfNeeded() {
  if (isInstalled()) return Promise.resolve();
  ended(npm('ci', '--ignore-scripts'));
  writeFileSync(marker, 'unfinished');
  const { file, args } = npm('rebuild');
  const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) =>
    child.once('close', (status) => {
      if (status !== 0) process.exit(status ?? 1);
      writeFileSync(marker, readFileSync('package-lock.json', 'utf8'));
      resolve();
    }),
  );
}

const marker = 'node_modules/.kabao-lock';

function isInstalled() {
  if (existsSync(marker)) return readFileSync(marker, 'utf8') === readFileSync('package-lock.json', 'utf8');
  return isInstalledByNpm();
}

/** Whether `npm ci` ended well here without us: it writes what it has put in place last. */
function isInstalledByNpm() {
  const written = 'node_modules/.package-lock.json';
  if (!existsSync(written) || !existsSync('node_modules/better-sqlite3/build/Release/better_sqlite3.node'))
    return false;
  const { packages: there } = JSON.parse(readFileSync(written, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  // Of optional ones it leaves out those of other platforms.
  return Object.entries(wanted).every(
    ([path, { integrity, optional }]) =>
      path === '' || (there[path] ? there[path].integrity === integrity : optional),
  );
}

function npm(...command) {
  const args = [...command, '--no-audit', '--no-fund', '--loglevel=error'];
  const path = process.env.npm_execpath;
  if (path) return { file: process.execPath, args: [path, ...args] };
  return { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

function ended({ file, args }) {
  const result = spawnSync(file, args, { stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Runs `work` when the files below `sources` changed since it last ended well. Returns whether it ran. */
export async function once(name, sources, folder, work) {
  const file = join(folder, `${name}.stamp`);
  const digest = digestOf(sources);
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return false;
  await work();
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, digest);
  return true;
}

const notSources = new Set(['node_modules', 'generated', '.kabao', '.git']);

function digestOf(paths) {
  const hash = createHash('sha256').update(process.version);
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (!notSources.has(name) && !name.includes('.test.')) walk(join(path, name));
    } else hash.update(path).update(readFileSync(path));
  };
  paths.forEach(walk);
  return hash.digest('hex');
}

export const generatedFrom = [
  'prisma',
  'lib/database/sqlite',
  'lib/database/commit-units.ts',
  'scripts/generate.mjs',
  'package-lock.json',
];
export const builtFrom = [
  ...generatedFrom,
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-node.ts',
  'tsconfig.json',
];
