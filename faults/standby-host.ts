import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type RunningPostgres, startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { pause } from './chance';
import { copyFolder, ownLike } from './copy-folder';
import { type DatabaseHost, postgresOptions } from './database-host';
import { freePort } from './fleet';

const STANDBY = 'kabao_standby';
/** How long the standby is cut off before the primary is killed. */
const SEVERED_MS = 400;

interface Member {
  readonly name: string;
  readonly port: number;
  server: RunningPostgres | null;
}

/**
 * A primary and its synchronous standby: a commit is acknowledged when both have it on disk. `crash` kills the primary,
 * promotes the standby, and sets the old primary up as the new standby, so that it can happen again. The URL names both
 * hosts, and stays the same.
 */
export async function openStandbyPair(folder: string): Promise<DatabaseHost> {
  const members: [Member, Member] = [
    { name: 'one', port: await freePort(), server: null },
    { name: 'two', port: await freePort(), server: null },
  ];
  let [primary, standby] = members;
  primary.server = await startEmbeddedPostgres({ ...optionsOf(folder, primary), port: primary.port });
  await primary.server.ensureDatabase('kabao');
  const url = primary.server
    .urlOf('kabao')
    .replace(/@[^/]+\//, `@${members.map(({ port }) => `127.0.0.1:${port}`).join(',')}/`);
  await follow(folder, primary.server, standby);
  return {
    engine: 'postgres',
    url,
    crash: async () => {
      const [old, next] = [primary, standby];
      if (!old.server || !next.server) throw new Error('a pair has two servers');
      // The line between them breaks first: what only the primary has from now on may not be acknowledged.
      signalAll(next.server, 'SIGSTOP');
      await pause(SEVERED_MS);
      signalAll(old.server, 'SIGKILL');
      while (old.server.isAlive()) await pause(20);
      signalAll(next.server, 'SIGCONT');
      await query(next.server.adminUrl, 'SELECT pg_promote()');
      [primary, standby] = [next, old];
      await follow(folder, next.server, old);
    },
    revive: async () => false,
    stop: async () => {
      await standby.server?.stop('immediate');
      await primary.server?.stop('immediate');
    },
  };
}

function optionsOf(folder: string, { name }: Member) {
  const options = postgresOptions(folder, name);
  return { ...options, settings: { ...options.settings, wal_keep_size: '512MB', hot_standby: 'on' } };
}

/** Copies a running primary and starts the copy as its standby; from then on a commit waits for both. */
async function follow(folder: string, primary: RunningPostgres, member: Member): Promise<void> {
  const options = optionsOf(folder, member);
  rmSync(options.dataDir, { recursive: true, force: true });
  const original = await copyRunning(primary, options.dataDir);
  const { port, password } = new URL(primary.adminUrl);
  const source = `host=127.0.0.1 port=${port} user=kabao password=${password} application_name=${STANDBY}`;
  writeFileSync(join(options.dataDir, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
  writeFileSync(join(options.dataDir, 'standby.signal'), '');
  ownLike(options.dataDir, original);
  member.server = await startEmbeddedPostgres({ ...options, port: member.port });
  await query(primary.adminUrl, `ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
  await query(primary.adminUrl, 'SELECT pg_reload_conf()');
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const [row] = await query(
      primary.adminUrl,
      `SELECT count(*) AS synced FROM pg_stat_replication WHERE sync_state = 'sync'`,
    );
    if (row?.synced === '1') return;
    await pause(100);
  }
  throw new Error('the standby does not follow');
}

/**
 * A base backup by PostgreSQL's low-level interface: files that change while they are copied are repaired from the log.
 * Returns the folder that was copied.
 */
async function copyRunning(primary: RunningPostgres, target: string): Promise<string> {
  const client = new pg.Client({ connectionString: primary.adminUrl });
  await client.connect();
  try {
    const { rows: places } = await client.query('SHOW data_directory');
    const source = String(places[0]?.data_directory);
    await client.query("SELECT pg_backup_start('standby', true)");
    copyFolder(source, target, (path) => !/^(postmaster\.|pg_wal\/.|pg_replslot\/.)/.test(path));
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(false)');
    writeFileSync(join(target, 'backup_label'), rows[0]?.labelfile);
    return source;
  } finally {
    await client.end();
  }
}

async function query(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Signals all processes of a server, so that none can finish or report anything, as when the machine is gone. */
function signalAll(server: RunningPostgres, signal: NodeJS.Signals): void {
  for (const pid of [server.pid, ...childrenOf(server.pid)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself in this moment.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
