import { type Database, engineOf } from '../client';
import { migrationNames } from './schema-files';

/** The migrations of this version that the database does not have yet; empty when it is ready. */
export async function pendingMigrations(client: Database): Promise<string[]> {
  const applied = await client.$queryRaw<
    { migration_name: string }[]
  >`SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const names = new Set(applied.map((row) => row.migration_name));
  return migrationNames(engineOf(client)).filter((name) => !names.has(name));
}
