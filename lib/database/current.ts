import { env } from '../env';
import { type Database, openDatabase } from './client';

const slot = globalThis as { kabaoDatabase?: Database };

/**
 * The database of this process, opened at the first call. It hangs on `globalThis` because the server's bundles
 * (pages, instrumentation) each load this module, and there must be one SQLite writer.
 */
export function database(): Database {
  slot.kabaoDatabase ??= openDatabase(env().databaseUrl);
  return slot.kabaoDatabase;
}
