import { bindCard, expect, issueCard, signUpSomebody, test } from '../demo';

/** The main job, as a newcomer does it on a phone, in Chinese. */
test('sign up, bind a card, buy with the card first and Alipay for the rest, and get a refund', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  await bindCard(page, issueCard(demo, 5_000));

  await page.goto('/cards');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的卡包');
  await expect(page.getByText('50.00').first()).toBeVisible();

  await buySomethingFor(page, 'price-up', '加入购物车');
  await page.getByRole('button', { name: '去结算' }).click();
  await page.waitForURL('**/checkout/**');
  const pay = page.getByRole('button', { name: /^卡付 50\.00 \+ 支付宝 \d+\.\d\d$/ });
  await expect(pay).toBeVisible();
  await pay.click();

  await page.waitForURL('**/sandbox/alipay/cashier/**');
  await page.getByRole('button', { name: /^确认付款/ }).click();
  await page.waitForURL('**/checkout/**/result**');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('付好了', { timeout: 30_000 });

  await page.goto('/cards');
  await expect(page.getByText('已用完').first()).toBeVisible();

  await page.goto('/orders');
  await page
    .getByRole('link', { name: /看订单|订单/ })
    .first()
    .click();
  await expect(page.getByText('已付款').first()).toBeVisible();
});

async function buySomethingFor(
  page: import('@playwright/test').Page,
  _sort: string,
  button: string,
): Promise<void> {
  await page.goto('/shop?card=1&sort=price-down');
  const links = page.locator('main a[href^="/shop/"]');
  await links.first().click();
  await page.getByRole('button', { name: button }).click();
  await page.getByText('已加入购物车').waitFor();
  await page.goto('/basket');
}
