import type { Browser, Page } from '@playwright/test';
import { addServices } from '../ask-desk';
import { digitsOf, tokenOn } from '../captcha';
import { expect, signUpSomebody, takeCard, test } from '../demo';
import { rows } from '../records';
import { order, payButton } from '../shopping';

test('without scripts the title says first that a form came back, and no longer once it is right', async ({
  browser,
  demo,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: demo.url });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page).toHaveTitle(/^登录/);
  await page.getByLabel('手机号或邮箱').fill('not a login');
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('请再看一眼');
  await expect(page).toHaveTitle(/^错误：登录/);
  await page.goto('/sign-in');
  await expect(page).toHaveTitle(/^登录/);
  await page.context().close();
});

for (const scripts of [true, false]) {
  test(`a shopper without cards binds one from the checkout and comes back to pay with it, scripts ${scripts ? 'on' : 'off'}`, async ({
    page,
    demo,
    browser,
  }) => {
    await signUpSomebody(page);
    const orderId = await order(page, 'celadon-mug');
    const shopper = scripts ? page : await withoutScripts(browser, page);
    await shopper.goto(`/checkout/${orderId}`);
    await expect(payButton(shopper)).toHaveText(/^支付宝付 68\.00/);
    await shopper.getByRole('link', { name: '绑定购物卡' }).click();
    await expect(shopper).toHaveURL(`/cards/bind?next=/checkout/${orderId}`);
    const card = takeCard(demo, 'fifty');
    await shopper.getByLabel('卡号', { exact: true }).fill(card.number);
    await shopper.getByLabel('密码', { exact: true }).fill(`${card.password}9`);
    await send(shopper, demo, scripts);
    await expect(shopper.getByRole('main').getByRole('alert')).toContainText('卡号或密码不对');
    await expect(shopper).toHaveTitle(/^错误：绑定新卡/);
    await shopper.getByLabel('密码', { exact: true }).fill(card.password);
    await send(shopper, demo, scripts);
    await expect(shopper.getByRole('heading', { level: 1 })).toHaveText('绑好了');
    await expect(shopper.getByRole('main')).toContainText('卡已收进您的卡包');
    await shopper.getByRole('link', { name: '回去付款' }).click();
    await expect(shopper).toHaveURL(`/checkout/${orderId}`);
    await expect(payButton(shopper)).toHaveText(/^卡付 50\.00/);
    await expect(shopper.getByRole('link', { name: '再绑一张卡' })).toBeVisible();
  });
}

test('the way back from binding leads to a checkout alone', async ({ page }) => {
  await signUpSomebody(page);
  for (const next of ['https://evil.example/', '//evil.example', '/account']) {
    await page.goto(`/cards/bind?next=${encodeURIComponent(next)}`);
    await expect(page.locator('input[name=next]')).toHaveCount(0);
  }
});

test('without scripts a loss is reported, and a new number is shown once', async ({
  page,
  demo,
  browser,
}) => {
  const { login } = await signUpSomebody(page);
  const [user] = await rows(demo, `SELECT "id" FROM "User" WHERE "email" = $1`, login);
  const services = await addServices(demo, String(user?.id));
  const holder = await withoutScripts(browser, page);
  await holder.goto(`/cards/${services.named}/loss`);
  await holder.getByRole('button', { name: '挂失，马上冻结' }).click();
  await expect(holder.getByRole('main').getByRole('alert')).toContainText('请写几句说明');
  await holder.getByLabel('怎么丢的').fill('昨天在公交车上丢了');
  await holder.getByRole('button', { name: '挂失，马上冻结' }).click();
  await expect(holder.getByText('已挂失，卡已冻结')).toBeVisible();
  await holder.goto(`/cards/${services.renewed}`);
  await holder.getByRole('button', { name: '显示新卡号和密码' }).click();
  await expect(holder.getByRole('main')).toContainText(/新卡号9102( \d{4}){3}新密码/);
  await holder.goto(`/cards/${services.renewed}`);
  await expect(holder.getByRole('button', { name: '显示新卡号和密码' })).toHaveCount(0);
});

async function send(page: Page, demo: Parameters<typeof digitsOf>[0], scripts: boolean): Promise<void> {
  if (!scripts) await page.getByLabel('图中的 5 位数字').fill(digitsOf(demo, await tokenOn(page)));
  await page.getByRole('button', { name: '绑定', exact: true }).click();
}

async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    baseURL: new URL(page.url()).origin,
  });
  return context.newPage();
}
