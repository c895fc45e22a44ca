import type { Page } from '@playwright/test';
import { digitsOf, tokenOn } from '../captcha';
import { bindCard, expect, signUpSomebody, takeCard, test } from '../demo';

const summary = (page: Page) => page.locator('main [role=alert]');
const bind = (page: Page) => page.getByRole('button', { name: '绑定', exact: true });

test('after a wrong password the number stays, the password is gone, and the error has focus', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').pressSequentially(card.number);
  await page.getByLabel('密码', { exact: true }).fill('WRONG-PASSW0RD-2345');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await bind(page).click();

  await expect(summary(page)).toContainText('卡号或密码不对');
  await expect(summary(page)).toBeFocused();
  await expect(page).toHaveTitle(/^错误：/);
  await expect(page.getByLabel('卡号')).toHaveValue(card.number.replace(/(\d{4})(?=\d)/g, '$1 '));
  await expect(page.getByLabel('密码', { exact: true })).toHaveValue('');
  await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('type', 'password');
  expect(await page.content()).not.toContain('WRONG-PASSW0RD');
});

test('a pasted message fills number and password, and the card can be sent before the proof is made', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `卡号：${card.number} 密码：${card.password}`);
  await expect(page.getByText('卡号和密码已分别填好')).toBeVisible();
  await bind(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
  await expect(page.getByRole('main')).toContainText('¥50.00');
});

test('the keyboard alone binds a card', async ({ page, demo }) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').focus();
  await page.keyboard.type(card.number);
  await page.keyboard.press('Tab');
  await page.keyboard.type(card.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
});

test('when no proof can be made, digits are offered and bind the card', async ({ page, demo }) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await page.route('**/api/captcha/proof-of-work', (route) => route.abort());
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').fill(card.number);
  await page.getByLabel('密码', { exact: true }).fill(card.password);
  await expect(page.getByText('自动验证没有成功')).toBeVisible();
  const before = await tokenOn(page);
  await page.getByRole('button', { name: '换一组' }).click();
  await expect.poll(() => tokenOn(page)).not.toBe(before);
  await page.getByLabel('图中的 5 位数字').fill(digitsOf(demo, await tokenOn(page)));
  await bind(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
});

test('another shopper finds neither the card nor its address', async ({ page, demo, browser }) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await bindCard(page, card);
  const bound = new URL(page.url()).pathname;
  const stranger = await browser.newPage({ baseURL: demo.url });
  await signUpSomebody(stranger);
  for (const path of [bound, bound.replace('/bind', ''), '/cards/crd_00000000000000000000000000']) {
    expect((await stranger.goto(path))?.status()).toBe(404);
  }
  await stranger.goto('/cards/bind');
  await stranger.getByLabel('卡号').fill(card.number);
  await stranger.getByLabel('密码', { exact: true }).fill(card.password);
  await bind(stranger).click();
  await expect(summary(stranger)).toContainText('其他账户');
  await stranger.close();
});

test('binding a card again shows it where it is', async ({ page, demo }) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  await bindCard(page, card);
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').fill(card.number);
  await page.getByLabel('密码', { exact: true }).fill(card.password.toLowerCase());
  await bind(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('这张卡已在您的卡包中');
});

test('without JavaScript digits are read or heard, others can be asked for, and the card is bound', async ({
  page,
  demo,
  browser,
}) => {
  await signUpSomebody(page);
  const card = takeCard(demo, 'fifty');
  const plain = await browser.newContext({
    baseURL: demo.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const form = await plain.newPage();
  await form.goto('/cards/bind');
  await fillWithoutScript(form, { ...card, digits: '1' });
  await expect(summary(form)).toContainText('验证码不对');
  await expect(form.getByLabel('密码', { exact: true })).toHaveValue('');

  const before = await tokenOn(form);
  await form.getByRole('button', { name: '换一组' }).first().click();
  expect(await tokenOn(form)).not.toBe(before);
  await expect(form.getByLabel('卡号')).toHaveValue(/^\d{4} /);

  const token = await tokenOn(form);
  const voice = await form.request.get(`/api/captcha/drawn/${token}/voice?locale=zh-CN`, {
    headers: { range: 'bytes=0-43' },
  });
  expect([voice.status(), (await voice.body()).subarray(0, 4).toString()]).toEqual([206, 'RIFF']);
  await fillWithoutScript(form, { ...card, digits: digitsOf(demo, token) });
  await expect(form.getByRole('heading', { level: 1 })).toHaveText('绑好了');
  await form.goto('/cards');
  await expect(form.getByRole('main')).toContainText('¥50.00');
  await plain.close();
});

async function fillWithoutScript(page: Page, card: { number: string; password: string; digits: string }) {
  await page.getByLabel('卡号').fill(card.number);
  await page.getByLabel('密码', { exact: true }).fill(card.password);
  await page.getByLabel('图中的 5 位数字').fill(card.digits);
  await page.getByLabel('图中的 5 位数字').press('Enter');
  await page.waitForLoadState();
}
