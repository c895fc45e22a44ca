// Makes the one file that SQLite's worker threads run, in production, tests and scripts alike.
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles `entry` into `outfile` (paths from the project's root); better-sqlite3 stays a package, being native.
 * The file is renamed into its place, so that a worker that starts meanwhile reads a whole one.
 */
export async function bundleSqliteWorker({
  entry = 'lib/database/sqlite/worker.ts',
  outfile = 'lib/database/generated/sqlite-worker.mjs',
} = {}) {
  const unfinished = `${outfile}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['better-sqlite3'],
    logLevel: 'warning',
    // A package among the bundled ones may be CommonJS and ask for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  await rename(resolve(root, unfinished), resolve(root, outfile));
}
