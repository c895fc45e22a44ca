import type { Browser, Page } from '@playwright/test';
import { type Demo, expect, signIn, signUpSomebody, test } from '../demo';
import { ask, type Visitor, visitorAt } from './answers';
import { becomeOwner, type Owner, traceOf } from './owner';
import { type Place, places } from './surface';

/** Who opens each page. Support and supervisor are staff; outside of the support desk they see no more than strangers. */
const WALKERS = ['anonymous', 'stranger', 'owner', 'support', 'supervisor'] as const;
type Walker = (typeof WALKERS)[number];

/**
 * What an address shows to whom. `open`: to everybody. `signed-out`: to who has no session yet. `signed-in`: their own to everybody with a session; others are
 * sent to sign in. `owner`: to its owner; for others with a session it does not exist. `support` and `supervisor`: to
 * them; for everybody else there is no such address.
 */
type Audience = 'open' | 'signed-out' | 'signed-in' | 'owner' | 'support' | 'supervisor';

const PAGES: Record<string, readonly [Audience, (own: Owner) => string]> = {
  '/': ['open', () => '/'],
  '/account': ['signed-in', () => '/account'],
  '/account/name': ['signed-in', () => '/account/name'],
  '/account/notifications': ['signed-in', () => '/account/notifications'],
  '/account/password': ['signed-in', () => '/account/password'],
  '/account/sessions': ['signed-in', () => '/account/sessions'],
  '/admin': ['support', () => '/admin'],
  '/admin/audit': ['supervisor', () => '/admin/audit'],
  '/admin/cards/[id]': ['support', ({ card }) => `/admin/cards/${card}`],
  '/admin/holders/[id]': ['support', ({ user }) => `/admin/holders/${user}`],
  '/admin/orders/[id]': ['support', ({ paid }) => `/admin/orders/${paid}`],
  '/admin/requests': ['support', () => '/admin/requests'],
  '/admin/requests/[id]': ['support', ({ services }) => `/admin/requests/${services.lossId}`],
  '/admin/shipments': ['support', () => '/admin/shipments'],
  '/admin/shipments/invoices/[id]': ['support', ({ invoice }) => `/admin/shipments/invoices/${invoice}`],
  '/basket': ['signed-in', () => '/basket'],
  '/buy': ['open', () => '/buy'],
  '/buy/[programme]': ['open', () => '/buy/fuyun'],
  '/buy/[programme]/review': ['signed-in', () => '/buy/fuyun/review?face=10000'],
  '/cards': ['signed-in', () => '/cards'],
  '/cards/[id]': ['owner', ({ card }) => `/cards/${card}`],
  '/cards/[id]/close': ['owner', ({ card }) => `/cards/${card}/close`],
  '/cards/[id]/exchange': ['owner', ({ services }) => `/cards/${services.ended}/exchange`],
  '/cards/[id]/extension': ['owner', ({ services }) => `/cards/${services.ending}/extension`],
  '/cards/[id]/limit': ['owner', ({ card }) => `/cards/${card}/limit`],
  '/cards/[id]/loss': ['owner', ({ services }) => `/cards/${services.named}/loss`],
  '/cards/archived': ['signed-in', () => '/cards/archived'],
  '/cards/bind': ['signed-in', () => '/cards/bind'],
  '/cards/bind/[id]': ['owner', ({ card }) => `/cards/bind/${card}`],
  '/checkout/[orderId]': ['owner', ({ open }) => `/checkout/${open}`],
  '/checkout/[orderId]/cashier': ['owner', ({ paying }) => `/checkout/${paying}/cashier`],
  '/checkout/[orderId]/result': ['owner', ({ paying }) => `/checkout/${paying}/result`],
  // Whoever has the link may see it.
  '/g/[token]': ['open', ({ gift }) => gift.path],
  '/gifts': ['signed-in', () => '/gifts'],
  '/gifts/[id]': ['owner', ({ gift }) => `/gifts/${gift.giftId}`],
  '/gifts/[id]/recipient': ['owner', ({ gift }) => `/gifts/${gift.giftId}/recipient`],
  '/gifts/claim': ['signed-in', () => '/gifts/claim'],
  '/help': ['open', () => '/help'],
  '/inbox': ['signed-in', () => '/inbox'],
  '/orders': ['signed-in', () => '/orders'],
  '/orders/[id]': ['owner', ({ paid }) => `/orders/${paid}`],
  '/orders/[id]/refund': ['owner', ({ paid }) => `/orders/${paid}/refund?from=whole`],
  '/purchases': ['signed-in', () => '/purchases'],
  '/purchases/[id]': ['owner', ({ purchase }) => `/purchases/${purchase}`],
  // The sandbox gateway's pages stand for another company's: they know no session, and their ids are the key.
  '/sandbox/alipay/cashier/[id]': ['open', ({ trade }) => `/sandbox/alipay/cashier/${trade}`],
  '/sandbox/alipay/refused': ['open', () => '/sandbox/alipay/refused'],
  // In the demo alone, where it stands for everybody's mailbox.
  '/sandbox/outbox': ['open', () => '/sandbox/outbox'],
  '/shop': ['open', () => '/shop'],
  '/shop/[slug]': ['open', () => '/shop/celadon-mug'],
  '/sign-in': ['signed-out', () => '/sign-in'],
  '/sign-up': ['signed-out', () => '/sign-up'],
};

