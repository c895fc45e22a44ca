import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';

/** A running installation with the demo's data, as `servers.ts` describes it. */
export interface Demo {
  readonly engine: string;
  readonly url: string;
  readonly databaseUrl: string;
  readonly folder: string;
  /** The address of the helper process `desk.ts`. */
  readonly desk: string;
  readonly shoppers: readonly { login: string; password: string; name: string }[];
  readonly staff: readonly { login: string; password: string; role: string }[];
  readonly cards: readonly (CardSecret & {
    programme: string;
    faceMinor: string;
    expiresAt: string | null;
    state: string;
  })[];
}

export interface CardSecret {
  readonly number: string;
  readonly password: string;
}

export interface Person {
  readonly login: string;
  readonly password: string;
}

/** A test that knows its engine's demo installation; every page of it belongs to a person of its own. */
export const test = base.extend<{ demo: Demo }>({
  demo: async ({ browserName: _ }, use, testInfo) => {
    await use(demoOf(testInfo.project.name));
  },
  baseURL: async ({ demo }, use) => use(demo.url),
});

export { expect } from '@playwright/test';

/** The installation that `servers.ts` started for a project. */
export function demoOf(project: string): Demo {
  const all: Record<string, Demo> = JSON.parse(process.env.KABAO_E2E ?? '{}');
  const demo = all[project];
  if (!demo) throw new Error(`no server for ${project}`);
  return demo;
}

let people = 0;

/** Signs a new person up, who has nothing yet; `phone` gives them a telephone number for a login. */
export async function signUpSomebody(page: Page, { phone = false } = {}): Promise<Person> {
  people += 1;
  const mark = `${process.pid}-${Date.now()}-${people}`;
  const login = phone ? `139${mark.replace(/\D/g, '').slice(-8)}` : `guest-${mark}@example.com`;
  const password = `songguo-lanhai-${people}7${process.pid}`;
  await page.goto('/sign-up');
  await page.getByLabel('手机号或邮箱').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '注册并登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'));
  return { login, password };
}

export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('手机号或邮箱').fill(person.login);
  await page.getByLabel('密码', { exact: true }).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Types a card into the bind form and sends it; the captcha solves itself. */
export async function tryCard(page: Page, card: CardSecret): Promise<void> {
  await page.getByLabel('卡号', { exact: true }).fill(card.number);
  await page.getByLabel('密码', { exact: true }).fill(card.password);
  await page.getByRole('button', { name: '绑定', exact: true }).click();
}

/** Binds a card the way a person does. */
export async function bindCard(page: Page, card: CardSecret): Promise<void> {
  await page.goto('/cards/bind');
  await tryCard(page, card);
  await page.getByRole('heading', { name: '绑好了' }).waitFor();
}

export type CardKind = 'fifty' | 'thousand' | 'named' | 'frozen' | 'expired' | 'not_activated';

/** A card that no other test gets: of ¥50, of ¥1,000, a named one of ¥200, or in a state in which it cannot be bound. */
export function takeCard(demo: Demo, kind: CardKind): CardSecret {
  const cards: Record<CardKind, CardSecret[]> = JSON.parse(
    readFileSync(join(demo.folder, CARDS_FILE), 'utf8'),
  );
  const card = cards[kind].find(({ number }) => claim(join(demo.folder, `taken-${number}`)));
  if (!card) throw new Error(`no ${kind} card is left: make more of them in prepare-cards.ts`);
  return card;
}

/** Where `servers.ts` leaves the cards of `prepare-cards.ts`. */
export const CARDS_FILE = 'journey-cards.json';

/** Creating a file succeeds once, whichever worker is first. */
function claim(file: string): boolean {
  try {
    openSync(file, 'wx');
    return true;
  } catch {
    return false;
  }
}
