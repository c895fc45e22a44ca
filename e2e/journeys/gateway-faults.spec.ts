import type { Page } from '@playwright/test';
import { bindCard, type Demo, expect, signUpSomebody, takeCard, test } from '../demo';
import { audit, rows } from '../records';
import {
  confirmElsewhere,
  expectResult,
  goToCashier,
  moneyOf,
  order,
  payAtCashier,
  payButton,
  setSwitches,
} from '../shopping';

/** A mug of ¥68.00, paid by a card of ¥50.00 and Alipay. */
function paid(over: { state?: string; tender?: string; refunded?: boolean } = {}) {
  const { state = 'PAID', tender = 'CAPTURED', refunded = false } = over;
  const back = (amountMinor: string) => (refunded ? amountMinor : '0');
  return {
    payments: [{ state, amountMinor: '6800' }],
    tenders: [
      { kind: 'card', state: tender, amountMinor: '5000', refundedMinor: back('5000') },
      { kind: 'external', state: tender, amountMinor: '1800', refundedMinor: back('1800') },
    ],
    trades: [
      {
        state: refunded ? 'TRADE_CLOSED' : 'TRADE_SUCCESS',
        amountMinor: '1800',
        refundedMinor: back('1800'),
      },
    ],
  };
}

test('the gateway’s answer is lost on the way to the shopper: they go on with the same payment', async ({
  page,
  demo,
}) => {
  await shopperWithCard(page, demo);
  // The gateway takes the order and opens the trade, but the shopper's browser hears nothing of it.
  await page.route('**/sandbox/alipay/gateway**', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  const orderId = await orderThatGetsNowhere(page);
  await page.unroute('**/sandbox/alipay/gateway**');
  await page.goto(`/orders/${orderId}`);
  await page.getByRole('link', { name: '看付款进度' }).first().click();
  await page.waitForURL('**/checkout/*/result');
  await page.getByRole('link', { name: '继续付款' }).click();
  await payAtCashier(page);
  await expectResult(page, '付好了');
  expect(await moneyOf(demo, orderId)).toEqual(paid());
});

test('however the news travels, a payment is paid once, within a minute of the gateway being reachable', async ({
  page,
  demo,
}, testInfo) => {
  await shopperWithCard(page, demo);
  const who = page.request;
  const started = {
    outage: await goToCashier(page, demo),
    never: await goToCashier(page, demo),
    duplicate: await goToCashier(page, demo),
    late: await goToCashier(page, demo),
    forged: await goToCashier(page, demo),
  };
  // Nobody looks at a page from here on: what happens is the gateway's and the worker's doing.
  await page.goto('about:blank');
  const misbehave = (name: keyof typeof started, switches: Parameters<typeof setSwitches>[1]['switches']) =>
    setSwitches(who, { demo, tenderId: started[name].tenderId, switches });
  await misbehave('outage', { down: true, notify: 'never' });
  await misbehave('never', { notify: 'never' });
  await misbehave('duplicate', { notify: 'duplicate' });
  await misbehave('late', { notify: 'late' });
  await misbehave('forged', {
    notify: 'never',
    forgeNotifications: ['signature', 'amount', 'app_id'],
    down: true,
  });
  const asked = await questions(demo, started.outage.orderId);
  for (const { cashier } of Object.values(started)) await confirmElsewhere(who, demo, cashier);
  const confirmedAt = Date.now();

  await expect
    .poll(() => refusedMessages(demo, started.forged.tenderId), POLL)
    .toEqual(['amount_mismatch', 'bad_signature', 'wrong_app']);
  expect((await moneyOf(demo, started.forged.orderId)).payments).toEqual([
    { state: 'EXTERNAL_PENDING', amountMinor: '6800' },
  ]);
  const seconds: Record<string, number> = {};
  const settled = async (name: keyof typeof started, since: number) => {
    await expect
      .poll(async () => (await moneyOf(demo, started[name].orderId)).payments[0]?.state, POLL)
      .toBe('PAID');
    seconds[name] = Math.round((Date.now() - since) / 1_000);
  };
  await Promise.all((['never', 'duplicate', 'late'] as const).map((name) => settled(name, confirmedAt)));
  // The gateway is asked in vain a few times; the card of ¥50.00 is still held for the payment.
  await expect.poll(() => questions(demo, started.outage.orderId), POLL).toBeGreaterThanOrEqual(asked + 2);
  // A question is counted before its result is stored.
  await expect
    .poll(async () => (await moneyOf(demo, started.outage.orderId)).tenders, POLL)
    .toMatchObject([
      { kind: 'card', state: 'AUTHORIZED' },
      { kind: 'external', state: 'UNKNOWN' },
    ]);
  await misbehave('outage', { notify: 'never' });
  await misbehave('forged', { notify: 'never' });
  const reachableAt = Date.now();
  await Promise.all((['outage', 'forged'] as const).map((name) => settled(name, reachableAt)));
  console.log('seconds until settled', seconds);
  testInfo.annotations.push({ type: 'seconds until settled', description: JSON.stringify(seconds) });
  expect(Math.max(...Object.values(seconds))).toBeLessThanOrEqual(60);

  expect(await moneyOf(demo, started.outage.orderId)).toEqual(paid());
  for (const { orderId } of Object.values(started)) {
    const { payments, trades } = await moneyOf(demo, orderId);
    expect([payments.length, trades.length]).toEqual([1, 1]);
    expect(await timesSettled(demo, orderId)).toBe(1);
  }
});

test('without network the page that waits for the news stays, and tells it when the network is back', async ({
  page,
  demo,
}) => {
  await shopperWithCard(page, demo);
  const { orderId, cashier } = await goToCashier(page, demo);
  await page.goto(`/checkout/${orderId}/result`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('正在确认付款');
  await page.context().setOffline(true);
  for (let looks = 0; looks < 2; looks += 1) await page.waitForEvent('requestfailed');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('正在确认付款');
  await confirmElsewhere(page.request, demo, cashier);
  await page.context().setOffline(false);
  await expectResult(page, '付好了');
});

test('the tab closed at the cashier: given up while the gateway is down, the card is free once the gateway has proven it', async ({
  page,
  demo,
}, testInfo) => {
  const card = await shopperWithCard(page, demo);
  const { orderId, tenderId } = await goToCashier(page, demo);
  await setSwitches(page.request, { demo, tenderId, switches: { down: true } });
  await page.goto(`/checkout/${orderId}/result`);
  await page.getByRole('button', { name: /^不付了/ }).click();
  await expectResult(page, '正在取消付款');
  expect(await usableOn(demo, card)).toBe(0n);
  expect((await moneyOf(demo, orderId)).payments).toMatchObject([{ state: 'CANCELLING' }]);

  await setSwitches(page.request, { demo, tenderId, switches: {} });
  const reachableAt = Date.now();
  await page.goto('about:blank');
  await expect.poll(() => usableOn(demo, card), POLL).toBe(5_000n);
  const seconds = Math.round((Date.now() - reachableAt) / 1_000);
  console.log('seconds until released', seconds);
  testInfo.annotations.push({ type: 'seconds until released', description: String(seconds) });
  expect(seconds).toBeLessThanOrEqual(60);
  await page.goto(`/checkout/${orderId}/result`);
  await expectResult(page, '没有付成');
  expect((await moneyOf(demo, orderId)).trades).toMatchObject([{ state: 'TRADE_CLOSED' }]);
});

test('money that arrives after the release goes back, and the card is not touched', async ({
  page,
  demo,
}) => {
  const card = await shopperWithCard(page, demo);
  const { orderId, tenderId, cashier } = await goToCashier(page, demo);
  await setSwitches(page.request, { demo, tenderId, switches: { ignoreCloses: true } });
  await page.goto(`/checkout/${orderId}/result`);
  await page.getByRole('button', { name: /^不付了/ }).click();
  await expectResult(page, '没有付成');
  expect(await usableOn(demo, card)).toBe(5_000n);

  await page.goto(cashier);
  await payAtCashier(page);
  await expectResult(page, '迟到的付款已退回');
  await expect(page.getByRole('main')).toContainText('已经原路退回，卡里的钱没有动');
  expect(await usableOn(demo, card)).toBe(5_000n);
  expect(await moneyOf(demo, orderId)).toEqual({
    payments: [{ state: 'EXTERNAL_REFUNDED', amountMinor: '6800' }],
    tenders: [
      { kind: 'card', state: 'VOIDED', amountMinor: '5000', refundedMinor: '0' },
      { kind: 'external', state: 'REFUNDED', amountMinor: '1800', refundedMinor: '0' },
    ],
    trades: [{ state: 'TRADE_CLOSED', amountMinor: '1800', refundedMinor: '1800' }],
  });
});

test('a refund whose answer is lost goes back once', async ({ page, demo }) => {
  const card = await shopperWithCard(page, demo);
  const { orderId, tenderId } = await goToCashier(page, demo);
  await payAtCashier(page);
  await expectResult(page, '付好了');
  const lost = { loseAnswers: ['refund' as const, 'refund_query' as const] };
  await setSwitches(page.request, { demo, tenderId, switches: lost });
  await page.goto(`/orders/${orderId}/refund?from=whole`);
  await page.getByRole('button', { name: '确认退款 ¥68.00' }).click();
  await expect(page.getByText('退款已提交')).toBeVisible({ timeout: 20_000 });
  // The card has its part back. The gateway has made its refund too, but its answer was lost.
  expect(await usableOn(demo, card)).toBe(5_000n);
  expect(await moneyOf(demo, orderId)).toMatchObject({
    tenders: [{ state: 'REFUNDED' }, { state: 'REFUNDING' }],
    trades: [{ refundedMinor: '1800' }],
  });
  await setSwitches(page.request, { demo, tenderId, switches: {} });
  const whole = paid({ state: 'REFUNDED', tender: 'REFUNDED', refunded: true });
  await expect.poll(() => moneyOf(demo, orderId), POLL).toEqual(whole);
});

test('the books agree after all of it', async ({ demo }) => audit(demo));

const POLL = { timeout: 60_000, intervals: [500] };

/** Signs somebody new up, who has a card of ¥50.00; returns its id. */
async function shopperWithCard(page: Page, demo: Demo): Promise<string> {
  await signUpSomebody(page);
  await bindCard(page, takeCard(demo, 'fifty'));
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Orders a mug and presses the pay button, on the way to a gateway that never answers. */
async function orderThatGetsNowhere(page: Page): Promise<string> {
  const orderId = await order(page, 'celadon-mug');
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/sandbox/'));
  await payButton(page).click();
  await failed;
  return orderId;
}

async function usableOn(demo: Demo, card: string): Promise<bigint> {
  const [account] = await rows(
    demo,
    `SELECT a."creditsPosted", a."debitsPosted", a."debitsPending" FROM "Account" a
     JOIN "Card" c ON c."accountId" = a."id" WHERE c."id" = $1`,
    card,
  );
  const amount = (name: string) => BigInt(String(account?.[name]));
  return amount('creditsPosted') - amount('debitsPosted') - amount('debitsPending');
}

/** Why messages that speak of a trade were refused. */
async function refusedMessages(demo: Demo, tenderId: string): Promise<string[]> {
  const sql = `SELECT "externalId" FROM "GatewayNotification" WHERE "verdict" = 'refused' AND "body" LIKE $1`;
  const codes = (await rows(demo, sql, `%${tenderId}%`)).map(
    ({ externalId }) => String(externalId).split(':')[0] ?? '',
  );
  return [...new Set(codes)].sort();
}

/** How often the gateway was asked; before an outage it answers that the payment is awaited. */
async function questions(demo: Demo, orderId: string): Promise<number> {
  const [payment] = await rows(demo, `SELECT "checks" FROM "Payment" WHERE "orderId" = $1`, orderId);
  return Number(payment?.checks);
}

async function timesSettled(demo: Demo, orderId: string): Promise<number> {
  const sql = `SELECT e."id" FROM "PaymentEvent" e JOIN "Payment" p ON p."id" = e."paymentId"
    WHERE p."orderId" = $1 AND e."event" = 'settled'`;
  return (await rows(demo, sql, orderId)).length;
}