/** The status of a handler's answer to a GET, for anybody. Handlers that change something are in guard.spec.ts. */
const HANDLERS: Record<string, number | null> = {
  '/api/auth/[...nextauth]': 200,
  '/api/captcha/drawn': 200,
  '/api/captcha/drawn/[token]/picture': 404,
  '/api/captcha/drawn/[token]/voice': 404,
  '/api/captcha/proof-of-work': 200,
  '/api/webhooks/[gateway]': null,
  // Only a browser that goes there as a page does anything.
  '/basket/resume': 204,
  '/checkout/[orderId]/pay': null,
  '/healthz': 200,
  '/metrics': 404,
  '/readyz': 200,
  '/sandbox/alipay/cashier/[id]/decision': null,
  '/sandbox/alipay/gateway': 200,
  '/sandbox/alipay/switches': 200,
};

test('every address of the app folder is walked', () => {
  const found = places();
  const of = (kind: Place['kind']) =>
    found.filter((place) => place.kind === kind).map((place) => place.address);
  expect(of('page')).toEqual(Object.keys(PAGES).sort((a, b) => a.localeCompare(b)));
  expect(of('handler')).toEqual(Object.keys(HANDLERS).sort((a, b) => a.localeCompare(b)));
});

test('nobody sees what is another’s, and what one may not see answers like what does not exist', async ({
  page,
  demo,
  browser,
}) => {
  test.setTimeout(240_000);
  const own = await becomeOwner(page, demo);
  const before = await traceOf(demo, own.user);
  const walkers = { ...(await otherWalkers(browser, demo)), owner: await visitorAt(demo.url, page) };
  for (const [pattern, [audience, path]] of Object.entries(PAGES)) {
    const asked = audience.startsWith('signed') || audience === 'open' ? [{}] : [{}, RSC];
    const steps = WALKERS.flatMap((walker) => asked.map((headers) => ({ walker, headers })));
    const seen = await Promise.all(
      steps.map(async ({ walker, headers }) => {
        const isDesk = audience === 'supervisor' && walker === 'support';
        const step = { who: walkers[walker], path: path(own), headers, isDesk };
        return `${walker} ${pattern}: ${await look(step, audience)}`;
      }),
    );
    expect(seen).toEqual(steps.map(({ walker }) => `${walker} ${pattern}: ${whatIsSeen(audience, walker)}`));
  }
  expect(await traceOf(demo, own.user)).toBe(before);
});

test('handlers that are looked at say nothing about anybody, and no made-up address is too much for the server', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  const [anonymous, somebody] = [{ url: demo.url, cookie: '' }, await visitorAt(demo.url, page)];
  const answered = Object.entries(HANDLERS).filter(([, status]) => status !== null);
  for (const [pattern, status] of answered) {
    const address = pattern.replace('[...nextauth]', 'session').replace(/\[\w+\]/, 'nothing');
    expect([pattern, (await ask(anonymous, address)).status]).toEqual([pattern, status]);
  }
  const made = { headers: { origin: demo.url } };
  for (const { address, methods } of places().filter((place) => place.address.includes('['))) {
    const requests = MADE_UP.flatMap((name) => methods.map((method) => ({ method, name })));
    const answers = await Promise.all(
      requests.map(async ({ method, name }) => {
        const { status } = await ask(somebody, address.replace(/\[[^\]]+\]/, name), { ...made, method });
        return [method, address, name.slice(0, 30), status < 500];
      }),
    );
    expect(answers).toEqual(requests.map(({ method, name }) => [method, address, name.slice(0, 30), true]));
  }
});

