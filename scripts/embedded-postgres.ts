/**
 * Runs the PostgreSQL of the demo until standard input closes; prints its connection string first. `--anew` forgets
 * what was in it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reachableDataDir, startEmbeddedPostgres } from '../lib/database/embedded-postgres';
import { dataFolder } from '../lib/env';

mkdirSync(dataFolder(), { recursive: true });
const dataDir = reachableDataDir(join(dataFolder(), 'postgres'));
if (process.argv.includes('--anew')) rmSync(dataDir, { recursive: true, force: true });
const passwordFile = join(dataFolder(), 'postgres-password');
if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(16).toString('hex'), { mode: 0o600 });

const server = await startEmbeddedPostgres({
  dataDir,
  password: readFileSync(passwordFile, 'utf8'),
  durable: true,
});
await server.ensureDatabase('kabao');
console.log(server.urlOf('kabao'));
process.stdin.resume();
process.stdin.on('end', async () => {
  await server.stop();
  process.exit(0);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
