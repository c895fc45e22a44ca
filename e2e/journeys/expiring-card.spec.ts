import type { Page } from '@playwright/test';
import { moveLastDay } from '../ask-desk';
import { bindCard, type Demo, expect, signUpSomebody, takeCard, test } from '../demo';
import { violationsOnceStill } from '../pages/axe';
import { audit, rows } from '../records';
import { order } from '../shopping';

test('a card is told of before it ends, ends with its value kept, and is exchanged', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  await bindCard(page, takeCard(demo, 'fifty'));
  const card = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  await test.step('five days before, the inbox says so and leads to the card', async () => {
    await moveLastDay(demo, card, 5);
    await told(demo, card, 'card.expiring');
    await page.goto('/inbox');
    const entry = page.getByRole('link', { name: /有一张卡快到期了/ });
    await expect(entry).toContainText('未读');
    await entry.click();
    await page.waitForURL(`**/cards/${card}`);
    await expect(page.getByText('即将过期')).toBeVisible();
    await expect(page.getByRole('link', { name: '申请延期' })).toBeVisible();
  });

  await test.step('when the day has passed, its value is kept aside and still the holder’s', async () => {
    await moveLastDay(demo, card, -1);
    await told(demo, card, 'card.expired');
    await page.goto(`/cards/${card}`);
    await expect(page.getByText('仍归您，可以申请延期或换卡')).toContainText('¥50.00');
    await expect(page.getByText('已到期，余额另外为您保管')).toBeVisible();
    await accessible(page);
    await page.goto('/cards');
    await expect(page.getByText('在过期的卡里，仍归您')).toContainText('¥50.00');
    await page.goto('/inbox');
    await expect(page.getByRole('link', { name: /有一张卡到期了/ })).toBeVisible();
  });

  await test.step('it pays nothing', async () => {
    await order(page, 'celadon-mug');
    await expect(page.getByRole('button', { name: '支付宝付 68.00' })).toBeVisible();
  });

  await test.step('its holder exchanges it and has the value back', async () => {
    await page.goto(`/cards/${card}`);
    await page.getByRole('link', { name: '过期换卡' }).click();
    await page.getByLabel('备注').fill('没注意到过期');
    await page.getByRole('button', { name: '换一张新卡' }).click();
    await page.waitForURL(/\/cards\/crd_\w+$/);
    await expect(page.getByText('延期或换卡，余额恢复')).toBeVisible();
    await expect(page.getByText('仍归您')).toHaveCount(0);
  });
  await audit(demo);
});

/** Waits until the worker has told the holder. */
async function told(demo: Demo, card: string, topic: string): Promise<void> {
  const sql = `SELECT "id" FROM "InboxMessage" WHERE "topic" = $1 AND "payload" LIKE $2`;
  await expect
    .poll(async () => (await rows(demo, sql, topic, `%${card}%`)).length, { timeout: 15_000 })
    .toBe(1);
}

async function accessible(page: Page): Promise<void> {
  expect(await violationsOnceStill(page)).toEqual([]);
}
