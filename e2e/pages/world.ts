import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import type { CardServiceWorld } from '../card-services';
import { type Demo, demoOf, test as demoTest } from '../demo';

type OrderName =
  | 'usedUp'
  | 'paid'
  | 'gold'
  | 'partly'
  | 'open'
  | 'cancelled'
  | 'lapsed'
  | 'pending'
  | 'unpaid'
  | 'cancelling'
  | 'late'
  | 'broken';

/** The ids of everything that `prepare-world.ts` made for the walk to visit. */
export interface World {
  readonly owner: { readonly id: string };
  readonly newcomer: { readonly id: string };
  readonly cards: Readonly<Record<'rich' | 'frozen' | 'soon' | 'expired' | 'usedUp', string>>;
  /** Cards for which something can be asked of the issuer, and what was asked. */
  readonly services: CardServiceWorld;
  readonly orders: Readonly<Record<OrderName, string>>;
  /** Cashier pages at the gateway. */
  readonly cashiers: Readonly<Record<'waiting' | 'paid', string>>;
  readonly purchases: Readonly<
    Record<'open' | 'issued' | 'some' | 'parcel' | 'reversed' | 'invoice', string>
  >;
  readonly gifts: Readonly<Record<'shared' | 'scheduled' | 'claimed', string>>;
  /** Tokens of redeem links; `claimed` was claimed by the owner. */
  readonly links: Readonly<Record<'closed' | 'opened' | 'asking' | 'claimed', string>>;
  /** A product's id. */
  readonly mug: string;
  /** Of the rich card. */
  readonly lastFour: string;
  /** The cookies of who has signed in. */
  readonly sessions: Readonly<Record<SignedIn, readonly { name: string; value: string; url: string }[]>>;
}

/** Who visits a page. */
export type Viewer = 'visitor' | SignedIn;
type SignedIn = 'owner' | 'newcomer' | 'broken' | 'support' | 'supervisor';

/**
 * One world per worker, made in a few seconds; nothing that walks through it changes it. `openAs` gives a page of
 * somebody's browser, which is the same for all visits, as its scripts need to come and to be read only once.
 */
export const test = demoTest.extend<
  { openAs: (viewer: Viewer) => Promise<Page> },
  { world: World; browsers: Map<Viewer, BrowserContext> }
>({
  world: [
    async ({ browserName: _ }, use, { project }) => use(await prepareWorld(demoOf(project.name))),
    { scope: 'worker', timeout: 120_000 },
  ],
  browsers: [
    async ({ browserName: _ }, use) => {
      const browsers = new Map<Viewer, BrowserContext>();
      await use(browsers);
      for (const browser of browsers.values()) await browser.close();
    },
    { scope: 'worker' },
  ],
  openAs: async ({ browser, browsers, world, demo, locale, timezoneId }, use) => {
    const pages: Page[] = [];
    await use(async (viewer) => {
      const settings = { baseURL: demo.url, locale: locale ?? '', timezoneId: timezoneId ?? '' };
      const known = browsers.get(viewer) ?? (await browser.newContext(settings));
      if (viewer !== 'visitor') await known.addCookies([...world.sessions[viewer]]);
      browsers.set(viewer, known);
      const page = await known.newPage();
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.close();
  },
});

async function prepareWorld(demo: Demo): Promise<World> {
  const env = {
    ...process.env,
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: demo.folder,
    DATABASE_URL: demo.databaseUrl,
    PORT: new URL(demo.url).port,
    KABAO_WORLD_OF: JSON.stringify(demo),
  };
  const args = ['node_modules/tsx/dist/cli.mjs', 'e2e/pages/prepare-world.ts'];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout);
}
