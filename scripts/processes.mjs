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

/** Starts a Node program that stays. */
export function start(file, args = [], env = {}, stdio = 'inherit') {
  return spawn(process.execPath, [file, ...args], { stdio, env: { ...process.env, ...quietEnv, ...env } });
}

/** Installs from the lock when node_modules is not what the lock says. */
export function installIfNeeded() {
  const marker = 'node_modules/.kabao-lock';
  const lock = readFileSync('package-lock.json', 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return false;
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeFileSync(marker, lock);
  return true;
}

/** Runs `work` when the files below `sources` changed since it last ended well. Answers whether it ran. */
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
  'tsconfig.json',
];
