import type { Page } from '@playwright/test';
import { bindCard, type Demo, expect, type Person, signUpSomebody, takeCard, test } from '../demo';
import { rows } from '../records';
import { expectResult, order, payButton } from '../shopping';

/** Somebody pays, is told, reads it, and no longer wants mail of it. */
test('a payment is told in the inbox and by mail, until mail of payments is switched off', async ({
  page,
  demo,
}) => {
  const person = await signUpSomebody(page);
  await bindCard(page, takeCard(demo, 'thousand'));
  await pay(page, demo);

  await test.step('the inbox has it as unread, and leads to the order', async () => {
    await page.goto('/inbox');
    const entry = page.getByRole('link', { name: /付款成功/ });
    await expect(entry).toContainText('未读');
    await expect(entry).toContainText('¥68.00');
    await entry.click();
    await page.waitForURL(/\/orders\/ord_\w+$/);
  });

  await test.step('the account says so, until all is marked as read', async () => {
    await page.goto('/account');
    await page.getByRole('link', { name: /^消息.*2 条未读/ }).click();
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await expect(page.getByText('都看过了')).toBeVisible();
    await expect(page.getByText('未读', { exact: true })).toHaveCount(0);
  });

  await test.step('the demo shows the mail: text, picture, a link that leads to the order', async () => {
    const mail = (await mailsTo(page, person)).filter({ hasText: '付款成功' });
    await expect(mail).toHaveCount(1);
    await mail.getByText('邮件的样子').click();
    const frame = mail.frameLocator('iframe');
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('付款成功');
    await expect(frame.getByRole('link', { name: '查看详情' })).toBeVisible();
    await mail.getByRole('link', { name: /\/orders\/ord_/ }).click();
    await page.waitForURL(/\/orders\/ord_\w+$/);
  });

  await test.step('switch mail of payments off; what is about security cannot be', async () => {
    await page.goto('/account/notifications');
    const payments = page.getByRole('group', { name: '付款和退款' });
    await payments.getByRole('checkbox', { name: '邮件' }).uncheck();
    await expect(
      page.getByRole('group', { name: '安全' }).getByRole('checkbox', { name: /邮件/ }),
    ).toBeDisabled();
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('已保存。')).toBeVisible();
    await expect(payments.getByRole('checkbox', { name: '邮件' })).not.toBeChecked();
  });

  await test.step('the next payment is told in the inbox alone', async () => {
    await pay(page, demo);
    await page.goto('/inbox');
    await expect(page.getByRole('link', { name: /付款成功/ })).toHaveCount(2);
    await expect((await mailsTo(page, person)).filter({ hasText: '付款成功' })).toHaveCount(1);
  });
});

/** Pays, and waits until the worker has told everybody of it by every way. */
async function pay(page: Page, demo: Demo): Promise<void> {
  const orderId = await order(page, 'celadon-mug');
  await payButton(page).click();
  await expectResult(page, '付好了');
  const [payment] = await rows(demo, `SELECT "id" FROM "Payment" WHERE "orderId" = $1`, orderId);
  const told = async () => {
    const messages = await rows(
      demo,
      `SELECT "deliveredAt" FROM "OutboxMessage" WHERE "topic" = 'payment.paid' AND "payload" LIKE $1`,
      `%${payment?.id}%`,
    );
    return messages.length > 0 && messages.every(({ deliveredAt }) => deliveredAt !== null);
  };
  await expect.poll(told, { timeout: 30_000 }).toBe(true);
}

async function mailsTo(page: Page, { login }: Person) {
  await page.goto('/sandbox/outbox?channel=email');
  return page.getByRole('listitem').filter({ hasText: login });
}
