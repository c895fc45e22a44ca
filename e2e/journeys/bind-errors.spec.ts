import type { Page } from '@playwright/test';
import { issueDrawnChallenge } from '../../lib/captcha/drawn-challenge';
import { createProofOfWork } from '../../lib/captcha/proof-of-work';
import { captchaKey, digitsOf, tokenOn } from '../captcha';
import { type CardSecret, type Demo, expect, signUpSomebody, takeCard, test } from '../demo';

const WRONG_PASSWORD = 'WRONG-PASSW0RD-2345';
const NO_MATCH = '卡号或密码不对。请对照卡片核对卡号，再输一遍密码';
const WAIT = /试得太多了，请等 \d+ (秒|分钟)再试。卡里的钱不受影响/;

/** With scripts the captcha solves itself; without, somebody reads the digits. */
const WAYS = [
  { javaScriptEnabled: true, title: 'with JavaScript', answerCaptcha: async () => {} },
  { javaScriptEnabled: false, title: 'without JavaScript', answerCaptcha: readDigits },
];

for (const { javaScriptEnabled, title, answerCaptcha } of WAYS) {
  test.describe(title, () => {
    test.use({ javaScriptEnabled });

    test('each error says what it may, to whom it may; the number stays and the password goes', async ({
      page,
      demo,
    }) => {
      await signUpSomebody(page);
      const known = takeCard(demo, 'fifty');
      const attempt = async (card: CardSecret) => {
        await page.goto('/cards/bind');
        await page.getByLabel('卡号').fill(card.number);
        await page.getByLabel('密码', { exact: true }).fill(card.password);
        await answerCaptcha(page, demo);
        await page.getByRole('button', { name: '绑定', exact: true }).click();
      };
      /** Of what the browser itself could tell nothing was sent, and the password may be mended where it stands. */
      const expectError = async (card: CardSecret, message: string | RegExp, { sent = true } = {}) => {
        await attempt(card);
        const summary = page.locator('main [role=alert]');
        await expect(summary).toContainText(message);
        if (javaScriptEnabled) await expect(page).toHaveTitle(/^错误：/);
        await expect(page.getByLabel('卡号')).toHaveValue(grouped(card.number));
        if (sent) await expect(page.getByLabel('密码', { exact: true })).toHaveValue('');
        for (const form of [card.password, card.password.replaceAll('-', '')])
          expect(await page.content()).not.toContain(form);
        return (await summary.textContent()) ?? '';
      };

      const own = takeCard(demo, 'fifty');
      await attempt(own);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');

      const format = { sent: !javaScriptEnabled };
      await expectError({ ...known, number: '12345' }, '卡号是 8 到 19 位数字，请对照卡面再看一眼', format);
      await expectError(
        { ...known, password: '不对的密码' },
        '密码只有字母和数字，至少 6 位，请再看一眼',
        format,
      );
      const wrong = { password: WRONG_PASSWORD };
      const told = [
        await expectError({ ...known, ...wrong }, NO_MATCH),
        await expectError({ number: mistyped(known.number), password: known.password }, NO_MATCH),
        await expectError({ number: '9101000000000000', ...wrong }, NO_MATCH),
        // Of somebody else's card, and of one that is frozen, a guesser learns no more.
        await expectError(
          { number: demo.cards.find(({ state }) => state === 'bound')?.number ?? '', ...wrong },
          NO_MATCH,
        ),
      ];
      expect(new Set(told).size).toBe(1);

      const frozen = takeCard(demo, 'frozen');
      await expectError(frozen, '这张卡已冻结，暂时不能绑定。钱还在，请联系客服');
      await expectError(
        takeCard(demo, 'expired'),
        '这张卡已过期，不能绑定。余额还在，请联系客服办理延期或换卡',
      );
      await expectError(takeCard(demo, 'not_activated'), '这张卡还没有激活。请到购卡的地方激活，或联系客服');
      await attempt(own);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('这张卡已在您的卡包中');

      let last = '';
      for (let guess = 0; guess < 15 && !WAIT.test(last); guess += 1) {
        last = await expectError({ number: frozen.number, ...wrong }, /卡号或密码不对|试得太多了/);
      }
      expect(last).toMatch(WAIT);
    });

    test('a captcha that ran out says so, another comes by itself, and the card is bound', async ({
      page,
      demo,
    }) => {
      await signUpSomebody(page);
      const card = takeCard(demo, 'fifty');
      const longAgo = { now: new Date(Date.now() - 11 * 60_000), key: captchaKey(demo) };
      let asked = 0;
      await page.route('**/api/captcha/proof-of-work', async (route) => {
        asked += 1;
        if (asked > 1) return route.fallback();
        await route.fulfill({ json: await createProofOfWork(longAgo) });
      });
      await page.goto('/cards/bind');
      const fill = async () => {
        await page.getByLabel('卡号').fill(card.number);
        await page.getByLabel('密码', { exact: true }).fill(card.password);
      };
      await fill();
      await answerCaptcha(page, demo);
      await page.locator('[name=captchaDrawn]').evaluateAll((fields, token) => {
        for (const field of fields) field.setAttribute('value', token);
      }, issueDrawnChallenge(longAgo));
      const bind = page.getByRole('button', { name: '绑定', exact: true });
      await bind.click();
      await expect(page.locator('main [role=alert]')).toContainText('验证码过期了，已为您换新的，请再试一次');
      await expect(page.getByLabel('卡号')).toHaveValue(grouped(card.number));
      await expect(page.getByLabel('密码', { exact: true })).toHaveValue('');
      await fill();
      await answerCaptcha(page, demo);
      await bind.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('绑好了');
    });
  });
}

/** As the field shows it. */
function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** With another last digit. */
function mistyped(number: string): string {
  return `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
}

async function readDigits(page: Page, demo: Demo): Promise<void> {
  await page.getByLabel('图中的 5 位数字').fill(digitsOf(demo, await tokenOn(page)));
}
