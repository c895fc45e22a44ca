import { ok, type Result, refuse } from '@/lib/kernel';
import { engineOfUrl, type RawReader, sqlitePath } from '../client';
import { migrate } from '../migrations/migrate';
import { migrationNames } from '../migrations/schema-files';
import { damagedFiles, type Manifest, readManifest, writeBackup } from './manifest';
import { backUpPostgres, copyFile, restorePostgres, usedTableOfPostgres } from './postgres-backup';
import { backUpSqlite, restoreSqlite, SQLITE_FILE, usedTableOfSqlite } from './sqlite-backup';

export type { Manifest } from './manifest';

export type RestoreRefusal =
  | { readonly code: 'not_a_backup' }
  /** These files are missing or are not what was written. */
  | { readonly code: 'files_damaged'; readonly files: readonly string[] }
  | { readonly code: 'other_engine'; readonly engine: Manifest['engine'] }
  /** The backup is of a database with other migrations than this version of Kabao has. */
  | { readonly code: 'other_version'; readonly migrations: readonly string[] }
  | { readonly code: 'not_empty'; readonly table: string }
  /** A table's file holds more or fewer rows than the manifest says. */
  | { readonly code: 'not_as_counted'; readonly table: string }
  | { readonly code: 'check_failed' };

/**
 * Writes all that the database holds at one moment into a new folder that only its owner may read: every payment
 * acknowledged before the call is in it. Payments go on meanwhile. Secrets are configuration and not in it.
 */
export function backUp(url: string, folder: string, now: Date): Promise<Manifest> {
  const engine = engineOfUrl(url);
  return writeBackup(folder, async (unfinished) => ({
    engine,
    madeAt: now.toISOString(),
    ...(engine === 'sqlite'
      ? await backUpSqlite(sqlitePath(url), unfinished)
      : await backUpPostgres(url, unfinished)),
  }));
}

/**
 * Brings a backup into an empty database, which is migrated first. All or nothing: `check` reads the restored rows
 * before they are committed, and what it does not find good is not there afterwards.
 */
export async function restore(
  url: string,
  folder: string,
  check: (reader: RawReader, manifest: Manifest) => Promise<boolean>,
): Promise<Result<Manifest, RestoreRefusal>> {
  const manifest = await readManifest(folder);
  if (!manifest) return refuse({ code: 'not_a_backup' });
  const engine = engineOfUrl(url);
  if (manifest.engine !== engine) return refuse({ code: 'other_engine', engine: manifest.engine });
  const { migrations } = manifest;
  if (migrations.join() !== migrationNames(engine).join())
    return refuse({ code: 'other_version', migrations });
  const needed = engine === 'sqlite' ? [SQLITE_FILE] : manifest.tables.map(({ name }) => copyFile(name));
  const files = await damagedFiles(folder, manifest, needed);
  if (files.length > 0) return refuse({ code: 'files_damaged', files });
  const used = engine === 'sqlite' ? usedTableOfSqlite(sqlitePath(url)) : await usedTableOfPostgres(url);
  if (used) return refuse({ code: 'not_empty', table: used });

  await migrate(url);
  let isGood = false;
  const judge = async (reader: RawReader) => {
    isGood = await check(reader, manifest);
    return isGood;
  };
  const problem =
    engine === 'sqlite'
      ? await restoreSqlite(sqlitePath(url), { folder, manifest }, judge)
      : await restorePostgres(url, { folder, manifest }, judge);
  if (problem && 'notEmpty' in problem) return refuse({ code: 'not_empty', table: problem.notEmpty });
  if (problem) return refuse({ code: 'not_as_counted', table: problem.notAsCounted });
  return isGood ? ok(manifest) : refuse({ code: 'check_failed' });
}
