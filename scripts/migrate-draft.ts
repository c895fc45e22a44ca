/**
 * `npm run migrate:draft -- NAME` drafts a migration for both engines: from the models as they were last committed to the
 * models as they stand, with the CHECKs of prisma/checks.ts that are new. It makes new folders and touches no other; a name
 * that a migration has already is refused. Read what it wrote: data, triggers and CHECKs of tables that SQLite has to
 * build anew are for people.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockMigrationAwareAdapterFactory } from '@prisma/driver-adapter-utils';
import { startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { openSchemaEngine } from '../lib/database/migrations/schema-engine';
import { type Engine, migrationNames, schemaFiles } from '../lib/database/migrations/schema-files';
import { createPostgresAdapterFactory } from '../lib/database/postgres-adapter';
import { checks } from '../prisma/checks';

const ENGINES = ['sqlite', 'postgres'] as const;
const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name))
  giveUp('usage: npm run migrate:draft -- NAME, in small letters, digits and _');
const taken = ENGINES.flatMap((engine) => migrationNames(engine));
if (taken.some((each) => each.replace(/^\d+_/, '') === name)) giveUp(`there is a migration ${name} already`);

// The PostgreSQL half of the engine asks the server for its version, so there has to be one.
const work = mkdtempSync(join(tmpdir(), 'kabao-draft-'));
const postgres = await startEmbeddedPostgres({
  dataDir: `${work}-pg`,
  password: 'draft',
  durable: false,
});
const adapters = {
  sqlite: mockMigrationAwareAdapterFactory('sqlite'),
  postgres: createPostgresAdapterFactory({ url: postgres.adminUrl }),
};
const added = await newChecks();
/** SQLite takes a CHECK only inside CREATE TABLE; PostgreSQL also as an added constraint. */
const withChecks = {
  sqlite: (sql: string) =>
    added.reduce((text, { table, name: check, expression }) => {
      const open = `CREATE TABLE "${table}" (\n`;
      const rule = `CONSTRAINT "${check}" CHECK (${expression})`;
      if (!text.includes(open)) return `${text}\n-- For a table that is there already: ${rule}\n`;
      const [before = '', after = ''] = text.split(open);
      const end = after.indexOf('\n);');
      return `${before}${open}${after.slice(0, end)},\n    ${rule}${after.slice(end)}`;
    }, sql),
  postgres: (sql: string) =>
    added.reduce(
      (text, { table, name: check, expression }) =>
        `${text}\nALTER TABLE "${table}" ADD CONSTRAINT "${check}" CHECK (${expression});\n`,
      sql,
    ),
};
const drafts = await Promise.all(
  ENGINES.map(async (engine) => ({ engine, sql: withChecks[engine](await changesOf(engine)) })),
);
await postgres.stop();
for (const each of [work, `${work}-pg`]) rmSync(each, { recursive: true, force: true });
if (drafts.every(({ sql }) => sql.trim() === '')) giveUp('the models are as they were committed');

const folder = `${stampAfter(taken)}_${name}`;
for (const { engine, sql } of drafts) {
  const path = `prisma/${engine}/migrations/${folder}`;
  mkdirSync(path);
  writeFileSync(join(path, 'migration.sql'), sql);
  console.log(`${path}: ${sql.split('\n').length} lines`);
}
process.exit(0);

async function changesOf(engine: Engine): Promise<string> {
  const files = schemaFiles(engine);
  const schema = await openSchemaEngine(files, adapters[engine]);
  const modelOf = (pairs: readonly (readonly [string, string])[]) => ({
    tag: 'schemaDatamodel',
    files: pairs.map(([path, content]) => ({ path, content })),
  });
  const { stdout } = await schema.diff({
    from: modelOf(committedFiles(engine)),
    to: modelOf(files),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  } as Parameters<typeof schema.diff>[0]);
  return /^-- This is an empty migration/.test(stdout ?? '') ? '' : (stdout ?? '');
}

function committedFiles(engine: Engine): [string, string][] {
  const models = git('ls-tree', '--name-only', 'HEAD', 'prisma/models/').trim().split('\n');
  return [
    ['schema.prisma', git('show', `HEAD:prisma/${engine}/schema.prisma`)],
    ...models.map((path): [string, string] => [path.replace('prisma/', ''), git('show', `HEAD:${path}`)]),
  ];
}

/** The CHECKs that were not committed yet, or read otherwise. */
async function newChecks(): Promise<typeof checks> {
  const file = join(work, 'checks.ts');
  writeFileSync(file, git('show', 'HEAD:prisma/checks.ts'));
  const committed: { readonly checks: typeof checks } = await import(pathToFileURL(file).href);
  const known = new Set(committed.checks.map((each) => JSON.stringify(each)));
  return checks.filter((each) => !known.has(JSON.stringify(each)));
}

function git(...args: readonly string[]): string {
  return execFileSync('git', [...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

/** Now, or a second after the newest migration, should that lie ahead: a draft comes last. */
function stampAfter(names: readonly string[]): string {
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const newest =
    names
      .map((each) => each.slice(0, 14))
      .toSorted()
      .at(-1) ?? '0';
  return now > newest ? now : String(Number(newest) + 1);
}

function giveUp(why: string): never {
  console.error(why);
  process.exit(1);
}
