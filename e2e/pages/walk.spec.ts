import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '../demo';
import { violations } from './axe';
import { readFacts } from './facts';
import { judge, type Look } from './judge';
import { takeSkipLink, walkWithTab } from './keyboard';
import type { Visit } from './visit';
import { VISITS } from './visits';
import { test, type World } from './world';

test.describe.configure({ mode: 'parallel' });
// A trace keeps the page at every step, which takes longer than the steps.
test.use({ trace: 'off' });

test('every page of the app is on the walk', () => {
  const drawn = /(^|\/)(page|not-found|error|loading)\.tsx$/;
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => drawn.test(file))
    .map((file) => file.replace(/\.tsx$/, ''));
  expect([...new Set(VISITS.map(({ file }) => file))].sort()).toEqual(files.sort());
  expect(new Set(VISITS.map(({ name }) => name)).size).toBe(VISITS.length);
});

/**
 * A page is opened once in each language: in Chinese as in simple mode, in English as in the normal one. What else a mode
 * changes is style, so the other one is seen without opening the page again.
 */
const OPENED = [
  { locale: 'zh-CN', modes: ['simple', 'normal'] },
  { locale: 'en', modes: ['normal', 'simple'] },
] as const;

/** `npm run walk` looks at every mode on every screen; with `-- --short` at each mode, screen and colour once. */
const WHOLE = process.env.KABAO_WALK === 'whole';

for (const visit of VISITS) {
  test(`${visit.name} keeps its promises in every language, mode and colour`, async ({
    openAs,
    world,
    baseURL,
  }) => {
    const page = await openAs(visit.as);
    await stayHere(page);
    await visit.before?.(page, world);
    const log = listen(page, visit);
    const problems: string[] = [];
    for (const { locale, modes } of OPENED) {
      const [first = modes[0], ...others] = modes.filter((mode) => mode === (visit.mode ?? mode));
      await open(page, { visit, world, look: { locale, mode: first }, url: baseURL ?? '' });
      const looks = [first, ...others].map((mode) => ({ locale, mode }));
      problems.push(...(await lookAt(page, { visit, looks })));
      if (locale === 'zh-CN' && !visit.overlay) problems.push(...(await tryKeyboard(page, { visit, looks })));
      problems.push(...log.splice(0).map((line) => `${locale} log: ${line}`));
    }
    expect(problems).toEqual([]);
  });
}

async function open(
  page: Page,
  { visit, world, look, url }: { visit: Visit; world: World; look: Look; url: string },
): Promise<void> {
  await page.context().addCookies([
    { name: 'kabao_locale', value: look.locale, url },
    { name: 'kabao_mode', value: look.mode, url },
  ]);
  await show(page, SCREENS.phone);
  const response = await page.goto(visit.path(world));
  expect(response?.status()).toBe(visit.status ?? 200);
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 300 })));
  await visit.act?.(page);
  expect(await page.evaluate(() => document.documentElement.dataset.mode ?? 'normal')).toBe(look.mode);
  if (visit.error === 'summary') await expect(page.locator('main [role=alert]')).toBeFocused();
}

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const SCREENS = {
  phone: { width: 390, height: 844, colorScheme: 'light' },
  narrow: { width: 320, height: 640, colorScheme: 'light' },
  desk: { width: 1280, height: 800, colorScheme: 'dark' },
} as const satisfies Record<string, Screen>;

/** What is wrong with the page on each screen, in words. */
async function lookAt(page: Page, { visit, looks }: { visit: Visit; looks: Look[] }): Promise<string[]> {
  const problems: string[] = [];
  for (const [name, screen] of Object.entries(SCREENS)) {
    await show(page, screen);
    for (const look of looks.filter(({ locale, mode }) => isSeen(locale, { mode, screen: name }))) {
      await setMode(page, look.mode);
      const found =
        name === 'narrow'
          ? await tooWide(page)
          : [
              ...judge(await readFacts(page), visit, look),
              ...(await violations(page, { within: visit.overlay, colours: look.locale === 'zh-CN' })),
            ];
      problems.push(...found.map((problem) => `${look.locale} ${look.mode} ${name}: ${problem}`));
    }
  }
  return problems;
}

/**
 * English has the same colours and sizes: where it fits, it is judged once in each mode and on each screen. In the short walk
 * so is Chinese, the other way round, and English on the phone alone.
 */
function isSeen(locale: Look['locale'], { mode, screen }: { mode: Look['mode']; screen: string }): boolean {
  if (screen === 'narrow') return true;
  const paired = (mode === 'normal') === (screen === 'phone');
  if (WHOLE) return locale === 'zh-CN' || paired;
  return locale === 'zh-CN' ? !paired : screen === 'phone' && mode === 'normal';
}

async function tryKeyboard(page: Page, { visit, looks }: { visit: Visit; looks: Look[] }): Promise<string[]> {
  const problems: string[] = [];
  await show(page, SCREENS.phone);
  for (const { mode } of WHOLE ? looks : looks.slice(0, 1)) {
    await setMode(page, mode);
    const found = await walkWithTab(page);
    if (!visit.bare && (mode === 'normal' || !WHOLE)) found.push(...(await takeSkipLink(page)));
    problems.push(...found.map((problem) => `${mode} keyboard: ${problem}`));
  }
  return problems;
}

/** Without motion, so that nothing is measured in between, and to see that nothing moves. */
async function show(page: Page, { colorScheme, ...size }: Screen): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

function setMode(page: Page, mode: Look['mode']): Promise<void> {
  return page.evaluate((chosen) => {
    if (chosen === 'simple') document.documentElement.dataset.mode = chosen;
    else delete document.documentElement.dataset.mode;
  }, mode);
}

/** Keeps the page from fetching those it leads to ahead of time: half of the server's work, and nothing to be seen. */
async function stayHere(page: Page): Promise<void> {
  const network = await page.context().newCDPSession(page);
  network.on('Fetch.requestPaused', ({ requestId, request }) => {
    // What the page asks anew about itself has its answer: one that watches for news would else be lost on the way.
    const ahead = Object.keys(request.headers).some((name) => name.toLowerCase() === 'next-router-prefetch');
    const answer = ahead
      ? network.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
      : network.send('Fetch.continueRequest', { requestId });
    // The page may be gone by then, and nobody waits for it.
    answer.catch(() => undefined);
  });
  await network.send('Fetch.enable', { patterns: [{ urlPattern: '*_rsc=*' }] });
}

/** Errors and warnings of the page: its own, and the browser's about the content policy. */
function listen(page: Page, { status = 200 }: Visit): string[] {
  const log: string[] = [];
  page.on('pageerror', (error) => log.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // A page that answers with an error is told of by the browser, and by React where it drew the rest. That a style was
    // fetched ahead and is not used yet tells of a slow machine.
    const expected = status >= 400 && /status of [45]0|React error #441/.test(message.text());
    if (!expected && !message.text().includes('was preloaded using link preload')) log.push(message.text());
  });
  return log;
}

async function tooWide(page: Page): Promise<string[]> {
  const px = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return px > 0 ? [`${px} px too wide`] : [];
}
