import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { engineOfUrl, sqlitePath } from '../client';
import { createPostgresAdapterFactory } from '../postgres-adapter';
import { createSqliteAdapterFactory } from '../sqlite/adapter';
import { openSchemaEngine } from './schema-engine';
import { migrationList, schemaFiles } from './schema-files';

/**
 * Applies what is missing of Prisma's migration folders, in Prisma's own `_prisma_migrations` table, so that
 * `prisma migrate deploy` goes on where this stopped. Returns the names applied. Throws on a failed migration.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const engine = engineOfUrl(databaseUrl);
  if (engine === 'sqlite') mkdirSync(dirname(resolve(sqlitePath(databaseUrl))), { recursive: true });
  const factory =
    engine === 'sqlite'
      ? createSqliteAdapterFactory({ path: sqlitePath(databaseUrl) })
      : createPostgresAdapterFactory({ url: databaseUrl });
  const opened: SqlDriverAdapter[] = [];
  const connect = async () => {
    const adapter = await factory.connect();
    opened.push(adapter);
    return adapter;
  };
  try {
    const schema = await openSchemaEngine(schemaFiles(engine), {
      ...factory,
      connect,
      connectToShadowDb: () => Promise.reject(new Error('applying migrations needs no shadow database')),
    });
    const { appliedMigrationNames } = await schema.applyMigrations({
      migrationsList: migrationList(engine),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    for (const adapter of opened) await adapter.dispose();
  }
}
