import type { Page } from '@playwright/test';
import { bindCard, expect, signUpSomebody, takeCard, test } from '../demo';
import { payAtCashier, payButton } from '../shopping';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('language, colours and simple mode are chosen, and the page stays', async ({ page }) => {
    await page.goto('/shop/celadon-mug');
    await page.getByRole('button', { name: '长辈版', exact: true }).click();
    await expect(page.locator('html[data-mode=simple]')).toHaveCount(1);
    await page.getByRole('button', { name: '设置', exact: true }).click();
    await page.getByRole('button', { name: '深色' }).click();
    await expect(page.locator('html[data-mode=simple][data-theme=dark]')).toHaveCount(1);
    await page.getByRole('contentinfo').getByRole('button', { name: 'English' }).click();
    await expect(page.locator('html[lang=en][data-theme=dark]')).toHaveCount(1);
    await expect(page).toHaveURL('/shop/celadon-mug');
  });

  for (const path of ['/g/nothing', '/buy/nothing', '/sandbox/alipay/cashier/nothing', '/no-such-page']) {
    test(`${path}, where nothing is, says so`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/打不开|没有/);
      await expect(page.getByRole('main').getByRole('link')).toHaveCount(2);
    });
  }

  test('name and password are changed, and a refusal is told', async ({ page }) => {
    const person = await signUpSomebody(page);
    await page.goto('/account/name');
    await page.getByLabel('怎么称呼您').fill('林大满');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('main')).toContainText('林大满');
    await page.goto('/account/password');
    await page.getByLabel('现在的密码').fill('not that one');
    await page.getByLabel('新密码').fill('denglong shuipao qiao');
    await page.getByRole('main').getByRole('button', { name: '修改密码' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('现在的密码不对');
    await page.getByLabel('现在的密码').fill(person.password);
    await page.getByLabel('新密码').fill('denglong shuipao qiao');
    await page.getByRole('main').getByRole('button', { name: '修改密码' }).click();
    await expect(page.getByRole('status')).toContainText('密码已修改');
  });
});

test('without JavaScript an order is split by hand, paid at the gateway, and refunded', async ({
  page,
  browser,
  demo,
}) => {
  await signUpSomebody(page);
  await bindCard(page, takeCard(demo, 'fifty'));
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false, storageState });
  await splitPayAndRefund(await context.newPage());
  await context.close();
});

async function splitPayAndRefund(page: Page): Promise<void> {
  await page.goto('/shop/celadon-mug');
  await page.getByRole('button', { name: '立即购买' }).click();
  await expect(payButton(page)).toHaveText('卡付 50.00 + 支付宝 18.00');
  await page.getByText('自己选卡与金额').click();
  await page.getByRole('textbox', { name: /最多付$/ }).fill('20');
  await page.getByRole('button', { name: '更新' }).click();
  await expect(payButton(page)).toHaveText('卡付 20.00 + 支付宝 48.00');
  await payButton(page).click();
  await payAtCashier(page);
  // The page looks again by itself, here by its own refresh.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('付好了', { timeout: 30_000 });
  await page.getByRole('link', { name: '看订单' }).click();
  await page.getByRole('link', { name: '申请退款' }).click();
  await page.getByRole('textbox', { name: '或者填退款金额' }).fill('999');
  await page.getByRole('button', { name: '下一步，看退到哪里' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeFocused();
  await expect(page).toHaveTitle(/^错误：/);
  await page.getByRole('textbox', { name: '或者填退款金额' }).fill('30');
  await page.getByRole('button', { name: '下一步，看退到哪里' }).click();
  await page.getByRole('button', { name: '确认退款 ¥30.00' }).click();
  await expect(page.getByText('退款已提交')).toBeVisible();
}
