import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { reach } from '../faults';
import type { AroundCommit, UnitCommitter } from './commit-units';
import { PrismaClient as PostgresClient } from './generated/postgres/client';
import { type Prisma, PrismaClient as SqliteClient } from './generated/sqlite/client';
import { Batcher } from './postgres/batcher';
import { createPostgresAdapterFactory } from './postgres-adapter';
import { createSqliteAdapterFactory, threadsOptions } from './sqlite/adapter';
import { UnitWriter } from './sqlite/unit-writer';

/** The database of this process. Typed against the SQLite client: it is the narrower of the two. */
export type Database = SqliteClient;

/** An open transaction, or the database itself. */
export type Tx = Prisma.TransactionClient;

/** What only reads, by SQL: the database, a transaction, or the connection of a restore that is not committed yet. */
export interface RawReader {
  $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T>;
}

export type Engine = 'sqlite' | 'postgres';

const slot = globalThis as {
  kabaoEngines?: WeakMap<object, Engine>;
  kabaoTransactions?: WeakSet<object>;
  kabaoCommitters?: WeakMap<object, UnitCommitter>;
};

/** On `globalThis`, like the database itself: pages and route handlers are bundled apart and share it. */
slot.kabaoEngines ??= new WeakMap();
slot.kabaoTransactions ??= new WeakSet();
slot.kabaoCommitters ??= new WeakMap();
const engines = slot.kabaoEngines;
const transactions = slot.kabaoTransactions;
const committers = slot.kabaoCommitters;

/** `file:…` is SQLite, `postgres://…` PostgreSQL; anything else throws before a connection is tried. */
export function engineOfUrl(url: string): Engine {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  throw new Error('DATABASE_URL must begin with file: or postgres://');
}

type AdapterFactory = SqlMigrationAwareDriverAdapterFactory;

interface OpenOptions {
  readonly poolSize?: number;
  /** Wraps Prisma's access to the database, so that tests can make it fail. */
  readonly through?: (factory: AdapterFactory) => AdapterFactory;
  /** Wraps the calls that commit units of work, for the same. */
  readonly aroundCommit?: AroundCommit;
}

const transactionOptions = { maxWait: 30_000, timeout: 60_000 };

export function openDatabase(url: string, options: OpenOptions = {}): Database {
  const engine = engineOfUrl(url);
  const client = engine === 'sqlite' ? openSqlite(url, options) : openPostgres(url, options);
  engines.set(client, engine);
  return client;
}

function openSqlite(url: string, { through = same, aroundCommit = asItIs }: OpenOptions): Database {
  const options = { path: sqlitePath(url) };
  const client = new SqliteClient({
    adapter: through(createSqliteAdapterFactory(options)),
    transactionOptions,
  });
  return withCommitter(client, new UnitWriter(threadsOptions(options), aroundCommit));
}

function openPostgres(
  url: string,
  { through = same, aroundCommit = asItIs, ...pool }: OpenOptions,
): Database {
  const adapter = through(createPostgresAdapterFactory({ url, ...pool }));
  const client = new PostgresClient({ adapter, transactionOptions }) as unknown as SqliteClient;
  return withCommitter(client, new Batcher(url, { around: aroundCommit }));
}

function withCommitter(client: Database, committer: UnitCommitter): Database {
  const disconnect = client.$disconnect.bind(client);
  client.$disconnect = async () => {
    await committer.close();
    await disconnect();
  };
  committers.set(client, committer);
  return client;
}

function asItIs<T>(call: () => Promise<T>): Promise<T> {
  return call();
}

function same(factory: AdapterFactory): AdapterFactory {
  return factory;
}

/** What commits this database's units; `undefined` in a transaction, whose units are part of it. */
export function committerOf(client: Database | Tx): UnitCommitter | undefined {
  return committers.get(client);
}

/** The file of a `file:` URL, without its query. */
export function sqlitePath(url: string): string {
  return url.replace(/^file:(\/\/)?/, '').replace(/\?.*$/, '');
}

export function engineOf(client: RawReader): Engine {
  const engine = engines.get(client);
  if (!engine) throw new Error('not a client that openDatabase or transaction gave');
  return engine;
}

/** False for an open transaction. Methods do not tell the two apart: Prisma's transactions have `$transaction` too. */
export function isDatabase(client: Database | Tx): client is Database {
  return !transactions.has(client);
}

/** Lets `engineOf` know a reader that this folder made. */
export function readerOf<R extends RawReader>(reader: R, engine: Engine): R {
  engines.set(reader, engine);
  return reader;
}

/**
 * Opens a write phase: on SQLite it holds the writer from its begin, on PostgreSQL it is READ COMMITTED. It is rolled
 * back after a minute, or after `timeoutMs` for bulk work.
 */
export async function transaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): Promise<T> {
  const result = await database.$transaction(
    async (tx) => {
      transactions.add(tx);
      const done = await work(readerOf(tx, engineOf(database)));
      reach('before-commit', () => 'transaction');
      return done;
    },
    timeoutMs === undefined ? {} : { timeout: timeoutMs },
  );
  reach('after-commit', () => 'transaction');
  return result;
}
