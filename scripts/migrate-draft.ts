/**
 * Writes the tables of prisma/models and their CHECKs, all of them, over the first migration of both engines:
 * `npm run migrate:draft`. That migration has landed and must stay as it is: copy what is new into a migration folder of its
 * own (prisma/sqlite and prisma/postgres), then put the first one back with git.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockMigrationAwareAdapterFactory } from '@prisma/driver-adapter-utils';
import { startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { openSchemaEngine } from '../lib/database/migrations/schema-engine';
import { schemaFiles } from '../lib/database/migrations/schema-files';
import { createPostgresAdapterFactory } from '../lib/database/postgres-adapter';
import { checks } from '../prisma/checks';

// The PostgreSQL half of the engine asks the server for its version, so there has to be one.
const dataDir = join(tmpdir(), `kabao-draft-${process.pid}`);
const postgres = await startEmbeddedPostgres({ dataDir, password: 'draft', durable: false });

const adapters = {
  sqlite: mockMigrationAwareAdapterFactory('sqlite'),
  postgres: createPostgresAdapterFactory({ url: postgres.adminUrl }),
};

/** SQLite takes a CHECK only inside CREATE TABLE; PostgreSQL also as an added constraint. */
const withChecks = {
  sqlite: (sql: string) =>
    checks.reduce((text, { table, name, expression }) => {
      const open = `CREATE TABLE "${table}" (\n`;
      if (!text.includes(open)) throw new Error(`no table ${table}`);
      const [before = '', after = ''] = text.split(open);
      const end = after.indexOf('\n);');
      return `${before}${open}${after.slice(0, end)},\n    CONSTRAINT "${name}" CHECK (${expression})${after.slice(end)}`;
    }, sql),
  postgres: (sql: string) =>
    `${sql}\n-- What the database itself refuses\n${checks
      .map(
        ({ table, name, expression }) =>
          `ALTER TABLE "${table}" ADD CONSTRAINT "${name}" CHECK (${expression});`,
      )
      .join('\n')}\n`,
};

for (const engine of ['sqlite', 'postgres'] as const) {
  const files = schemaFiles(engine);
  const schema = await openSchemaEngine(files, adapters[engine]);
  const { stdout } = await schema.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: files.map(([path, content]) => ({ path, content })) },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  } as Parameters<typeof schema.diff>[0]);
  const folder = `prisma/${engine}/migrations/20261123000000_tables`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, withChecks[engine](stdout ?? ''));
  const provider = engine === 'postgres' ? 'postgresql' : 'sqlite';
  writeFileSync(
    `prisma/${engine}/migrations/migration_lock.toml`,
    `# Prisma reads this file to know the engine of the folder.\nprovider = "${provider}"\n`,
  );
  console.log(`${folder}: ${(stdout ?? '').split('\n').length} lines`);
}

await postgres.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
