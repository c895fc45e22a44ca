// Makes what is generated from sources: both Prisma clients and the SQLite worker.
// `prisma generate` needs no schema engine, but looks for one; any existing file will do, so nothing is downloaded.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const prisma = 'node_modules/prisma/build/index.js';
for (const engine of ['sqlite', 'postgres']) {
  execFileSync(process.execPath, [prisma, 'generate', '--schema', `prisma/${engine}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      KABAO_PRISMA_ENGINE: engine,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
}
if (existsSync('scripts/bundle-sqlite-worker.mjs')) {
  const { bundleSqliteWorker } = await import('./bundle-sqlite-worker.mjs');
  await bundleSqliteWorker();
}
