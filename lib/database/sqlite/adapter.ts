import path from 'node:path';
import type {
  ConnectionInfo,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { sqlArguments } from './arguments';
import { calledProcedure, callResult } from './call';
import { driverError } from './errors';
import { FailureCode, Op } from './protocol';
import { type SharedThreads, shareThreads } from './shared-threads';
import type { ThreadsOptions } from './threads';
import { ADAPTER_NAME, SqliteTransaction } from './transaction';

export type SqliteAdapterOptions = {
  /** The database file, or ':memory:'. */
  path: string;
  /** The bundled worker; by default the one that `npm run generate` made. */
  workerFile?: string;
  /** How many threads read beside the writer. */
  readers?: number;
  /** How long a statement waits for another process that is writing. */
  busyTimeoutMs?: number;
  /** An interactive transaction that is silent this long is rolled back. */
  idleTransactionMs?: number;
};

const MAX_BIND_VALUES = 32_766;

/**
 * Prisma's way to SQLite for a database that holds money: one writer thread and a few reader threads, so that nobody
 * sees or undoes another's uncommitted work, an acknowledged write is on the disk, and the event loop is never held.
 * `CALL name(?)` with one JSON text runs a stored procedure of `./procedures`. Clients of one process that name the
 * same file share its threads.
 */
export function createSqliteAdapterFactory(
  options: SqliteAdapterOptions,
): SqlMigrationAwareDriverAdapterFactory {
  const settings = threadsOptions(options);
  return {
    provider: 'sqlite',
    adapterName: ADAPTER_NAME,
    connect: async () => new SqliteAdapter(await shareThreads(settings)),
    connectToShadowDb: async () =>
      new SqliteAdapter(await shareThreads({ ...settings, path: ':memory:', readers: 0 })),
  };
}

export function threadsOptions(options: SqliteAdapterOptions): ThreadsOptions {
  const inMemory = options.path === ':memory:';
  return {
    path: inMemory ? options.path : path.resolve(options.path),
    workerFile: options.workerFile ?? defaultWorkerFile(),
    readers: inMemory ? 0 : (options.readers ?? 2),
    busyTimeoutMs: options.busyTimeoutMs ?? 30_000,
    idleTransactionMs: options.idleTransactionMs ?? 120_000,
  };
}

class SqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite';
  readonly adapterName = ADAPTER_NAME;
  readonly #shared: SharedThreads;
  #isDisposed = false;

  constructor(shared: SharedThreads) {
    this.#shared = shared;
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const threads = this.#threads();
    const procedure = calledProcedure(query.sql);
    if (procedure === null) return threads.query(query.sql, sqlArguments(query));
    return callResult(await threads.writer.call(Op.call, procedure, sqlArguments(query)));
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    return this.#threads().execute(query.sql, sqlArguments(query));
  }

  async executeScript(script: string): Promise<void> {
    await this.#threads().script(script);
  }

  /** Any isolation level may be asked for: there is one writer, so each transaction is serialisable. */
  async startTransaction(): Promise<Transaction> {
    const { writer } = this.#threads();
    const id = writer.nextId();
    await writer.call(Op.begin, '', [], { id });
    return new SqliteTransaction(writer, id);
  }

  getConnectionInfo(): ConnectionInfo {
    return { maxBindValues: MAX_BIND_VALUES, supportsRelationJoins: false };
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#shared.release();
  }

  #threads() {
    if (!this.#isDisposed) return this.#shared.threads;
    throw driverError({ code: FailureCode.connectionClosed, message: 'the client is disconnected' });
  }
}

/** A path made at run time, so that no bundler takes the worker into its own output. */
function defaultWorkerFile(): string {
  return path.join(
    /* turbopackIgnore: true */ process.cwd(),
    'lib',
    'database',
    'generated',
    'sqlite-worker.mjs',
  );
}
