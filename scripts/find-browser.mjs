// The one place that knows where Chromium is: Playwright's own, else the system's, else installed from Debian.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const systemPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];

/** The path of a Chromium, or null. `KABAO_CHROMIUM` names one. */
export async function findBrowser() {
  const named = process.env.KABAO_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  return systemPlaces.find((path) => existsSync(path)) ?? null;
}

/** Finds a Chromium or installs one: by Playwright where its download works, else by apt as root. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log('Installing a browser …');
  spawnSync(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  const downloaded = await findBrowser();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0) {
    const apt = (...args) =>
      spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=180', ...args], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', 'chromium', 'fonts-noto-cjk');
  }
  const installed = await findBrowser();
  if (installed) return installed;
  console.error(
    'No Chromium was found. Install one (npx playwright install chromium), or name it in KABAO_CHROMIUM.',
  );
  process.exit(1);
}