const MADE_UP = [
  'x',
  '%00',
  '%0d%0aset-cookie:%20a=b',
  '卡包',
  '..%2f..%2fadmin',
  `crd_${'0'.repeat(26)}`,
  'a'.repeat(900),
] as const;

/** A page as the app's own navigation asks for it. */
const RSC = { rsc: '1' };

async function otherWalkers(browser: Browser, demo: Demo) {
  const somebody = async (arrive: (page: Page) => Promise<unknown>) => {
    const page = await browser.newPage({ baseURL: demo.url });
    await arrive(page);
    return visitorAt(demo.url, page);
  };
  const staff = (role: string) => {
    const person = demo.staff.find((each) => each.role === role);
    if (!person) throw new Error(`the demo has no ${role}`);
    return somebody((page) => signIn(page, person));
  };
  const [stranger, support, supervisor] = await Promise.all([
    somebody(signUpSomebody),
    staff('support'),
    staff('supervisor'),
  ]);
  return { anonymous: { url: demo.url, cookie: '' }, stranger, support, supervisor };
}

type Seen =
  | 'the page'
  | 'the way to sign in'
  | 'the way home'
  | 'no such thing'
  | 'no such address'
  /** Not found as well, but those who have the desk know its addresses. */
  | 'not for support'
  | `HTTP ${number}`;

function whatIsSeen(audience: Audience, walker: Walker): Seen {
  const staff = walker === 'support' || walker === 'supervisor';
  switch (audience) {
    case 'open':
      return 'the page';
    case 'signed-out':
      return walker === 'anonymous' ? 'the page' : 'the way home';
    case 'signed-in':
      return walker === 'anonymous' ? 'the way to sign in' : 'the page';
    case 'owner':
      if (walker === 'anonymous') return 'the way to sign in';
      return walker === 'owner' ? 'the page' : 'no such thing';
    case 'support':
      return staff ? 'the page' : 'no such address';
    case 'supervisor':
      if (walker === 'support') return 'not for support';
      return walker === 'supervisor' ? 'the page' : 'no such address';
  }
}

async function look(
  {
    who,
    path,
    headers,
    isDesk,
  }: { who: Visitor; path: string; headers: Record<string, string>; isDesk: boolean },
  audience: Audience,
): Promise<Seen> {
  const ids = path.match(/[a-z]{3}_[0-9a-z]{26}/g) ?? [];
  const names = [path.split('?')[0] ?? path, ...ids];
  const answer = await ask(who, path, { headers, names });
  if (audience === 'signed-out' && answer.leadsTo === '/account') return 'the way home';
  const signIn = answer.leadsTo?.startsWith('/sign-in?next=#');
  if (answer.status === 200 && !signIn) return 'the page';
  if (isDesk)
    return answer.status === 404 && answer.body.some((line) => line.includes('没有这一页'))
      ? 'not for support'
      : `HTTP ${answer.status}`;
  const like = audience === 'owner' ? unknownOf(path) : path.replace('/admin', '/nimda');
  const likeNames = [like.split('?')[0] ?? like, ...ids.map(unknownOf)];
  // A page comes in pieces, and which piece holds what depends on what was ready first: only what differs again tells.
  await expect(async () => {
    const again = await ask(who, path, { headers, names });
    expect(again).toEqual(await ask(who, like, { headers, names: likeNames }));
  }).toPass({ timeout: 20_000 });
  if (signIn) return 'the way to sign in';
  if (answer.status !== 404) return `HTTP ${answer.status}`;
  return audience === 'owner' ? 'no such thing' : 'no such address';
}

/** The same with ids that nothing has. */
function unknownOf(path: string): string {
  return path.replace(/(?<=[a-z]{3}_[0-9a-z]{16})[0-9a-z]{10}/g, '0000000000');
}
