// The one place that knows where Chromium is: Playwright's own, else the system's, else installed from Debian.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Draws no windows of its own, which takes a full browser half of its time. */
const shell = '/usr/bin/chromium-headless-shell';
const systemPlaces = [
  shell,
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
  if (found === shell || process.env.KABAO_CHROMIUM) return found;
  // A machine that only runs tests gets the one that is made for it.
  if (process.env.CI && (await installFromDebian(shell.split('/').at(-1), 'fonts-noto-cjk'))) return shell;
  if (found) return found;
  console.log('Installing a browser …');
  await succeeds(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
  const downloaded = await findBrowser();
  if (downloaded) return downloaded;
  (await installFromDebian('chromium-headless-shell', 'fonts-noto-cjk')) ||
    (await installFromDebian('chromium', 'fonts-noto-cjk'));
  const installed = await findBrowser();
  if (installed) return installed;
  console.error(
    'No Chromium was found. Install one (npx playwright install chromium), or name it in KABAO_CHROMIUM.',
  );
  process.exit(1);
}

/** Whether the packages are there afterwards; only root may add any. */
async function installFromDebian(...packages) {
  if (process.getuid?.() !== 0) return false;
  const apt = (...args) => succeeds('apt-get', ['-o', 'DPkg::Lock::Timeout=180', ...args]);
  return (
    (await apt('install', '-y', ...packages)) ||
    ((await apt('update')) && (await apt('install', '-y', ...packages)))
  );
}

/** Waits without keeping this process from anything else. */
function succeeds(file, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn(file, args, { stdio: 'ignore', env, timeout: 300_000 });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (status) => resolve(status === 0));
  });
}
