import type { Page } from '@playwright/test';
import { expect } from '../demo';
import { violations } from './axe';
import { readFacts } from './facts';
import { htmlOf } from './html';
import { walkWithTab } from './keyboard';
import { VISITS } from './visits';
import { test } from './world';

test('pages that do different things have different titles', async ({ world, demo }) => {
  const filesOf = new Map<string, Set<string>>();
  for (const visit of VISITS.filter(({ status }) => status === undefined)) {
    const html = await htmlOf(visit, { url: demo.url, world });
    const [, title = ''] = /<title>([^<]*)<\/title>/.exec(html) ?? [];
    filesOf.set(title, (filesOf.get(title) ?? new Set()).add(visit.file));
  }
  const shared = [...filesOf]
    .filter(([, files]) => files.size > 1)
    .map(([title, files]) => [title, ...files]);
  expect(shared).toEqual([]);
  expect(filesOf.size).toBeGreaterThan(15);
});

test('a chosen colour scheme is the system’s own, in both modes', async ({ page, baseURL }) => {
  const choose = (name: string, value: string) =>
    page.context().addCookies([{ name, value, url: baseURL ?? '' }]);
  for (const mode of ['normal', 'simple']) {
    await choose('kabao_mode', mode);
    for (const scheme of ['light', 'dark'] as const) {
      await choose('kabao_theme', 'auto');
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto('/help');
      const system = await colours(page);
      await choose('kabao_theme', scheme);
      await page.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light' });
      await page.goto('/help');
      expect(await colours(page)).toEqual(system);
      expect(Object.keys(system).length).toBeGreaterThan(20);
    }
  }
});

test('simple mode, chosen once, is there on the next page, and one press leaves it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: '长辈版', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'simple');
  await page.getByRole('link', { name: '去商城' }).first().click();
  await page.waitForURL('**/shop');
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'simple');
  await page.getByRole('button', { name: '标准版' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-mode', 'simple');
});

test('motion stops for who does not want it, and is there for others', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('/');
  expect((await readFacts(page)).moving.length).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect((await readFacts(page)).moving).toEqual([]);
});

test('digits are spoken after a press, never before, and fall silent when others come', async ({
  page,
  world,
}) => {
  await page.context().addCookies([...world.sessions.newcomer]);
  const spoken: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/voice')) spoken.push(request.url());
  });
  await page.goto('/cards/bind');
  await page.getByRole('button', { name: '显示', exact: true }).waitFor();
  await page.getByRole('button', { name: '也可以看图或听数字' }).click();
  await expect(page.getByRole('img', { name: /验证码图片/ })).toBeVisible();
  expect(spoken).toEqual([]);
  await page.getByRole('button', { name: '听数字' }).click();
  await expect(page.getByRole('button', { name: '正在播放…' })).toBeVisible();
  await expect.poll(() => spoken.length).toBeGreaterThan(0);
  expect(spoken[0]).toContain('locale=zh-CN');
  await page.getByRole('button', { name: '换一组' }).click();
  await expect(page.getByRole('button', { name: '听数字' })).toBeVisible();
});

test('a page that failed says what to do, and nothing of what went wrong', async ({ page, world }) => {
  await page.context().addCookies([...world.sessions.owner]);
  const response = await page.goto(`/orders/${world.orders.broken}`);
  expect(response?.status()).toBe(500);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('main')).toContainText('不要重复付款');
  await expect(page.getByRole('main')).toContainText(/编号 \d+/);
  expect(await page.content()).not.toMatch(/does not know|invariant|node_modules|\.ts:/i);
  await page.getByRole('link', { name: '找人帮忙' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('帮助');
});

test('when the whole app fails, a page of its own says what to do, in both languages and colours', async ({
  page,
  world,
}) => {
  await page.context().addCookies([...world.sessions.broken]);
  const response = await page.goto('/');
  expect(response?.status()).toBe(500);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这一页没能打开');
  await expect(page.getByRole('main')).toContainText('Try again');
  await expect(page.getByRole('link', { name: '看我的订单' })).toHaveAttribute('href', '/orders');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page, { colours: true })).toEqual([]);
  }
  expect(await walkWithTab(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect((await readFacts(page)).sideways).toBe(0);
});

test('a mail of the demo is drawn with its own styles, and the page’s policy has nothing against it', async ({
  page,
  world,
}) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.context().addCookies([...world.sessions.owner]);
  await page.goto('/sandbox/outbox');
  // Not loaded anew: the page keeps the nonce under which it came.
  await page.getByRole('link', { name: '邮件', exact: true }).click();
  await page.waitForURL('**/sandbox/outbox?channel=email');
  await page.locator('main summary').first().click();
  const mail = page.frameLocator('main iframe');
  await expect(mail.locator('body')).toHaveCSS('background-color', 'rgb(250, 247, 242)');
  await expect(mail.getByRole('heading', { level: 1 })).toHaveCSS('font-size', '20px');
  expect(said.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
});

test('the display settings are reached with Tab from their button, and Escape leaves them', async ({
  page,
}) => {
  await page.goto('/help');
  const button = page.getByRole('button', { name: '设置', exact: true });
  await button.press('Enter');
  const settings = page.getByRole('dialog', { name: '显示设置' });
  await expect(settings).toBeVisible();
  for (const control of await settings.getByRole('button').all()) {
    await page.keyboard.press('Tab');
    await expect(control).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await expect(button).toBeFocused();
});

/** The colours in force, by the names of the tokens. */
function colours(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const names = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .flatMap((rule) =>
        rule instanceof CSSStyleRule && rule.selectorText === ':root' ? [...rule.style] : [],
      );
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(
      names.filter((name) => name.startsWith('--')).map((name) => [name, style.getPropertyValue(name)]),
    );
  });
}
