import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';

export interface Demo {
  readonly url: string;
  readonly databaseUrl: string;
  readonly folder: string;
  readonly shoppers: readonly { login: string; password: string; name: string }[];
  readonly staff: readonly { login: string; password: string; role: string }[];
  readonly cards: readonly {
    number: string;
    password: string;
    programme: string;
    faceMinor: string;
    expiresAt: string | null;
    state: string;
  }[];
}

/** A test that knows its engine's demo installation; every page of it belongs to a person of its own. */
export const test = base.extend<{ demo: Demo }>({
  demo: async ({ browserName: _ }, use, testInfo) => {
    const all: Record<string, Demo> = JSON.parse(process.env.KABAO_E2E ?? '{}');
    const demo = all[testInfo.project.name];
    if (!demo) throw new Error(`no server for ${testInfo.project.name}`);
    await use(demo);
  },
  baseURL: async ({ demo }, use) => use(demo.url),
});

export { expect } from '@playwright/test';

let people = 0;

/** Signs a new person up, who has nothing yet. */
export async function signUpSomebody(page: Page): Promise<{ login: string; password: string }> {
  people += 1;
  const login = `guest-${process.pid}-${Date.now()}-${people}@example.com`;
  const password = `songguo-lanhai-${people}7${process.pid}`;
  await page.goto('/sign-up');
  await page.getByLabel('手机号或邮箱').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '注册并登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'));
  return { login, password };
}

export async function signIn(page: Page, person: { login: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('手机号或邮箱').fill(person.login);
  await page.getByLabel('密码', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Binds a card the way a person does; the captcha solves itself. */
export async function bindCard(page: Page, card: { number: string; password: string }): Promise<void> {
  await page.goto('/cards/bind');
  await page.getByLabel('卡号').fill(card.number);
  await page.getByLabel('密码', { exact: true }).fill(card.password);
  await page.getByText('已通过').waitFor();
  await page.getByRole('button', { name: '绑定', exact: true }).click();
  await page.getByRole('heading', { name: '绑好了' }).waitFor();
}

/** A card issued for one test alone, through the product's own command. */
export function issueCard(demo: Demo, faceMinor: number): { number: string; password: string } {
  const out = join(demo.folder, `issued-${process.pid}-${Date.now()}-${Math.random()}.csv`);
  const args = ['--programme', 'fuyun', '--count', '1', '--face', String(faceMinor), '--out', out];
  const env = { ...process.env, KABAO_DATA_DIR: demo.folder, DATABASE_URL: demo.databaseUrl };
  execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/cards-issue.ts', ...args], {
    env,
    stdio: 'ignore',
  });
  const [, line = ''] = readFileSync(out, 'utf8').split('\n');
  const [number = '', password = ''] = line.split(',');
  return { number, password };
}
