import type { Page } from '@playwright/test';
import { expect, signUpSomebody, takeCard, test, tryCard } from '../demo';
import { auditByCommand } from '../records';
import { expectResult, moneyOf, orderIdOf, payAtCashier, payButton } from '../shopping';

/** The main job, as a newcomer does it on a phone, in Chinese: two mugs of ¥68.00, a card of ¥50.00. */
test('sign up, bind a card, pay with it and Alipay, and get every fen back where it came from', async ({
  page,
  demo,
}) => {
  const card = takeCard(demo, 'fifty');
  const tail = card.number.slice(-4);

  await test.step('sign up', () => signUpSomebody(page));

  await test.step('bind the card and see what is on it, and until when', async () => {
    await page.getByRole('link', { name: '绑定第一张卡' }).click();
    await tryCard(page, card);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
    await expect(
      page
        .getByRole('definition')
        .filter({ hasText: /^¥50\.00/ })
        .first(),
    ).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: /24:00$/ })).toBeVisible();
    await page.getByRole('link', { name: '去我的卡包' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('我的卡包');
    await expect(page.getByRole('main')).toContainText('可用合计¥50.00');
  });

  await test.step('put two mugs into the basket and check out', async () => {
    await page.getByRole('link', { name: '去商城逛逛' }).click();
    await page.getByRole('searchbox', { name: '搜索商品' }).fill('马克杯');
    await page.getByRole('button', { name: '搜索' }).click();
    await page.getByRole('link', { name: /青釉手作马克杯/ }).click();
    await page.getByRole('spinbutton', { name: '数量' }).fill('2');
    await page.getByRole('button', { name: '加入购物车' }).click();
    await page.getByRole('link', { name: '去购物车' }).click();
    await page.getByRole('button', { name: '去结算' }).click();
    await page.waitForURL(/\/checkout\/ord_\w+$/);
  });
  const orderId = orderIdOf(page);

  await test.step('pay: the button says the split, the card first', async () => {
    await expect(payButton(page)).toHaveText('卡付 50.00 + 支付宝 86.00');
    await payButton(page).click();
    await payAtCashier(page);
    await expectResult(page, '付好了');
    const receipt = page.getByRole('list', { name: '付款明细' });
    await expect(receipt.getByRole('listitem').filter({ hasText: `•${tail}` })).toContainText('¥50.00');
    await expect(receipt.getByRole('listitem').filter({ hasText: '支付宝' })).toContainText('¥86.00');
  });

  await test.step('the wallet shows the card as used up, its statement the payment', async () => {
    await page.goto('/cards');
    await expect(page.getByRole('main')).toContainText('可用合计¥0.00');
    await page.getByRole('link', { name: new RegExp(`•${tail}.*已用完`) }).click();
    await expect(statement(page)).toContainText('−¥50.00');
  });

  await test.step('get a part of a line back: all of it to the card', async () => {
    await page.goto('/orders');
    await page.getByRole('list', { name: '订单' }).getByRole('link').first().click();
    await expect(page.getByText('已付款', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: '申请退款' }).click();
    await page.getByRole('textbox', { name: '或者填退款金额' }).fill('30');
    await page.getByRole('button', { name: '下一步，看退到哪里' }).click();
    await expect(goingBack(page)).toHaveText([new RegExp(`•${tail}.*¥30\\.00`)]);
    await page.getByRole('button', { name: '确认退款 ¥30.00' }).click();
    await expect(page.getByText('退款已提交')).toBeVisible();
    await expect(page.getByText('部分退款', { exact: true })).toBeVisible();
  });

  await test.step('get the rest back: the card is made whole, Alipay gets what it paid', async () => {
    await page.getByRole('link', { name: '申请退款' }).click();
    await page.getByRole('button', { name: '全部退款 ¥106.00' }).click();
    await expect(goingBack(page)).toHaveText([new RegExp(`•${tail}.*¥20\\.00`), /支付宝.*¥86\.00/]);
    await page.getByRole('button', { name: '确认退款 ¥106.00' }).click();
    await expect(page.getByText('退款已提交')).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText('已全部退款').first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect
      .poll(() => moneyOf(demo, orderId), { timeout: 30_000 })
      .toEqual({
        payments: [{ state: 'REFUNDED', amountMinor: '13600' }],
        tenders: [
          { kind: 'card', state: 'REFUNDED', amountMinor: '5000', refundedMinor: '5000' },
          { kind: 'external', state: 'REFUNDED', amountMinor: '8600', refundedMinor: '8600' },
        ],
        trades: [{ state: 'TRADE_CLOSED', amountMinor: '8600', refundedMinor: '8600' }],
      });
  });

  await test.step('the card is as full as before, and its statement tells why', async () => {
    await page.goto('/cards');
    await expect(page.getByRole('main')).toContainText('可用合计¥50.00');
    await page
      .getByRole('link', { name: new RegExp(tail) })
      .first()
      .click();
    for (const amount of ['+¥20.00', '+¥30.00', '−¥50.00', '+¥50.00']) {
      await expect(statement(page)).toContainText(amount);
    }
  });

  await test.step('the books agree', () => auditByCommand(demo));
});

function statement(page: Page) {
  return page.getByRole('list', { name: '收支明细' });
}

/** The rows of the review: what goes back where. */
function goingBack(page: Page) {
  const section = page.locator('section', { has: page.getByRole('heading', { name: '退到哪里' }) });
  return section.getByRole('listitem');
}
