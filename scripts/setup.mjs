// Prepares what every other command needs: secrets, generated clients, and the database of DATABASE_URL with its
// programmes. Run after `npm ci`.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureSecrets } from './secrets.mjs';

ensureSecrets();
const run = (file, ...args) => execFileSync(process.execPath, [file, ...args], { stdio: 'inherit' });
run('scripts/generate.mjs');
run('node_modules/tsx/dist/cli.mjs', 'scripts/migrate.ts');
if (existsSync('scripts/seed-programmes.ts'))
  run('node_modules/tsx/dist/cli.mjs', 'scripts/seed-programmes.ts');
