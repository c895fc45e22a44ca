import type { Page } from '@playwright/test';
import { expect, signUpSomebody, test } from '../demo';

const password = (page: Page) => page.getByLabel('密码', { exact: true });
const signInButton = (page: Page) => page.getByRole('main').getByRole('button', { name: '登录' });

async function signIn(page: Page, who: { login: string; password: string }) {
  await page.getByLabel('手机号或邮箱').fill(who.login);
  await password(page).fill(who.password);
  await signInButton(page).click();
}

test('who is sent to sign in comes back to the page that was asked for', async ({ page, demo }) => {
  const [shopper] = demo.shoppers;
  if (!shopper) throw new Error('the demo has shoppers');
  await page.goto('/account/sessions');
  await expect(page).toHaveURL('/sign-in?next=%2Faccount%2Fsessions');
  await signIn(page, shopper);
  await expect(page).toHaveURL('/account/sessions');
});

test('a sign-in never leads to another site', async ({ page, demo }) => {
  const [shopper] = demo.shoppers;
  if (!shopper) throw new Error('the demo has shoppers');
  for (const next of ['https://evil.example/', '//evil.example/', '/%5Cevil.example']) {
    await page.goto(`/sign-in?next=${next}`);
    await expect(page.locator('input[name=next]')).toHaveCount(0);
  }
  await page.locator('main form').evaluate((form) => {
    const planted = document.createElement('input');
    Object.assign(planted, { type: 'hidden', name: 'next', value: 'https://evil.example/' });
    form.append(planted);
  });
  await signIn(page, shopper);
  await expect(page).toHaveURL('/cards');
});

test('a wrong password and an unknown login get one answer, the login stays and the password goes', async ({
  page,
  demo,
}) => {
  const [shopper] = demo.shoppers;
  if (!shopper) throw new Error('the demo has shoppers');
  await page.goto('/sign-in');
  for (const login of [shopper.login, 'nobody@example.com']) {
    await signIn(page, { login, password: 'not the password' });
    const summary = page.getByRole('main').getByRole('alert');
    await expect(summary).toContainText('账号或密码不对，请再试一次');
    await expect(summary).toBeFocused();
    await expect(page).toHaveTitle(/^错误：/);
    await expect(page.getByLabel('手机号或邮箱')).toHaveValue(login);
    await expect(password(page)).toHaveValue('');
    expect(await page.content()).not.toContain('not the password');
    await page.reload();
  }
});

test('a weak password is refused with its reason, and a taken login says so', async ({ page, demo }) => {
  const [shopper] = demo.shoppers;
  if (!shopper) throw new Error('the demo has shoppers');
  await page.goto('/sign-up');
  await page.getByLabel('手机号或邮箱').fill(shopper.login);
  await password(page).fill('woaini1314');
  await page.getByRole('button', { name: '注册' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('请换一个');
  await password(page).fill('songguo lanhai qiche');
  await page.getByRole('button', { name: '注册' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('已经注册，请直接登录');
});

test('a session that is ended on one device is dead on the other at once', async ({
  page,
  browser,
  demo,
}) => {
  const person = await signUpSomebody(page);
  const other = await browser.newContext({ baseURL: demo.url, locale: 'zh-CN' });
  const otherPage = await other.newPage();
  await otherPage.goto('/sign-in?next=/account');
  await signIn(otherPage, person);
  await expect(otherPage).toHaveURL('/account');

  await page.goto('/account/sessions');
  await page.getByRole('button', { name: /^让 .* 退出登录$/ }).click();
  await expect(page.getByText('没有别的设备在登录。')).toBeVisible();
  await otherPage.reload();
  await expect(otherPage).toHaveURL('/sign-in?next=%2Faccount');
  expect(await (await other.request.get('/api/auth/session')).json()).toEqual({});
  await other.close();
});

test('a changed password signs the other devices out and is the one that counts', async ({
  page,
  browser,
  demo,
}) => {
  const person = await signUpSomebody(page);
  const other = await browser.newContext({ baseURL: demo.url, locale: 'zh-CN' });
  const otherPage = await other.newPage();
  await otherPage.goto('/sign-in?next=/account');
  await signIn(otherPage, person);
  await expect(otherPage).toHaveURL('/account');

  const changed = { ...person, password: 'denglong shuipao qiao' };
  await page.goto('/account/password');
  await page.getByLabel('现在的密码').fill(person.password);
  await page.getByLabel('新密码').fill(changed.password);
  await page.getByRole('main').getByRole('button', { name: '修改密码' }).click();
  await expect(page.getByRole('status')).toContainText('其他 1 台设备已退出');
  await otherPage.reload();
  await signIn(otherPage, person);
  await expect(otherPage.getByRole('main').getByRole('alert')).toContainText('账号或密码不对');
  await signIn(otherPage, changed);
  await expect(otherPage).toHaveURL('/account');
  await other.close();
});

test('next-auth and the pages agree on who is signed in', async ({ page }) => {
  const person = await signUpSomebody(page);
  const session = await (await page.request.get('/api/auth/session')).json();
  expect(session.user).toMatchObject({ role: 'shopper' });
  expect(JSON.stringify(session)).not.toContain(person.login);
  const cookie = (await page.context().cookies()).find(({ name }) => name.endsWith('session-token'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.goto('/account');
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL('/sign-in');
  expect(await (await page.request.get('/api/auth/session')).json()).toEqual({});
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a person signs up, out and in, and is told what is wrong', async ({ page }) => {
    await page.goto('/sign-up?next=/account');
    await page.getByRole('button', { name: '注册' }).click();
    const summary = page.getByRole('main').getByRole('alert');
    await expect(summary).toContainText('请输入手机号或邮箱');
    await expect(summary).toBeFocused();
    const login = `quiet-${Date.now()}@example.com`;
    await page.getByLabel('手机号或邮箱').fill(login);
    await password(page).fill('short');
    await page.getByRole('button', { name: '注册' }).click();
    await expect(summary).toContainText('密码至少 8 位');
    await expect(page.getByLabel('手机号或邮箱')).toHaveValue(login);
    expect(await page.content()).not.toContain('value="short"');
    await password(page).fill('songguo lanhai qiche');
    await page.getByRole('button', { name: '注册' }).click();
    await expect(page).toHaveURL('/account');
    await page.getByRole('button', { name: '退出登录' }).click();
    await signIn(page, { login, password: 'songguo lanhai qiche' });
    await expect(page).toHaveURL('/cards');
  });
});
