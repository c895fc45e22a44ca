import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Demo } from './demo';

export interface SentGift {
  readonly giftId: string;
  readonly cardId: string;
  /** `/g/…`: what stands in the mail. */
  readonly path: string;
}

/** A gift of ¥200 that was delivered, from the person with this login. */
export async function sendGift(demo: Demo, login: string, passphrase = ''): Promise<SentGift> {
  const env = {
    ...process.env,
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: demo.folder,
    DATABASE_URL: demo.databaseUrl,
    PORT: new URL(demo.url).port,
  };
  const args = ['node_modules/tsx/dist/cli.mjs', 'e2e/prepare-gift.ts', login, passphrase];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout);
}
