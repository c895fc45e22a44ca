import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openDrawnChallenge } from '../lib/captcha/drawn-challenge';
import type { Demo } from './demo';

/** The sealed digits that the picture on the page shows. */
export async function tokenOn(page: Page): Promise<string> {
  const address = await page.locator('img[src*="/api/captcha/drawn/"]').getAttribute('src');
  return address?.split('/')[4] ?? '';
}

/** Reads the picture, which takes the server's key. */
export function digitsOf(demo: Demo, token: string): string {
  return openDrawnChallenge(token, captchaKey(demo))?.digits ?? '';
}

/** The server's key, with which a captcha can be made that would have been asked for at another time. */
export function captchaKey(demo: Demo): Buffer {
  const secrets = JSON.parse(readFileSync(join(demo.folder, 'secrets.json'), 'utf8'));
  return Buffer.from(String(secrets.KABAO_CAPTCHA_KEY).replace(/^demo-/, ''), 'hex');
}
