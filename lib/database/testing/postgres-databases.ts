import pg from 'pg';
import { openDatabase } from '../client';
import type { TestDatabase } from './index';

/** A client with its database, which goes from test to test; what stands in the tables goes with the test. */
interface Kept {
  readonly test: TestDatabase;
  readonly admin: pg.Client;
  readonly shape: string;
  uses: number;
}

const idle: Kept[] = [];
/** Rows that were deleted stay in the files until a vacuum comes by: after this many tests a fresh copy is faster. */
const MOST_USES = 100;
let made = 0;

/**
 * A copy of the template. Database, connections, client and compiled queries are kept when a test closes it, which took
 * longer than the tests themselves: the next one gets them with empty tables, unless anything but rows has changed.
 */
export async function openPostgres(template: string): Promise<TestDatabase> {
  for (let kept = idle.pop(); kept; kept = idle.pop()) {
    kept.uses += 1;
    if (kept.uses <= MOST_USES && (await isEmptied(kept))) return keeping(kept);
    await dropped(kept);
  }
  const test = await openPostgresOnce(template);
  const admin = new pg.Client({ connectionString: test.url });
  // The server is ended before the processes that use it.
  admin.on('error', () => undefined);
  await admin.connect();
  await admin.query(PREPARE);
  return keeping({ test, admin, shape: await shapeOf(admin), uses: 1 });
}

/** The same for one use: it is gone once it is closed. */
export async function openPostgresOnce(template: string): Promise<TestDatabase> {
  made += 1;
  const name = `test_${process.pid}_${Date.now()}_${made}`;
  const admin = template.replace(/\/[^/]*$/, '/postgres');
  // Two copies of one template at the same moment are refused, so each takes its turn.
  // Copied as files: a tenth of the time that it takes through the log, which a server without fsync need not write.
  const copy = `CREATE DATABASE ${name} TEMPLATE template_kabao STRATEGY file_copy`;
  await run(admin, ['SELECT pg_advisory_lock(1)', copy]);
  const url = template.replace(/\/[^/]*$/, `/${name}`);
  const db = openDatabase(url, { poolSize: 20 });
  return {
    db,
    url,
    engine: 'postgres',
    raw: (sql) => run(url, [sql]),
    close: async () => {
      await db.$disconnect();
      await run(admin, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
    },
  };
}

function keeping(kept: Kept): TestDatabase {
  let isOpen = true;
  const close = async () => {
    if (isOpen) idle.push(kept);
    isOpen = false;
  };
  return { ...kept.test, close };
}

async function dropped({ test, admin }: Kept): Promise<void> {
  await admin.end();
  await test.close();
}

/** False when the database is not as its template any more, or somebody still has its rows. */
async function isEmptied({ admin, shape }: Kept): Promise<boolean> {
  try {
    const { rowCount } = await admin.query({ name: 'holders', text: HOLDERS });
    if (rowCount) return false;
    await admin.query('SELECT pg_temp.empty_tables()');
    return (await shapeOf(admin)) === shape;
  } catch {
    return false;
  }
}

async function shapeOf(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ shape: string }>({ name: 'shape', text: SHAPE });
  return String(rows[0]?.shape);
}

/** Without the triggers that keep a ledger from being emptied, and without a wait for what a test has left behind. */
const PREPARE = `
  SET session_replication_role = replica;
  SET lock_timeout = '2s';
  DO $do$ BEGIN
    EXECUTE 'CREATE FUNCTION pg_temp.empty_tables() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN ' || (
      SELECT string_agg(format('IF EXISTS (SELECT FROM %1$I) THEN DELETE FROM %1$I; END IF;', relname), ' ')
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
    ) || ' END $f$';
  END $do$`;

/** Transactions that a test has left open. */
const HOLDERS = `
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'`;

/** Every row of what a database is made of, by the place and the transaction that wrote it. */
const SHAPE = `
  SELECT sum(hashtext(row::text)) AS shape FROM (
    SELECT tableoid, ctid, xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_trigger
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_constraint
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_namespace
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_db_role_setting
    UNION ALL SELECT tableoid, ctid, xmin FROM _prisma_migrations
  ) row`;

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
