import type { Page } from '@playwright/test';
import { refuseRefunds } from '../ask-desk';
import { type Demo, expect, signIn, signUpSomebody, test } from '../demo';
import { violationsOnceStill } from '../pages/axe';
import { audit, rows } from '../records';
import { orderIdOf, payAtCashier, payButton } from '../shopping';

test('buy two cards for oneself with Alipay, find them in the wallet, and hand them back', async ({
  page,
  demo,
  browser,
}) => {
  await signUpSomebody(page);

  await test.step('choose at the counter', async () => {
    await page.goto('/buy');
    await accessible(page);
    await page.getByRole('link', { name: /福运/ }).click();
    await page.getByText('¥200.00', { exact: true }).click();
    await page.getByLabel('张数').fill('2');
    await accessible(page);
    await page.getByRole('button', { name: '看价格' }).click();
  });

  await test.step('check the price and order', async () => {
    await page.waitForURL('**/buy/fuyun/review?**');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('确认购卡');
    await accessible(page);
    await page.getByRole('button', { name: '去付款 ¥400.00' }).click();
    await page.waitForURL('**/checkout/ord_*');
  });

  const orderId = orderIdOf(page);
  await test.step('pay with Alipay: no card can', async () => {
    await expect(payButton(page)).toHaveText('支付宝付 400.00');
    await payButton(page).click();
    await payAtCashier(page);
    await page.getByRole('link', { name: '看买到的卡' }).click();
    await page.waitForURL('**/purchases/pur_*');
    await expect(page.getByText('卡已放进您的卡包，现在就能用。')).toBeVisible({ timeout: 30_000 });
    await accessible(page);
  });

  const purchase = new URL(page.url()).pathname;
  await test.step('they are in the wallet', async () => {
    await page.goto('/cards');
    await expect(page.getByRole('list', { name: '能付款的卡' }).getByRole('listitem')).toHaveCount(2);
    await expect(page.getByText('¥400.00').first()).toBeAttached();
  });

  await test.step('hand one of the two back: the sum is shown first, and the other stays', async () => {
    await page.goto(purchase);
    await page.getByText('退卡退款', { exact: true }).click();
    const choices = page.getByRole('group', { name: '退哪几张' }).getByRole('checkbox');
    await expect(choices).toHaveCount(2);
    for (const choice of await choices.all()) await expect(choice).toBeChecked();
    for (const choice of await choices.all()) await choice.uncheck();
    await page.getByRole('button', { name: '看看退多少钱' }).click();
    await expect(page.getByText('请先选要退的卡。')).toBeVisible();
    await accessible(page);
    await choices.last().check();
    await page.getByRole('button', { name: '看看退多少钱' }).click();
    await accessible(page);
    await page.getByRole('button', { name: '确认退卡，退回 ¥200.00' }).click();
    await expect(page.getByText('退的卡已作废，钱')).toBeVisible();
    await expect(page.getByText('已退款', { exact: true })).toBeVisible({ timeout: 45_000 });
    await expect(page.getByText('退的卡已作废，钱已退回您的付款方式。')).toBeVisible();
    await accessible(page);
    expect(await cardsOf(demo, orderId)).toEqual(['active', 'closed']);
  });

  await test.step('hand the other back: it is dead, and Alipay refuses the money', async () => {
    await refuseRefunds(demo, orderId, true);
    await page.goto(purchase);
    await page.getByText('退卡退款', { exact: true }).click();
    await page.getByRole('button', { name: '确认退卡，退回 ¥200.00' }).click();
    await expect(page.getByText('卡已作废，钱正在退回您的付款方式。')).toBeVisible();
    await expect.poll(() => refundsOf(demo, orderId), { timeout: 45_000 }).toEqual(['SUCCEEDED', 'FAILED']);
  });

  await test.step('support has it asked for again, and it is back', async () => {
    await refuseRefunds(demo, orderId, false);
    const context = await browser.newContext({ baseURL: demo.url, locale: 'zh-CN' });
    const desk = await context.newPage();
    const support = demo.staff.find(({ role }) => role === 'support');
    if (!support) throw new Error('the demo has a support agent');
    await signIn(desk, support);
    await desk.goto('/admin/shipments');
    await accessible(desk);
    const row = desk.getByRole('row').filter({ hasText: purchase.slice(-6) });
    await row.getByRole('button', { name: '再申请退款' }).click();
    await accessible(desk);
    await desk.getByRole('button', { name: '确认申请' }).click();
    await expect(desk.getByText('钱已退回顾客的付款方式。')).toBeVisible();
    await expect(row).toHaveCount(0);
    await accessible(desk);
    await context.close();
  });

  await test.step('the buyer sees it', async () => {
    await page.goto(purchase);
    await expect(page.getByText('钱已退回您的付款方式。')).toBeVisible({ timeout: 45_000 });
    expect(await cardsOf(demo, orderId)).toEqual(['closed', 'closed']);
    expect(await refundsOf(demo, orderId)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED']);
    await page.goto('/purchases');
    await expect(page.getByText('已退', { exact: true })).toBeVisible();
    await accessible(page);
  });
  await audit(demo);
});

async function cardsOf(demo: Demo, orderId: string) {
  const found = await rows(
    demo,
    `SELECT c."state" FROM "Card" c JOIN "CardPurchase" p ON p."batchId" = c."batchId" WHERE p."orderId" = $1
     ORDER BY c."state"`,
    orderId,
  );
  return found.map(({ state }) => state);
}

async function refundsOf(demo: Demo, orderId: string) {
  const found = await rows(
    demo,
    `SELECT r."state" FROM "Refund" r JOIN "Payment" p ON p."id" = r."paymentId" WHERE p."orderId" = $1 ORDER BY r."id"`,
    orderId,
  );
  return found.map(({ state }) => state);
}

async function accessible(page: Page): Promise<void> {
  expect(await violationsOnceStill(page)).toEqual([]);
}
