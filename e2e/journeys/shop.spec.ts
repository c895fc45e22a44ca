import type { Browser, Page } from '@playwright/test';
import { expect, signUpSomebody, test } from '../demo';

test('search ignores case and width, and the filters live in the address', async ({ page }) => {
  await page.goto('/shop');
  await page.getByLabel('搜索商品').fill('ａｕ9999');
  await page.getByRole('button', { name: '搜索' }).click();
  await expect(page.getByText('“ａｕ9999”：3 件商品')).toBeVisible();
  await page.getByRole('link', { name: '可用购物卡支付', exact: true }).click();
  await expect(page.getByText('没有找到这样的商品')).toBeVisible();
  await page.getByRole('link', { name: '看全部商品' }).click();
  await page.waitForURL((url) => url.pathname === '/shop' && url.search === '');
  await page.getByRole('link', { name: '低价优先' }).click();
  await page.waitForURL('**/shop?sort=price-up');
  const prices = await page.locator('main li .figures > .sr-only').allTextContents();
  const fen = prices.map((price) => Number(price.replace(/[^\d]/g, '')));
  expect(fen.length).toBeGreaterThan(10);
  expect(fen).toEqual([...fen].sort((a, b) => a - b));
});

test('what no card can pay says so before it is bought', async ({ page }) => {
  for (const slug of ['gold-bar-5g', 'mobile-topup-100']) {
    await page.goto(`/shop/${slug}`);
    await expect(page.getByText('不可用购物卡支付').first()).toBeVisible();
  }
});

test('what a visitor wanted is in the basket once they have signed up', async ({ page }) => {
  await page.goto('/shop/celadon-mug');
  await page.getByRole('button', { name: '增加一件' }).click();
  await page.getByRole('button', { name: '加入购物车' }).click();
  await signUpInPlace(page);
  await page.waitForURL('**/basket');
  await expect(page.getByRole('spinbutton', { name: '青釉手作马克杯的数量' })).toHaveValue('2');
  await page.goto('/basket/resume');
  await page.waitForURL('**/basket');
  await expect(page.getByRole('spinbutton', { name: '青釉手作马克杯的数量' })).toHaveValue('2');
});

test('a basket is changed, undone and ordered, and the order is nobody else’s', async ({
  page,
  browser,
  demo,
}) => {
  await signUpSomebody(page);
  await changeAndOrder(page);
  await page.waitForURL('**/checkout/ord_*');
  const orderPath = new URL(page.url()).pathname.replace('/checkout/', '/orders/');
  await page.goto('/basket');
  await expect(page.getByText('购物车是空的')).toBeVisible();
  expect(await statusForSomebodyElse(browser, demo.url + orderPath)).toBe(404);
  await page.goto(orderPath);
  await page.getByText('取消订单').first().click();
  await page.getByRole('button', { name: '取消订单' }).click();
  await expect(page.getByText('订单已取消').first()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a basket is changed, undone and ordered', async ({ page }) => {
    await signUpSomebody(page);
    await changeAndOrder(page);
    await page.waitForURL('**/checkout/ord_*');
  });

  test('what a visitor wanted to buy at once is an order when they have signed up', async ({ page }) => {
    await page.goto('/shop/two-person-tent');
    await page.getByRole('button', { name: '立即购买' }).click();
    await signUpInPlace(page);
    await page.waitForURL('**/checkout/ord_*');
  });
});

async function changeAndOrder(page: Page): Promise<void> {
  for (const slug of ['celadon-mug', 'cherries']) {
    await page.goto(`/shop/${slug}`);
    await page.getByRole('button', { name: '加入购物车' }).click();
    await expect(page.getByText('已加入购物车')).toBeVisible();
  }
  await page.getByRole('link', { name: '去购物车' }).click();
  const mugs = page.getByRole('spinbutton', { name: '青釉手作马克杯的数量' });
  await page.getByRole('button', { name: '青釉手作马克杯，增加一件' }).click();
  await expect(mugs).toHaveValue('2');
  await mugs.fill('5');
  await mugs.press('Enter');
  await expect(page.getByText('429.90').first()).toBeVisible();
  await page.getByRole('button', { name: '移除山坳大樱桃 2 斤' }).click();
  await expect(page.getByText('已移除“山坳大樱桃 2 斤”')).toBeVisible();
  await page.getByRole('button', { name: '放回去' }).click();
  await expect(page.getByRole('spinbutton', { name: '山坳大樱桃 2 斤的数量' })).toHaveValue('1');
  await page.getByRole('button', { name: '去结算' }).filter({ visible: true }).click();
}

/** From the sign-in page that an action led to, over to signing up, without losing the way back. */
async function signUpInPlace(page: Page): Promise<void> {
  await page.waitForURL('**/sign-in?**');
  await page.getByRole('main').getByRole('link', { name: /注册/ }).click();
  await page.waitForURL('**/sign-up?**');
  await page.getByLabel('手机号或邮箱').fill(`visitor-${process.pid}-${Date.now()}@example.com`);
  await page.getByLabel('密码', { exact: true }).fill(`songguo-lanhai-8${process.pid}`);
  await page.getByRole('button', { name: '注册并登录' }).click();
}

async function statusForSomebodyElse(browser: Browser, url: string): Promise<number | undefined> {
  const context = await browser.newContext({ baseURL: new URL(url).origin });
  const page = await context.newPage();
  await signUpSomebody(page);
  const status = (await page.goto(url))?.status();
  await context.close();
  return status;
}
