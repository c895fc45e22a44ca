import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import { type Demo, demoOf, test as demoTest, type Person, signIn } from '../demo';

type Named = Person & { readonly id: string };
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

/** What there is to look at; ids of `prepare-world.ts`. */
export interface World {
  readonly owner: Named;
  readonly newcomer: Named;
  readonly cards: Readonly<Record<'rich' | 'frozen' | 'soon' | 'expired' | 'usedUp', string>>;
  readonly orders: Readonly<Record<OrderName, string>>;
  /** Cashier pages at the gateway. */
  readonly cashiers: Readonly<Record<'waiting' | 'paid', string>>;
  /** A product's id. */
  readonly mug: string;
  /** Of the rich card. */
  readonly lastFour: string;
  readonly sessions: Readonly<Record<SignedIn, Cookies>>;
}

/** Who looks. */
export type Viewer = 'visitor' | SignedIn;
type SignedIn = 'owner' | 'newcomer' | 'support' | 'supervisor';
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** One world per worker, made in a few seconds; nothing that walks through it changes it. */
export const test = demoTest.extend<object, { world: World }>({
  world: [
    async ({ browser }, use, { project }) => {
      const demo = demoOf(project.name);
      const made = await prepareWorld(demo);
      const people = { owner: made.owner, newcomer: made.newcomer, ...staffOf(demo) };
      const cookiesOf = async (person: Person): Promise<Cookies> => {
        const page = await browser.newPage({ baseURL: demo.url, locale: 'zh-CN' });
        await signIn(page, person);
        const cookies = await page.context().cookies();
        await page.context().close();
        return cookies;
      };
      const [owner, newcomer, support, supervisor] = await Promise.all([
        cookiesOf(people.owner),
        cookiesOf(people.newcomer),
        cookiesOf(people.support),
        cookiesOf(people.supervisor),
      ]);
      await use({ ...made, sessions: { owner, newcomer, support, supervisor } });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function prepareWorld(demo: Demo): Promise<Omit<World, 'sessions'>> {
  const env = {
    ...process.env,
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: demo.folder,
    DATABASE_URL: demo.databaseUrl,
    PORT: new URL(demo.url).port,
  };
  const args = ['node_modules/tsx/dist/cli.mjs', 'e2e/pages/prepare-world.ts'];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout);
}

function staffOf(demo: Demo): Record<'support' | 'supervisor', Person> {
  const one = (role: string): Person => {
    const person = demo.staff.find((each) => each.role === role);
    if (!person) throw new Error(`the demo has a ${role}`);
    return person;
  };
  return { support: one('support'), supervisor: one('supervisor') };
}
