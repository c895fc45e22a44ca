import { readdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../demo';
import { readFacts } from './facts';
import { judge, LOCALES, type Look, MODES } from './judge';
import { takeSkipLink, walkWithTab } from './keyboard';
import { VISITS, type Visit } from './visits';
import { test } from './world';

test.describe.configure({ mode: 'parallel' });
// A trace keeps the page at every step, which takes longer than the steps.
test.use({ trace: 'off' });

const LOOKS: readonly Look[] = LOCALES.flatMap((locale) => MODES.map((mode) => ({ locale, mode })));

test('every page of the app is on the walk', () => {
  const drawn = /(^|\/)(page|not-found|error|loading)\.tsx$/;
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => drawn.test(file))
    .map((file) => file.replace(/\.tsx$/, ''));
  expect([...new Set(VISITS.map(({ file }) => file))].sort()).toEqual(files.sort());
  expect(new Set(VISITS.map(({ name }) => name)).size).toBe(VISITS.length);
});

for (const visit of VISITS) {
  test(`${visit.name} keeps its promises in every language, mode and colour`, async ({
    page,
    world,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    if (visit.as !== 'visitor') await page.context().addCookies([...world.sessions[visit.as]]);
    await visit.before?.(page);
    const log = listen(page, visit);
    const problems: string[] = [];
    for (const look of LOOKS) {
      await choose(page, { ...look, url: baseURL ?? '' });
      const note = (where: string, found: readonly string[]) =>
        problems.push(...found.map((problem) => `${look.locale} ${look.mode} ${where}: ${problem}`));

      await show(page, PHONE);
      const response = await page.goto(visit.path(world));
      expect(response?.status()).toBe(visit.status ?? 200);
      await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 300 })));
      await visit.act?.(page);
      const facts = await readFacts(page);
      note('phone, light', [...judge(facts, visit, look), ...(await violations(page))]);
      if (visit.error === 'summary') expect(facts.focus, 'focus is on the summary').toBe('alert');
      if (look.locale === 'zh-CN') {
        note('keyboard', await walkWithTab(page));
        if (!visit.bare && look.mode === 'normal') note('keyboard', await takeSkipLink(page));
      }
      await show(page, NARROW);
      note('320 px', await tooWide(page));
      await show(page, DESK);
      note('desk, dark', [...judge(await readFacts(page), visit, look), ...(await violations(page))]);
      note('log', log.splice(0));
    }
    expect(problems).toEqual([]);
  });
}

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const PHONE: Screen = { width: 390, height: 844, colorScheme: 'light' };
const NARROW: Screen = { width: 320, height: 640, colorScheme: 'light' };
const DESK: Screen = { width: 1280, height: 800, colorScheme: 'dark' };

/** Without motion, so that nothing is measured in between, and to see that nothing moves. */
async function show(page: Page, { colorScheme, ...size }: Screen): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

async function choose(page: Page, { locale, mode, url }: Look & { url: string }): Promise<void> {
  await page.context().addCookies([
    { name: 'kabao_locale', value: locale, url },
    { name: 'kabao_mode', value: mode, url },
  ]);
}

/** Errors and warnings of the page: its own, and the browser's about the content policy. */
function listen(page: Page, { status = 200 }: Visit): string[] {
  const log: string[] = [];
  page.on('pageerror', (error) => log.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // A page that answers with an error is told of by the browser, and by React where it drew the rest.
    const expected = status >= 400 && /status of [45]0|React error #441/.test(message.text());
    if (!expected) log.push(message.text());
  });
  return log;
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

async function tooWide(page: Page): Promise<string[]> {
  const px = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return px > 0 ? [`${px} px too wide`] : [];
}
