import type { Browser, Page } from '@playwright/test';
import { expect, signUpSomebody, test } from '../demo';
import { startAnotherServer } from '../servers';
import { order } from '../shopping';

test.describe('without scripts', () => {
  test('an address that cannot be read, and one that leads nowhere, show the page that says so', async ({
    page,
    browser,
  }) => {
    await signUpSomebody(page);
    const reader = await withoutScripts(browser, page);
    for (const path of [
      '/cards/%E0%A4%A',
      '/shop/%00',
      '/nothing/%E0',
      '/nothing',
      '/shop/nothing',
      '/cards/nothing',
      '/cards/bind/nothing',
      '/orders/nothing',
      '/orders/nothing/refund',
      '/checkout/nothing',
      '/checkout/nothing/cashier',
      '/checkout/nothing/result',
      '/admin',
    ]) {
      const answer = await reader.goto(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await expect(reader.getByRole('heading', { level: 1 }), path).toHaveText('没有这一页');
      await expect(reader.getByRole('link', { name: '回首页' }), path).toBeVisible();
      await expect(reader, path).toHaveTitle(/^没有这一页/);
    }
  });

  test('staff read it too, in place of a case that does not exist', async ({ page, demo, browser }) => {
    await signInAtNextAuth(page, staffOf(demo, 'support'));
    const reader = await withoutScripts(browser, page);
    for (const path of [
      '/admin/cards/nothing',
      '/admin/orders/%00',
      '/admin/holders/nothing',
      '/admin/audit',
    ]) {
      const answer = await reader.goto(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await expect(reader.getByRole('heading', { level: 1 }), path).toHaveText('没有这一页');
    }
  });
});

test('with scripts, the page that is not there is the same before and after they ran', async ({ page }) => {
  const answer = await page.goto('/shop/nothing');
  expect(answer?.status()).toBe(404);
  expect(await answer?.text()).toContain('没有这一页');
  await page.getByRole('link', { name: '回首页' }).click();
  await expect(page).toHaveURL('/');
});

test('staff who sign in at the sign-in library’s own endpoint reach the desk', async ({ page, demo }) => {
  await signInAtNextAuth(page, staffOf(demo, 'supervisor'));
  expect((await page.goto('/admin'))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('times are the issuer’s', async ({ browser, demo }) => {
  const island = await startAnotherServer(demo, { KABAO_ZONE: 'Pacific/Kiritimati' });
  try {
    const page = await (await browser.newContext({ baseURL: island.url })).newPage();
    await signUpSomebody(page);
    await order(page, 'celadon-mug');
    const words = await page
      .getByText(/前付款/)
      .first()
      .textContent();
    const [shown] = /\d{2}:\d{2}/.exec(words ?? '') ?? [];
    const times = [28, 29, 30].map((minutes) =>
      new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Pacific/Kiritimati' }).format(
        Date.now() + minutes * 60_000,
      ),
    );
    expect(times).toContain(shown);
  } finally {
    await island.stop();
  }
});

/** The same person in a browser that runs no scripts. */
async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    baseURL: new URL(page.url()).origin,
  });
  return context.newPage();
}

function staffOf(
  demo: { staff: readonly { login: string; password: string; role: string }[] },
  role: string,
) {
  const found = demo.staff.find((person) => person.role === role);
  if (!found) throw new Error(`the demo has a ${role}`);
  return found;
}

async function signInAtNextAuth(page: Page, { login, password }: { login: string; password: string }) {
  await page.goto('/help');
  const origin = new URL(page.url()).origin;
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json();
  const answer = await page.request.post('/api/auth/callback/credentials', {
    headers: { origin },
    form: { csrfToken, login, password, json: 'true' },
  });
  expect(answer.status()).toBe(200);
}
