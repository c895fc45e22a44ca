import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * Prisma's PostgreSQL adapter. Its own `executeScript` cuts a script at every semicolon, which breaks function
 * bodies; here a script goes to the server whole.
 */
export function createPostgresAdapterFactory(options: {
  url: string;
  poolSize?: number;
}): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg({
    connectionString: options.url,
    max: options.poolSize ?? 16,
    connectionTimeoutMillis: 10_000,
    application_name: 'kabao',
  });
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
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => whole(await factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}
