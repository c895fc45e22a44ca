import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import type { RunningPostgres } from '../lib/database/embedded-postgres';
import { endPool } from './postgres';
import { during } from './row';

const SCALE = 16;
const run = promisify(execFile);

/** The reference: TPC-B-like transactions on the same server, which fsync as ours do. */
interface Tpcb {
  readonly name: string;
  /** Transactions per second. */
  measure(options: { clients: number; seconds: number }): Promise<number>;
  close(): Promise<void>;
}

/** pgbench where it is installed, else the same transaction through `pg`. */
export async function openTpcb(server: RunningPostgres): Promise<Tpcb> {
  await server.ensureDatabase('tpcb');
  const url = server.urlOf('tpcb');
  if (spawnSync('pgbench', ['--version']).status !== 0) return openLoop(url);
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: password,
    PGDATABASE: pathname.slice(1),
  };
  execFileSync('pgbench', ['-i', '-s', String(SCALE), '-q'], { env, stdio: 'ignore' });
  return {
    name: 'pgbench TPC-B-like',
    measure: async ({ clients, seconds }) => {
      const flags = ['-c', String(clients), '-j', '2', '-T', String(seconds), '-n'];
      const { stdout } = await run('pgbench', flags, { env });
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    },
    close: async () => undefined,
  };
}

async function openLoop(url: string): Promise<Tpcb> {
  const pool = new pg.Pool({ connectionString: url, max: 256 });
  await pool.query(`
    CREATE TABLE accounts AS SELECT g AS aid, 0 AS abalance, repeat(' ', 84) AS filler FROM generate_series(1, ${SCALE * 100_000}) g;
    ALTER TABLE accounts ADD PRIMARY KEY (aid);
    CREATE TABLE tellers AS SELECT g AS tid, 0 AS tbalance FROM generate_series(1, ${SCALE * 10}) g;
    ALTER TABLE tellers ADD PRIMARY KEY (tid);
    CREATE TABLE branches AS SELECT g AS bid, 0 AS bbalance FROM generate_series(1, ${SCALE}) g;
    ALTER TABLE branches ADD PRIMARY KEY (bid);
    CREATE TABLE history (tid int, bid int, aid int, delta int, mtime timestamp)`);
  return {
    name: 'a TPC-B-like loop through pg (pgbench is not installed)',
    measure: async ({ clients, seconds }) =>
      (await during({ callers: clients, seconds }, () => transaction(pool))).rate,
    close: () => endPool(pool),
  };
}

async function transaction(pool: pg.Pool): Promise<void> {
  const random = (max: number) => 1 + Math.floor(Math.random() * max);
  const [aid, tid, bid, delta] = [random(SCALE * 100_000), random(SCALE * 10), random(SCALE), random(5_000)];
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET abalance = abalance + $1 WHERE aid = $2', [delta, aid]);
  await client.query('SELECT abalance FROM accounts WHERE aid = $1', [aid]);
  await client.query('UPDATE tellers SET tbalance = tbalance + $1 WHERE tid = $2', [delta, tid]);
  await client.query('UPDATE branches SET bbalance = bbalance + $1 WHERE bid = $2', [delta, bid]);
  await client.query('INSERT INTO history VALUES ($1, $2, $3, $4, now())', [tid, bid, aid, delta]);
  await client.query('COMMIT');
  client.release();
}
