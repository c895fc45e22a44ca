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
  await page.getByRole('button', { name: '注册' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'));
  return { login, password };
}
