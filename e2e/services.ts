import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CardServiceWorld } from './card-services';
import type { Demo } from './demo';

/** Gives the shopper of a running installation cards for which something can be asked. */
export async function addServices(demo: Demo, userId: string): Promise<CardServiceWorld> {
  const env = {
    ...process.env,
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: demo.folder,
    DATABASE_URL: demo.databaseUrl,
    PORT: new URL(demo.url).port,
  };
  const args = ['node_modules/tsx/dist/cli.mjs', 'e2e/prepare-services.ts', userId];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout);
}
