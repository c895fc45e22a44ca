import type { Browser, Page } from '@playwright/test';
import { digitsOf, tokenOn } from '../captcha';
import { type Demo, expect, signUpSomebody, takeCard, test } from '../demo';
import { order, payButton } from '../shopping';

const number = (page: Page) => page.getByLabel('卡号', { exact: true }).and(page.locator('#number'));
const password = (page: Page) => page.locator('#password');
const send = (page: Page) => page.getByRole('button', { name: '绑定', exact: true });

test('in simple mode a card is bound one question at a time, with the keyboard alone', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  await goSimple(page, demo);
  const card = takeCard(demo, 'fifty');
  await page.goto('/cards/bind');
  await expect(password(page)).toBeHidden();
  await expect(send(page)).toBeHidden();
  await number(page).fill('12');
  await page.keyboard.press('Enter');
  await expect(page.locator('#number-error')).toBeVisible();
  await expect(password(page)).toBeHidden();
  await number(page).fill(card.number);
  await page.keyboard.press('Enter');
  await expect(password(page)).toBeFocused();
  await expect(number(page)).toBeHidden();
  await page.keyboard.type(card.password);
  await page.getByRole('button', { name: '下一步' }).click();
  await expect(password(page)).toBeHidden();
  await send(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
});

test('and without scripts too: a refusal comes back to the question, the number stays and the password goes', async ({
  page,
  demo,
  browser,
}) => {
  await signUpSomebody(page);
  await goSimple(page, demo);
  const reader = await withoutScripts(browser, page);
  const card = takeCard(demo, 'fifty');
  await reader.goto('/cards/bind');
  await answerAll(reader, demo, { ...card, password: `${card.password}9` });
  await expect(reader.getByRole('main').getByRole('alert')).toContainText('卡号或密码不对');
  await expect(number(reader)).toHaveValue(card.number.replace(/(\d{4})(?=\d)/g, '$1 '));
  expect(await reader.content()).not.toContain(card.password);
  await answerAll(reader, demo, card);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('绑好了');
  expect(reader.url()).not.toContain(card.number);
});

test('in simple mode the checkout asks one thing, and shows the rest when it is asked for', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  await goSimple(page, demo);
  await order(page, 'celadon-mug');
  await expect(payButton(page)).toBeVisible();
  const lines = page.getByText('退款时怎么退');
  await expect(lines).toBeHidden();
  await page.getByText('看明细，或自己选卡').click();
  await expect(lines).toBeVisible();
});

async function goSimple(page: Page, demo: Demo): Promise<void> {
  await page.context().addCookies([{ name: 'kabao_mode', value: 'simple', url: demo.url }]);
}

/** Goes through the three questions and sends. */
async function answerAll(page: Page, demo: Demo, card: { number: string; password: string }): Promise<void> {
  const goOn = page.locator('label').filter({ hasText: '下一步' }).filter({ visible: true });
  await expect(password(page)).toBeHidden();
  await number(page).fill(card.number);
  await goOn.click();
  await expect(number(page)).toBeHidden();
  await password(page).fill(card.password);
  await goOn.click();
  await expect(password(page)).toBeHidden();
  await page.getByLabel('图中的 5 位数字').fill(digitsOf(demo, await tokenOn(page)));
  await send(page).click();
}

async function withoutScripts(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    baseURL: new URL(page.url()).origin,
  });
  return context.newPage();
}
