import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

interface PostgresAdapterOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** An interactive transaction that is silent this long is rolled back by the server. */
  readonly idleTransactionMs?: number;
}

/**
 * Prisma's PostgreSQL adapter. Its own `executeScript` cuts a script at every semicolon, which breaks function
 * bodies; here a script goes to the server whole.
 */
export function createPostgresAdapterFactory(
  options: PostgresAdapterOptions,
): SqlMigrationAwareDriverAdapterFactory {
  const factory = () => new PrismaPg(openPool(options), { disposeExternalPool: true });
  const whole = async (adapter: SqlDriverAdapter): Promise<SqlDriverAdapter> => {
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: options.url });
      await client.connect();
      try {
        await client.query(script);
      } finally {
        await client.end();
      }
    };
    return adapter;
  };
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: async () => whole(await factory().connect()),
    connectToShadowDb: () => factory().connectToShadowDb(),
  };
}

/**
 * A process that vanished without a word (a cut network, a frozen machine) must not keep what it had locked: the server
 * ends its silent transactions. Set once connected and not at the start of the connection, where poolers refuse it.
 */
function openPool({ url, poolSize = 16, idleTransactionMs = 120_000 }: PostgresAdapterOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    application_name: 'kabao',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on('connect', (client) => {
    // A connection that cannot even do this fails at its first query, which its caller hears of.
    client.query(`SET idle_in_transaction_session_timeout = ${idleTransactionMs}`).catch(() => undefined);
  });
  return pool;
}
