import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
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
    const adapter = await new PrismaPg(pool, {
      disposeExternalPool: true,
      statementNameGenerator: statementNames(),
    }).connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
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

/** A list of another length is another statement: beyond these they stay without a name, and no connection fills up. */
const MOST_NAMED = 400;

/** Names by which each connection keeps what it has parsed and planned: planning takes the server longer than reading. */
function statementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= MOST_NAMED) return known ?? '';
    const name = `kabao_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/**
 * A process that vanished without a word (a cut network, a frozen machine) must not keep what it had locked: the server
 * ends its silent transactions. Set once connected and not at the start of the connection, where poolers refuse it.
 */
function adapterPool({ url, poolSize = 16, idleTransactionMs = 120_000 }: PostgresAdapterOptions): pg.Pool {
  const settings = `SET idle_in_transaction_session_timeout = ${idleTransactionMs}`;
  return openPool(url, { max: poolSize, applicationName: 'kabao', settings });
}
