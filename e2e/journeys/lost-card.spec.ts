import type { Page } from '@playwright/test';
import {
  bindCard,
  type CardSecret,
  type Demo,
  expect,
  signIn,
  signUpSomebody,
  takeCard,
  test,
  tryCard,
} from '../demo';
import { violationsOnceStill } from '../pages/axe';
import { audit } from '../records';

const SAID = { name: '林小满', document: '110101199003070070' };

test('report a named card lost, prove who one is, and go on with a new number', async ({
  page,
  demo,
  browser,
}) => {
  const somebodyElse = async () => {
    const context = await browser.newContext({ baseURL: demo.url, locale: 'zh-CN' });
    return context.newPage();
  };
  const { password } = await signUpSomebody(page);
  const card = takeCard(demo, 'named');
  await bindCard(page, card);
  const path = `/cards/${new URL(page.url()).pathname.split('/').at(-1)}`;
  await giveIdentity(page);

  await test.step('the loss is reported, and the card is frozen at once', async () => {
    await reportLost(page, path);
    await accessible(page);
  });

  await test.step('the report is not taken back by who has only the phone', async () => {
    await takeBack(page, '');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('撤销挂失，要填登录密码');
    await takeBack(page, 'not-the-password');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('现在的密码不对');
    await expect(page.getByLabel('登录密码', { exact: true })).toHaveValue('');
    await accessible(page);
    await page.goto(path);
    await expect(page.getByText('已挂失，卡已冻结')).toBeVisible();
  });

  await test.step('its holder takes it back with the password, and reports it again', async () => {
    await page.goto(`${path}/loss`);
    await takeBack(page, password);
    await page.waitForURL(`**${path}`);
    await expect(page.getByText('已挂失，卡已冻结')).toHaveCount(0);
    await reportLost(page, path);
  });

  await test.step('support compares what the caller says, and gives a new number', async () => {
    const desk = await somebodyElse();
    await signIn(desk, supportOf(demo));
    await desk.goto('/admin/requests?kind=loss');
    const row = desk.getByRole('row').filter({ hasText: `•${card.number.slice(-4)}` });
    await row.getByRole('link', { name: '挂失' }).click();
    await decide(desk, { ...SAID, name: '林大满' });
    await expect(desk.getByRole('main').getByRole('alert')).toContainText('姓名或证件号码和留存的对不上');
    await expect(desk.getByLabel('来电人报的证件号码')).toHaveValue('');
    await accessible(desk);
    await decide(desk, SAID);
    await expect(desk.getByText('已处理，持卡人会收到通知。')).toBeVisible();
    await desk.close();
  });

  const renewed = await test.step('the holder sees the balance, and once the new number', async () => {
    await page.goto(path);
    await expect(page.getByText('¥200.00').first()).toBeAttached();
    await page.getByRole('button', { name: '显示新卡号和密码' }).click();
    await expect(page.getByText('离开这一页就看不到了')).toBeVisible();
    await accessible(page);
    const [number, password] = await page.locator('main dl dd.text-xl').allTextContents();
    await page.reload();
    await expect(page.getByRole('button', { name: '显示新卡号和密码' })).toHaveCount(0);
    return { number: number ?? '', password: password ?? '' };
  });

  await test.step('the old number is one that never was, the new one is the holder’s', async () => {
    const finder = await somebodyElse();
    await signUpSomebody(finder);
    expect(await bindError(finder, card)).toContain('卡号或密码不对');
    expect(await bindError(finder, renewed)).toContain('这张卡已被其他账户绑定');
    await finder.close();
  });
  await audit(demo);
});

async function reportLost(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: '卡丢了？挂失' }).click();
  await page.getByLabel('怎么丢的').fill('昨天在公交车上丢了');
  await page.getByRole('button', { name: '挂失，马上冻结' }).click();
  await expect(page.getByText('已挂失，卡已冻结')).toBeVisible();
}

async function takeBack(page: Page, password: string): Promise<void> {
  await page.getByLabel('登录密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '卡找到了，撤销挂失' }).click();
}

function supportOf({ staff }: Demo) {
  const person = staff.find(({ role }) => role === 'support');
  if (!person) throw new Error('the demo has support');
  return person;
}

/** Who orders a named card says who they are; it need not be paid for that to be on file. */
async function giveIdentity(page: Page): Promise<void> {
  await page.goto('/buy/zhenxiang/review?face=10000&quantity=1&purpose=ship');
  await page.getByLabel('收件人').fill(SAID.name);
  await page.getByLabel('联系电话').fill('13800138000');
  await page.getByLabel('收件地址').fill('浙江省杭州市西湖区文三路1号');
  await page.getByLabel('姓名或单位名称').fill(SAID.name);
  await page.getByLabel('证件号码').fill(SAID.document);
  await page.getByRole('button', { name: /^去付款/ }).click();
  await page.waitForURL(/\/checkout\/ord_\w+$/);
}

async function decide(desk: Page, said: typeof SAID): Promise<void> {
  await desk.getByLabel('来电人报的姓名').fill(said.name);
  await desk.getByLabel('来电人报的证件号码').fill(said.document);
  await desk.getByLabel('给持卡人的答复').fill('身份已核对，已补办新卡号');
  await desk.getByRole('button', { name: '提交结果' }).click();
}

async function bindError(page: Page, card: CardSecret): Promise<string> {
  await page.goto('/cards/bind');
  await tryCard(page, card);
  const alert = page.getByRole('main').getByRole('alert');
  await alert.waitFor();
  return (await alert.textContent()) ?? '';
}

async function accessible(page: Page): Promise<void> {
  expect(await violationsOnceStill(page)).toEqual([]);
}
