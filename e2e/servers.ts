import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FullConfig } from '@playwright/test';
import { serverCommand } from '../scripts/server-command.mjs';
import { askDesk } from './ask-desk';
import { CARDS_FILE, type Demo } from './demo';

const tsx = 'node_modules/tsx/dist/cli.mjs';

/**
 * Starts one production server per engine, each on a fresh database with the demo's data, and tells the tests where
 * by KABAO_E2E. Ends them afterwards. Where KABAO_E2E is set already, servers are running that somebody else ends.
 */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  if (process.env.KABAO_E2E) return async () => {};
  const asked = process.env.KABAO_E2E_ENGINES?.split(',') ?? config.projects.map((project) => project.name);
  const servers = await Promise.all(asked.map(startServer));
  process.env.KABAO_E2E = JSON.stringify(
    Object.fromEntries(servers.map(({ engine, demo }) => [engine, demo])),
  );
  return async () => {
    for (const server of servers) await server.stop();
  };
}

async function startServer(engine: string) {
  const folder = mkdtempSync(join(tmpdir(), `kabao-e2e-${engine}-`));
  const { ensureSecrets } = await import('../scripts/secrets.mjs');
  const secrets = ensureSecrets(folder);
  const port = String(await freePort());
  const postgres =
    engine === 'postgres'
      ? await startScript('scripts/embedded-postgres.ts', { ...process.env, KABAO_DATA_DIR: folder })
      : null;
  const databaseUrl = postgres?.said ?? `file:${join(folder, 'kabao.db')}`;
  const env = {
    ...serverEnv({ folder, databaseUrl }, port),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
  };
  for (const script of ['scripts/migrate.ts', 'scripts/seed-programmes.ts', 'prisma/seed.ts']) {
    await promisify(execFile)(process.execPath, [tsx, script], { env });
  }
  const [server, desk] = await Promise.all([serve(env, port), startScript('e2e/desk.ts', env)]);
  const cards = JSON.stringify(await askDesk(desk.said, 'cards', null));
  writeFileSync(join(folder, CARDS_FILE), cards, { mode: 0o600 });
  const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'));
  return {
    engine,
    demo: { ...demo, engine, databaseUrl, folder, desk: desk.said },
    stop: async () => {
      await desk.stop();
      await ended(server, () => server.kill('SIGTERM'));
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One more server of a running installation, without a worker and with settings of its own. */
export async function startAnotherServer(demo: Demo, settings: Record<string, string>) {
  const port = String(await freePort());
  const server = await serve({ ...serverEnv(demo, port), KABAO_WORKER: 'off', ...settings }, port);
  return { url: `http://localhost:${port}`, stop: () => ended(server, () => server.kill('SIGTERM')) };
}

function serverEnv({ folder, databaseUrl }: Pick<Demo, 'folder' | 'databaseUrl'>, port: string) {
  return {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    PORT: port,
    DATABASE_URL: databaseUrl,
  };
}

async function serve(env: NodeJS.ProcessEnv, port: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, serverCommand(port), {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(`http://localhost:${port}/readyz`, server);
  return server;
}

/** Starts a script that prints one line once it is ready, and ends with its input. */
async function startScript(script: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [tsx, script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`${script} did not start (${code})`)));
  });
  return { said, stop: () => ended(child, () => child.stdin.end()) };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 480; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((wait) => setTimeout(wait, 250));
  }
  throw new Error(`${url} was not ready within two minutes`);
}

function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    end();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
