import { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { isOutdated, StatementNames } from './postgres/statement-names';
import { openPool } from './postgres-pool';

interface PostgresAdapterOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** An interactive transaction that is silent this long is rolled back by the server. */
  readonly idleTransactionMs?: number;
}

/**
 * Prisma's PostgreSQL adapter over a pool of ours. Its own `executeScript` cuts a script at every semicolon, which
 * breaks function bodies; here a script goes to the server whole.
 */
export function createPostgresAdapterFactory(
  options: PostgresAdapterOptions,
): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (): Promise<SqlDriverAdapter> => {
    const pool = adapterPool(options);
    const names = new StatementNames();
    const adapter = await new PrismaPg(pool, {
      disposeExternalPool: true,
      statementNameGenerator: ({ sql }) => names.nameOf(sql),
    }).connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    renewing(names, adapter, { again: true });
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const transaction = await startTransaction(level);
      // It is aborted by then: whoever opened it begins it anew.
      renewing(names, transaction, { again: false });
      return transaction;
    };
    return adapter;
  };
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect,
    connectToShadowDb: () => new PrismaPg({ connectionString: options.url }).connectToShadowDb(),
  };
}

/** Lets a query that met an outdated plan make all statements be planned anew. `again`: and be sent once more. */
function renewing(names: StatementNames, queryable: SqlQueryable, { again }: { again: boolean }): void {
  const { queryRaw, executeRaw } = queryable;
  const guarded =
    <T>(send: (query: SqlQuery) => Promise<T>) =>
    async (query: SqlQuery): Promise<T> => {
      try {
        return await send.call(queryable, query);
      } catch (error) {
        if (!isOutdated(error)) throw error;
        names.renew();
        if (!again) throw error;
        return send.call(queryable, query);
      }
    };
  queryable.queryRaw = guarded(queryRaw);
  queryable.executeRaw = guarded(executeRaw);
}

/**
 * A process that vanished without a word (a cut network, a frozen machine) must not keep what it had locked: the server
 * ends its silent transactions. Set once connected and not at the start of the connection, where poolers refuse it.
 */
function adapterPool({ url, poolSize = 16, idleTransactionMs = 120_000 }: PostgresAdapterOptions): pg.Pool {
  const settings = `SET idle_in_transaction_session_timeout = ${idleTransactionMs}`;
  return openPool(url, { max: poolSize, applicationName: 'kabao', settings });
}
