import type { APIRequestContext, Locator, Page } from '@playwright/test';
import type { SandboxSwitches } from '../lib/gateways/sandbox/switches';
import { type Demo, expect } from './demo';
import { rows } from './records';

/** Orders one product at once and stops at the page on which it is paid; returns the order's id. */
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

/** What the pay form of the shown page would send, in its order. */
export function payFields(page: Page): Promise<[name: string, value: string][]> {
  return page
    .locator('form[action$="/pay"]')
    .evaluate((form) =>
      form instanceof HTMLFormElement
        ? [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)])
        : [],
    );
}

/** Sends a pay form as a browser does, or as a script that asks for no page; returns status and where it leads. */
export async function sendPayment(
  who: APIRequestContext,
  payment: { demo: Demo; orderId: string; fields: readonly (readonly [string, string])[]; accept?: string },
): Promise<{ status: number; leadsTo: string | undefined }> {
  const { demo, orderId, fields, accept = 'text/html' } = payment;
  const response = await who.post(`/checkout/${orderId}/pay`, {
    data: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    headers: { accept, origin: demo.url, 'content-type': 'application/x-www-form-urlencoded' },
    maxRedirects: 0,
  });
  return { status: response.status(), leadsTo: response.headers().location };
}

/** Orders, presses the pay button and stops at the gateway's cashier. */
export async function goToCashier(page: Page, demo: Demo, slug = 'celadon-mug') {
  const orderId = await order(page, slug);
  await payButton(page).click();
  await page.waitForURL('**/sandbox/alipay/cashier/**');
  const [tender] = await rows(
    demo,
    `SELECT t."id" FROM "Tender" t JOIN "Payment" p ON p."id" = t."paymentId"
     WHERE p."orderId" = $1 AND t."kind" = 'external'`,
    orderId,
  );
  return { orderId, tenderId: String(tender?.id), cashier: new URL(page.url()).pathname };
}

/** Makes the gateway misbehave for one trade, or behave again (`{}`). */
export async function setSwitches(
  who: APIRequestContext,
  { demo, tenderId, switches }: { demo: Demo; tenderId: string; switches: SandboxSwitches },
): Promise<void> {
  const response = await who.put('/sandbox/alipay/switches', {
    data: { outTradeNo: tenderId, switches },
    headers: { origin: demo.url },
  });
  expect(response.status()).toBe(200);
}

/** Confirms at the gateway from elsewhere: no browser of the shopper's comes back with the news. */
export async function confirmElsewhere(who: APIRequestContext, demo: Demo, cashier: string): Promise<void> {
  const response = await who.post(`${cashier}/decision`, {
    form: { decision: 'pay' },
    headers: { origin: demo.url },
    maxRedirects: 0,
  });
  expect(response.status()).toBe(303);
}

/** Confirms at the gateway's own page, and comes back. */
export async function payAtCashier(page: Page): Promise<void> {
  await page.waitForURL('**/sandbox/alipay/cashier/**');
  await page.getByRole('button', { name: /^确认付款/ }).click();
  await page.waitForURL('**/checkout/*/result**');
}

/** Waits until the result page says how it ended; it looks again by itself. */
export async function expectResult(
  page: Page,
  title: '付好了' | '没有付成' | '正在取消付款' | '迟到的付款已退回',
): Promise<void> {
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
