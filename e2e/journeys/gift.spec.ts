import type { Browser, Page } from '@playwright/test';
import { sendGift } from '../ask-desk';
import { type Demo, expect, signUpSomebody, test } from '../demo';
import { violationsOnceStill } from '../pages/axe';
import { audit, rows } from '../records';

const stranger = async (browser: Browser, demo: Demo, options = {}) =>
  (await browser.newContext({ baseURL: demo.url, locale: 'zh-CN', ...options })).newPage();

const openButton = (page: Page) => page.getByRole('button', { name: '拆开礼物' });
const claimButton = (page: Page) => page.getByRole('button', { name: '收进我的卡包' });

async function signUpHere(page: Page, mark: string): Promise<void> {
  await page.getByLabel('手机号或邮箱').fill(`gift-${mark}-${process.pid}-${Date.now()}@example.com`);
  await page.getByLabel('密码', { exact: true }).fill(`songguo-lanhai-${process.pid}5`);
  await page.getByRole('button', { name: '注册并登录' }).click();
}

test('a gift is opened without signing in, claimed into a new account in three presses, and is there once', async ({
  page,
  demo,
  browser,
}) => {
  const sender = await signUpSomebody(page);
  const gift = await sendGift(demo, sender.login);
  await page.goto(`/gifts/${gift.giftId}`);
  await expect(page.getByRole('main')).toContainText('发到了 l•••@example.com');

  const friend = await stranger(browser, demo);
  const asked: string[] = [];
  friend.on('request', async (request) => {
    const { referer = '' } = await request.allHeaders();
    asked.push(referer);
  });
  const answer = await friend.goto(gift.path);
  expect(answer?.headers()).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow, noarchive',
  });
  expect(answer?.headers()['cache-control']).toContain('no-store');
  await expect(friend.getByRole('heading', { level: 1 })).toHaveText('王芳 送您一份礼物');
  await openButton(friend).click();
  await expect(friend.getByText('生日快乐，买点自己喜欢的。')).toBeVisible();
  await expect(friend.getByRole('main')).toContainText('¥200.00');
  expect(await violationsOnceStill(friend)).toEqual([]);
  await friend.getByRole('button', { name: '注册新账户，收下' }).click();
  await friend.waitForURL('**/sign-up?next=**');
  expect(friend.url()).not.toContain(gift.path.slice(3));
  await signUpHere(friend, 'friend');
  await friend.waitForURL('**/gifts/claim');
  await claimButton(friend).click();
  await expect(friend.getByRole('main')).toContainText('收好了，卡已经在您的卡包里');
  await friend.goto(`/cards/${gift.cardId}`);
  await expect(friend.getByRole('main')).toContainText('¥200.00');
  expect(asked.filter((referer) => referer.includes('/g/'))).toEqual([]);

  const late = await stranger(browser, demo);
  await late.goto(gift.path);
  await expect(late.getByRole('heading', { level: 1 })).toHaveText('这份礼物已经被领走了');
  await friend.goto(gift.path);
  await expect(friend.getByRole('heading', { level: 1 })).toHaveText('这份礼物已经是您的了');
  await page.reload();
  await expect(page.getByRole('main')).toContainText('对方收下了');
  await audit(demo);
});

test('machines that follow the link, with scripts and without, neither open it nor use it up', async ({
  page,
  demo,
  browser,
}) => {
  const sender = await signUpSomebody(page);
  const gift = await sendGift(demo, sender.login);
  const crawler = await stranger(browser, demo);
  for (let visit = 0; visit < 100; visit += 1) {
    expect((await crawler.request.fetch(gift.path, { method: visit % 2 ? 'HEAD' : 'GET' })).status()).toBe(
      200,
    );
  }
  for (let visit = 0; visit < 3; visit += 1) {
    await crawler.goto(gift.path, { waitUntil: 'networkidle' });
  }
  const [row] = await rows(demo, `SELECT "state", "openedAt" FROM "Gift" WHERE "id" = $1`, gift.giftId);
  expect(row).toEqual({ state: 'sent', openedAt: null });
  await openButton(crawler).click();
  await expect(crawler.getByText('生日快乐，买点自己喜欢的。')).toBeVisible();
  await expect
    .poll(async () => {
      const [opened] = await rows(demo, `SELECT "openedAt" FROM "Gift" WHERE "id" = $1`, gift.giftId);
      return opened?.openedAt;
    })
    .not.toBeNull();
});

test('without JavaScript it opens and is claimed, with the passphrase that was told', async ({
  page,
  demo,
  browser,
}) => {
  const sender = await signUpSomebody(page);
  const gift = await sendGift(demo, sender.login, '老地方');
  const friend = await stranger(browser, demo, { javaScriptEnabled: false });
  await friend.goto(gift.path);
  await openButton(friend).click();
  await expect(friend.getByText('生日快乐，买点自己喜欢的。')).toBeVisible();
  await friend.getByRole('button', { name: '注册新账户，收下' }).click();
  await signUpHere(friend, 'plain');
  await friend.waitForURL('**/gifts/claim');
  await friend.getByLabel('领取口令').fill('新地方');
  await claimButton(friend).click();
  await expect(friend.getByRole('main')).toContainText('口令不对');
  await friend.getByLabel('领取口令').fill('老地方');
  await claimButton(friend).click();
  await expect(friend.getByRole('main')).toContainText('收好了，卡已经在您的卡包里');
});

test('a gift that was taken back is in the sender’s wallet, and its link says so; a made-up link is dead', async ({
  page,
  demo,
  browser,
}) => {
  const sender = await signUpSomebody(page);
  const gift = await sendGift(demo, sender.login);
  await page.goto('/gifts');
  await page.getByRole('link', { name: /送给 小李/ }).click();
  await page.getByRole('button', { name: '再送一次' }).click();
  await expect(page.getByRole('main')).toContainText('新链接已经送出，旧链接作废了。');
  const friend = await stranger(browser, demo);
  expect((await friend.goto(gift.path))?.status()).toBe(404);
  await expect(friend.getByRole('heading', { level: 1 })).toHaveText('这个链接打不开');
  await page.getByRole('button', { name: '收回礼物' }).click();
  await page.getByRole('button', { name: '收回，放进我的卡包' }).click();
  await expect(page.getByRole('main')).toContainText('已经收回，卡在您的卡包里。');
  await page.goto(`/cards/${gift.cardId}`);
  await expect(page.getByRole('main')).toContainText('¥200.00');
});
