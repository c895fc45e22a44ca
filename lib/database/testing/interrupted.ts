import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Database, openDatabase } from '../client';
import type { TestDatabase } from './index';

/**
 * Another process on a test's database, in which `happens` comes once between what it reads and its first write: what
 * nobody can time is then certain. Disconnect it.
 */
export async function interrupted(test: TestDatabase, happens: () => Promise<unknown>): Promise<Database> {
  let begun = false;
  const first = async () => {
    if (begun) return;
    begun = true;
    await happens();
  };
  const db = openDatabase(test.url, {
    poolSize: 2,
    through: (factory) => startingAfter(factory, first),
    aroundCommit: async (commit) => {
      await first();
      return commit();
    },
  });
  await db.$connect();
  return db;
}

/**
 * The same, but `happens` comes before the first read of `table`: between two reads that were meant to see one moment.
 * Disconnect it.
 */
export async function interruptedAtRead(
  test: TestDatabase,
  table: string,
  happens: () => Promise<unknown>,
): Promise<Database> {
  let begun = false;
  const db = openDatabase(test.url, {
    poolSize: 2,
    through: (factory) => ({
      ...startingAfter(factory, async () => undefined),
      connect: async () => {
        const adapter = await factory.connect();
        return {
          ...delayed(adapter, async () => undefined),
          queryRaw: async (query) => {
            if (!begun && query.sql.includes(table)) {
              begun = true;
              await happens();
            }
            return adapter.queryRaw(query);
          },
        };
      },
    }),
  });
  await db.$connect();
  return db;
}

function startingAfter(
  factory: SqlMigrationAwareDriverAdapterFactory,
  first: () => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => delayed(await factory.connect(), first),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function delayed(adapter: SqlDriverAdapter, first: () => Promise<void>): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: async (level) => {
      await first();
      return adapter.startTransaction(level);
    },
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => adapter.dispose(),
  };
}
