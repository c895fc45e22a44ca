import type { Page } from '@playwright/test';
import { bindCard, type Demo, expect, signUpSomebody, takeCard, test } from '../demo';
import { audit, rows } from '../records';
import { expectResult, moneyOf, order, payAtCashier, payButton, payFields, sendPayment } from '../shopping';

/** A mug of ¥68.00, paid by a card of ¥50.00 and Alipay. */
const HALF_PAID = {
  payments: [{ state: 'EXTERNAL_PENDING', amountMinor: '6800' }],
  tenders: [
    { kind: 'card', state: 'AUTHORIZED', amountMinor: '5000', refundedMinor: '0' },
    { kind: 'external', state: 'PENDING', amountMinor: '1800', refundedMinor: '0' },
  ],
  trades: [],
};
const PAID = {
  payments: [{ state: 'PAID', amountMinor: '6800' }],
  tenders: [
    { kind: 'card', state: 'CAPTURED', amountMinor: '5000', refundedMinor: '0' },
    { kind: 'external', state: 'CAPTURED', amountMinor: '1800', refundedMinor: '0' },
  ],
  trades: [{ state: 'TRADE_SUCCESS', amountMinor: '1800', refundedMinor: '0' }],
};
/** The same mug, paid by a card alone. */
const PAID_BY_CARD = {
  payments: [{ state: 'PAID', amountMinor: '6800' }],
  tenders: [{ kind: 'card', state: 'CAPTURED', amountMinor: '6800', refundedMinor: '0' }],
  trades: [],
};

test('two tabs pay one order with one card: it is paid once, and both say so', async ({ page, demo }) => {
  await shopperWith(page, demo, 'thousand');
  const orderId = await order(page, 'celadon-mug');
  const other = await page.context().newPage();
  await other.goto(`/checkout/${orderId}`);
  await Promise.all([payButton(page).click(), payButton(other).click()]);
  await Promise.all([expectResult(page, '付好了'), expectResult(other, '付好了')]);
  expect(await moneyOf(demo, orderId)).toEqual(PAID_BY_CARD);
});

test('two tabs pay two orders with a card that covers one: the other is shown what it would now pay', async ({
  page,
  demo,
}) => {
  const card = await shopperWith(page, demo, 'fifty');
  const other = await page.context().newPage();
  const orders = [await order(page, TOOTHBRUSH), await order(other, TOOTHBRUSH)];
  await page.reload();
  for (const tab of [page, other]) await expect(payButton(tab)).toHaveText(/^卡付 \d+\.\d\d$/);
  await Promise.all([payButton(page).click(), payButton(other).click()]);
  await Promise.all([page, other].map((tab) => tab.waitForURL(/\/result|problem=split_changed/)));
  const [won, lost] = page.url().includes('/result') ? [page, other] : [other, page];
  await expectResult(won, '付好了');
  await expect(lost.getByText('余额刚刚有变化，请再看一眼')).toBeVisible();
  await expect(payButton(lost)).toHaveText(/^卡付 \d+\.\d\d \+ 支付宝 \d+\.\d\d$/);
  const payments = await Promise.all(orders.map((id) => moneyOf(demo, id)));
  expect(payments.map(({ payments: made }) => made.length).sort()).toEqual([0, 1]);
  const price = BigInt(String(payments.flatMap(({ payments: made }) => made)[0]?.amountMinor));
  expect(await leftOn(demo, card)).toBe(5_000n - price);
});

