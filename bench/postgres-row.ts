import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../lib/database';
import { startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { migrate } from '../lib/database/migrations/migrate';
import { type BenchRow, during, type Plan, type Round, summarise } from './row';
import { openPaymentWorld } from './world';

const CALLERS = 8;

/** Payments on PostgreSQL beside pgbench's TPC-B-like transaction, both with 8 clients and fsync on. */
export async function postgresRow(name: string, { seconds, rounds }: Plan): Promise<BenchRow> {
  const dataDir = join(tmpdir(), `kabao-bench-pg-${process.pid}`);
  const server = await startEmbeddedPostgres({ dataDir, password: 'bench', durable: true });
  try {
    await server.ensureDatabase('kabao');
    await server.ensureDatabase('tpcb');
    await migrate(server.urlOf('kabao'));
    const tpcb = await openTpcb(server.urlOf('tpcb'));
    const db = openDatabase(server.urlOf('kabao'), { poolSize: CALLERS });
    const world = await openPaymentWorld(db, { shoppers: 200, merchants: 16, capacity: 4_000 * seconds });
    const measured: { ours: Round; referenceRate: number }[] = [];
    let paid = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const ours = await during({ callers: CALLERS, seconds }, () => {
        paid += 1;
        return world.pay(paid);
      });
      const referenceRate = await tpcb.measure(seconds);
      // The first round warms both up.
      if (round > 0) measured.push({ ours, referenceRate });
    }
    await world.audit();
    await db.$disconnect();
    await tpcb.close();
    return summarise(name, tpcb.reference, measured);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Tpcb {
  readonly reference: string;
  measure(seconds: number): Promise<number>;
  close(): Promise<void>;
}

/** pgbench where it is installed, else the same transaction through `pg`. */
async function openTpcb(url: string): Promise<Tpcb> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: password,
    PGDATABASE: pathname.slice(1),
  };
  if (spawnSync('pgbench', ['--version']).status !== 0) return openTpcbLoop(url);
  execFileSync('pgbench', ['-i', '-s', '10', '-q'], { env, stdio: 'ignore' });
  return {
    reference: 'pgbench TPC-B-like',
    measure: async (seconds) => {
      const output = execFileSync(
        'pgbench',
        ['-c', String(CALLERS), '-j', '2', '-T', String(seconds), '-n'],
        { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      return Number(/tps = ([\d.]+)/.exec(output)?.[1]);
    },
    close: async () => undefined,
  };
}

const ACCOUNTS = 1_000_000;

async function openTpcbLoop(url: string): Promise<Tpcb> {
  const pool = new pg.Pool({ connectionString: url, max: CALLERS });
  await pool.query(`
    CREATE TABLE accounts AS SELECT g AS aid, 0 AS abalance, repeat(' ', 84) AS filler FROM generate_series(1, ${ACCOUNTS}) g;
    ALTER TABLE accounts ADD PRIMARY KEY (aid);
    CREATE TABLE tellers AS SELECT g AS tid, 0 AS tbalance FROM generate_series(1, 100) g;
    ALTER TABLE tellers ADD PRIMARY KEY (tid);
    CREATE TABLE branches AS SELECT g AS bid, 0 AS bbalance FROM generate_series(1, 10) g;
    ALTER TABLE branches ADD PRIMARY KEY (bid);
    CREATE TABLE history (tid int, bid int, aid int, delta int, mtime timestamp)`);
  const random = (max: number) => 1 + Math.floor(Math.random() * max);
  const transaction = async () => {
    const client = await pool.connect();
    const [aid, tid, bid, delta] = [random(ACCOUNTS), random(100), random(10), random(5_000)];
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET abalance = abalance + $1 WHERE aid = $2', [delta, aid]);
    await client.query('SELECT abalance FROM accounts WHERE aid = $1', [aid]);
    await client.query('UPDATE tellers SET tbalance = tbalance + $1 WHERE tid = $2', [delta, tid]);
    await client.query('UPDATE branches SET bbalance = bbalance + $1 WHERE bid = $2', [delta, bid]);
    await client.query('INSERT INTO history VALUES ($1, $2, $3, $4, now())', [tid, bid, aid, delta]);
    await client.query('COMMIT');
    client.release();
  };
  return {
    reference: 'TPC-B-like loop through pg (pgbench is not installed)',
    measure: async (seconds) => (await during({ callers: CALLERS, seconds }, transaction)).rate,
    close: () => pool.end(),
  };
}
