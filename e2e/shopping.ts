import type { Locator, Page } from '@playwright/test';
import { type Demo, expect } from './demo';
import { rows } from './records';

/** Orders one product at once and stops at the page on which it is paid; answers the order's id. */
export async function order(page: Page, slug: string, quantity = 1): Promise<string> {
  await page.goto(`/shop/${slug}`);
  if (quantity > 1) await page.getByRole('spinbutton', { name: '数量' }).fill(String(quantity));
  await page.getByRole('button', { name: '立即购买' }).click();
  await page.waitForURL(/\/checkout\/ord_\w+$/);
  return orderIdOf(page);
}

/** The order that the page's address names. */
export function orderIdOf(page: Page): string {
  const [id] = /ord_\w+/.exec(page.url()) ?? [];
  if (!id) throw new Error(`no order in ${page.url()}`);
  return id;
}

/** The one button that pays; its words say how much comes from where. */
export function payButton(page: Page): Locator {
  return page.getByRole('button', { name: /^(卡付|支付宝付) [\d,]+\.\d\d/ });
}

/** Confirms at the gateway's own page, and comes back. */
export async function payAtCashier(page: Page): Promise<void> {
  await page.waitForURL('**/sandbox/alipay/cashier/**');
  await page.getByRole('button', { name: /^确认付款/ }).click();
  await page.waitForURL('**/checkout/*/result**');
}

/** Waits until the result page says how it ended; it looks again by itself. */
export async function expectResult(page: Page, title: '付好了' | '没有付成'): Promise<void> {
  await page.waitForURL('**/checkout/*/result**');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, { timeout: 30_000 });
}

/** What the database knows of everything that was paid for an order. Amounts in minor units. */
export async function moneyOf(demo: Demo, orderId: string) {
  const [payments, tenders, trades] = await Promise.all([
    rows(demo, `SELECT "state", "amountMinor" FROM "Payment" WHERE "orderId" = $1 ORDER BY "id"`, orderId),
    rows(
      demo,
      `SELECT t."kind", t."state", t."amountMinor", t."refundedMinor" FROM "Tender" t
       JOIN "Payment" p ON p."id" = t."paymentId" WHERE p."orderId" = $1 ORDER BY p."id", t."position"`,
      orderId,
    ),
    rows(
      demo,
      `SELECT s."state", s."amountMinor", s."refundedMinor" FROM "SandboxTrade" s
       JOIN "Tender" t ON t."id" = s."outTradeNo"
       JOIN "Payment" p ON p."id" = t."paymentId" WHERE p."orderId" = $1 ORDER BY p."id"`,
      orderId,
    ),
  ]);
  return { payments, tenders, trades };
}
