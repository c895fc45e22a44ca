import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Engine = 'sqlite' | 'postgres';

/** The Prisma schema of an engine, as `[path, content]` pairs: its datasource file and the shared models. */
export function schemaFiles(engine: Engine): [string, string][] {
  const models = readdirSync('prisma/models').sort();
  return [
    ['schema.prisma', readFileSync(`prisma/${engine}/schema.prisma`, 'utf8')],
    ...models.map((name): [string, string] => [`models/${name}`, readFileSync(join('prisma/models', name), 'utf8')]),
  ];
}

/** The migration folders of an engine in the form the schema engine takes. */
export function migrationList(engine: Engine) {
  const baseDir = resolve(`prisma/${engine}/migrations`);
  const lockfile = join(baseDir, 'migration_lock.toml');
  const directories = migrationNames(engine);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: directories.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

export function migrationNames(engine: Engine): string[] {
  const baseDir = resolve(`prisma/${engine}/migrations`);
  if (!existsSync(baseDir)) return [];
  return readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