test('a double click pays once, and neither the way back nor a reload pays again', async ({ page, demo }) => {
  const card = await shopperWith(page, demo, 'thousand');
  const orderId = await order(page, 'celadon-mug');
  const fields = await payFields(page);
  await payButton(page).dblclick();
  await expectResult(page, '付好了');
  await page.goBack();
  await expectResult(page, '付好了');
  await page.reload();
  await expectResult(page, '付好了');
  const again = await sendPayment(page.request, { demo, orderId, fields });
  expect(again).toEqual({ status: 303, leadsTo: `/checkout/${orderId}/result` });
  const withNewKey = fields.map(([name, value]) => [
    name,
    name === 'idempotencyKey' ? crypto.randomUUID() : value,
  ]);
  const anew = await sendPayment(page.request, { demo, orderId, fields: pairs(withNewKey) });
  expect(anew).toEqual({ status: 303, leadsTo: `/checkout/${orderId}/result` });
  expect(await moneyOf(demo, orderId)).toEqual(PAID_BY_CARD);
  expect(await leftOn(demo, card)).toBe(100_000n - 6_800n);
});

test('one form sent twenty times at once, and again later, is one payment; another form under its key is refused', async ({
  page,
  demo,
}) => {
  await shopperWith(page, demo, 'fifty');
  const orderId = await order(page, 'celadon-mug');
  const fields = await payFields(page);
  const payment = { demo, orderId, fields };
  const toCashier = { status: 303, leadsTo: `/checkout/${orderId}/cashier` };
  const atOnce = await Promise.all(Array.from({ length: 20 }, () => sendPayment(page.request, payment)));
  expect(new Set(atOnce.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify(toCashier)]),
  );
  expect(await moneyOf(demo, orderId)).toEqual(HALF_PAID);

  const other = pairs(fields.map(([name, value]) => [name, name === 'cardMinor' ? '4000' : value]));
  expect(await sendPayment(page.request, { demo, orderId, fields: other, accept: '*/*' })).toEqual({
    status: 422,
    leadsTo: undefined,
  });
  expect(await sendPayment(page.request, { demo, orderId, fields: other })).toEqual({
    status: 303,
    leadsTo: `/checkout/${orderId}?problem=idempotency_key_reused`,
  });
  expect(await moneyOf(demo, orderId)).toEqual(HALF_PAID);

  await page.goto(`/checkout/${orderId}/cashier`);
  await payAtCashier(page);
  await expectResult(page, '付好了');
  expect(await sendPayment(page.request, payment)).toEqual({
    status: 303,
    leadsTo: `/checkout/${orderId}/result`,
  });
  expect(await moneyOf(demo, orderId)).toEqual(PAID);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a double click on the pay button pays once', async ({ page, demo, browser }) => {
    // Binding without scripts is a journey of its own: here it is done with them.
    const scripted = await browser.newPage({ baseURL: demo.url, locale: 'zh-CN', javaScriptEnabled: true });
    await shopperWith(scripted, demo, 'thousand');
    await page.context().addCookies(await scripted.context().cookies());
    const orderId = await order(page, 'celadon-mug');
    await payButton(page).dblclick();
    await expectResult(page, '付好了');
    expect(await moneyOf(demo, orderId)).toEqual(PAID_BY_CARD);
  });
});

test('the books agree after all of it', async ({ demo }) => audit(demo));

/** ¥39.90: a card of ¥50.00 covers one of it, not two. */
const TOOTHBRUSH = 'bamboo-toothbrush';

/** Signs somebody new up, who has one card; returns its id. */
async function shopperWith(page: Page, demo: Demo, kind: 'fifty' | 'thousand'): Promise<string> {
  await signUpSomebody(page);
  await bindCard(page, takeCard(demo, kind));
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function leftOn(demo: Demo, card: string): Promise<bigint> {
  const [account] = await rows(
    demo,
    `SELECT a."creditsPosted", a."debitsPosted", a."debitsPending" FROM "Account" a
     JOIN "Card" c ON c."accountId" = a."id" WHERE c."id" = $1`,
    card,
  );
  const amount = (name: string) => BigInt(String(account?.[name]));
  return amount('creditsPosted') - amount('debitsPosted') - amount('debitsPending');
}

function pairs(list: readonly (readonly (string | undefined)[])[]): [string, string][] {
  return list.map(([name = '', value = '']) => [name, value]);
}
