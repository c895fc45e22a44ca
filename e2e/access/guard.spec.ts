import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
import { newId } from '../../lib/kernel';
import { type Demo, expect, signUpSomebody, test } from '../demo';
import { startAnotherServer } from '../servers';
import { goToCashier } from '../shopping';
import { type Captured, capture } from './capture';
import { becomeOwner, traceOf } from './owner';
import { places } from './surface';

/** What machines call, which send no Origin; a signature says who they are. */
const MACHINES = ['/api/webhooks/[gateway]', '/sandbox/alipay/gateway'];

test('every handler that changes something refuses a missing or foreign Origin, and machines by their signature', async ({
  page,
  demo,
}) => {
  const own = await becomeOwner(page, demo);
  const changing = places().flatMap(({ address, methods }) =>
    methods.filter((method) => method !== 'GET').map((method) => ({ address, method })),
  );
  expect(changing.length).toBeGreaterThan(4);
  const before = await traceOf(demo, own.user);
  for (const { address, method } of changing) {
    const path = address
      .replace('[orderId]', own.open)
      .replace('[gateway]', 'alipay')
      .replace('[...nextauth]', 'signout')
      .replace('[id]', own.trade);
    const form = { decision: 'pay', out_trade_no: own.trade, trade_status: 'TRADE_SUCCESS', sign: 'x' };
    for (const origin of MACHINES.includes(address) ? [null] : [null, 'null', 'https://evil.example']) {
      const headers: Record<string, string> = origin === null ? {} : { origin };
      const response = await page.request.fetch(path, { method, form, headers, maxRedirects: 0 });
      const answer = [response.status(), (await response.text()).slice(0, 40)];
      if (address === '/api/webhooks/[gateway]')
        expect([address, ...answer]).toEqual([address, 200, 'failure']);
      else if (MACHINES.includes(address))
        expect(answer.join()).toMatch(/^200,{"error_response":{"code":"40002"/);
      else expect([address, ...answer]).toEqual([address, 403, 'Forbidden']);
    }
  }
  expect(await traceOf(demo, own.user)).toBe(before);
});

test('a notification that is replayed, forged or about another amount changes nothing', async ({
  page,
  demo,
}) => {
  await signUpSomebody(page);
  const { tenderId, orderId } = await goToCashier(page, demo, 'gold-bar-5g');
  const notice = {
    out_trade_no: tenderId,
    trade_no: 'x',
    trade_status: 'TRADE_SUCCESS',
    total_amount: '1.00',
  };
  for (const form of [notice, { ...notice, sign_type: 'RSA2', sign: 'AAAA' }, {}]) {
    const response = await page.request.post('/api/webhooks/alipay', { form });
    expect([response.status(), await response.text()]).toEqual([200, 'failure']);
  }
  expect((await page.request.post('/api/webhooks/nobody', { form: notice })).status()).toBe(404);
  await page.goto(`/checkout/${orderId}/result`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('正在确认付款');
});

const SUBMIT = '/checkout/ord_00000000000000000000000000/pay';

/** One answer of each kind that the server gives. */
const KINDS: Record<string, (who: APIRequestContext, demo: Demo) => Promise<APIResponse>> = {
  'a page': (who) => who.get('/shop'),
  'no page': (who) => who.get('/nothing'),
  'the way to sign in': (who) => who.get('/cards', { maxRedirects: 0 }),
  'a payload': (who) => who.get('/shop', { headers: { rsc: '1' } }),
  'a refused change': (who) => who.post('/shop'),
  'an unknown action': (who, { url }) =>
    who.post('/shop', { headers: { origin: url, 'next-action': `40${'0'.repeat(40)}` }, data: '[]' }),
  'a method that is not there': (who, { url }) => who.delete('/healthz', { headers: { origin: url } }),
  JSON: (who) => who.get('/api/captcha/drawn'),
  'the sign-in library': (who) => who.get('/api/auth/session'),
  'a machine’s answer': (who) => who.post('/api/webhooks/alipay'),
  'a file': async (who) => who.get(await aScript(who)),
  'no file': (who) => who.get('/_next/static/nothing.js'),
  'the icon': (who) => who.get('/icon.svg'),
  'the submit of a payment': (who) => who.post(SUBMIT),
  'the gateway’s page': (who) => who.get('/sandbox/alipay/refused'),
};

for (const [kind, get] of Object.entries(KINDS)) {
  test(`${kind} carries the security headers`, async ({ request, demo }) => {
    const response = await get(request, demo);
    const headers = response.headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    // A file that no browser shows by itself needs no policy of its own.
    if (kind === 'a file' || kind === 'no file') return;
    if (kind === 'the submit of a payment') {
      expect([response.status(), headers['content-security-policy']]).toEqual([
        403,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ]);
      // Next would say that the answer varies: it was given before.
      expect(headers).not.toHaveProperty('vary');
      return;
    }
    const nonce = nonceOf(response);
    expect(nonce).toMatch(/^[\w+/]{24}$/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(nonceOf(await get(request, demo))).not.toBe(nonce);
    for (const [tag] of (await response.text()).matchAll(/<script\b[^>]*>/g)) {
      expect(tag).toContain(`nonce="${nonce}"`);
    }
  });
}

test('a script that gets into a page does not run', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  await page.goto('/help');
  await page.evaluate(() => {
    const planted = document.createElement('div');
    planted.innerHTML =
      '<img src="data:," onerror="window.planted = true"><a href="javascript:window.planted=true">x</a>';
    document.body.append(planted);
    const script = document.createElement('script');
    script.textContent = 'window.planted = true';
    document.body.insertAdjacentHTML('beforeend', '<script>window.planted = true</script>');
    planted.querySelector('a')?.click();
  });
  await expect
    .poll(() => violations.filter((text) => text.includes('Content Security Policy')).length)
    .toBeGreaterThan(0);
  expect(await page.evaluate(() => 'planted' in window)).toBe(false);
});

test('cookies are out of reach of scripts and of other sites', async ({ page }) => {
  await signUpSomebody(page);
  await page.getByRole('banner').getByRole('button', { name: '长辈版' }).click();
  const cookies = () => page.context().cookies();
  await expect.poll(async () => (await cookies()).map(({ name }) => name)).toContain('kabao_mode');
  for (const cookie of await cookies()) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('behind https, under another name, cookies never leave https and other origins are refused', async ({
  page,
  demo,
  playwright,
}) => {
  const own = 'https://cards.example';
  const server = await startAnotherServer(demo, { KABAO_ORIGIN: own });
  try {
    const { signUp, basket, preference } = await visitorsRequests(page);
    const send = async ({ address, headers, body }: Captured, origin: string) => {
      const visitor = await playwright.request.newContext({ baseURL: server.url });
      return visitor.post(address, { headers: { ...headers, origin }, data: body, maxRedirects: 0 });
    };
    for (const origin of [
      demo.url,
      server.url,
      'http://cards.example',
      'https://cards.example.evil.example',
    ]) {
      expect([origin, (await send(preference, origin)).status()]).toEqual([origin, 403]);
    }
    const visitor = await playwright.request.newContext({ baseURL: server.url });
    const answers = [
      await send(signUp, own),
      await send(basket, own),
      await send(preference, own),
      await visitor.get('/api/auth/csrf'),
    ];
    const cookies = answers.flatMap((answer) =>
      answer.headersArray().flatMap(({ name, value }) => (/^set-cookie$/i.test(name) ? [value] : [])),
    );
    expect([...new Set(cookies.map((cookie) => cookie.split('=')[0]))].sort()).toEqual([
      '__Host-next-auth.csrf-token',
      '__Secure-next-auth.callback-url',
      '__Secure-next-auth.session-token',
      'kabao_device',
      'kabao_intent',
      'kabao_known',
      'kabao_mode',
    ]);
    for (const cookie of cookies)
      expect(cookie).toMatch(/^(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)/i);
    // The submit of a payment is answered before Next, unless its address is spelled in another way.
    const submits = await Promise.all(
      ['ord_', 'ord%5F'].flatMap((prefix) =>
        [own, server.url].map((origin) =>
          visitor.post(`/checkout/${newId('ord').replace('ord_', prefix)}/pay`, {
            headers: { origin },
            form: {},
            maxRedirects: 0,
          }),
        ),
      ),
    );
    expect(submits.map((submit) => submit.status())).toEqual([303, 403, 303, 403]);
    for (const answer of [...answers, ...submits]) {
      expect(answer.headers()['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    }
  } finally {
    await server.stop();
  }
});

/** What a visitor's pages would send, held back. */
async function visitorsRequests(page: Page) {
  await page.goto('/sign-up');
  await page.getByLabel('手机号或邮箱').fill(`https-${Date.now()}@example.com`);
  await page.getByLabel('密码', { exact: true }).fill('songguo lanhai qiche');
  const press = (name: string) => () => page.getByRole('button', { name, exact: true }).first().click();
  const signUp = await capture(page, 'signUpAction', press('注册并登录'));
  await page.goto('/shop/celadon-mug');
  const basket = await capture(page, 'addToBasketAction', press('加入购物车'));
  await page.goto('/help');
  const preference = await capture(page, 'changePreference', press('长辈版'));
  return { signUp, basket, preference };
}

function nonceOf(response: APIResponse): string | undefined {
  const policy = response.headers()['content-security-policy'] ?? '';
  return /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1];
}

async function aScript(who: APIRequestContext): Promise<string> {
  const [address] = /\/_next\/static\/[^"]+\.js/.exec(await (await who.get('/help')).text()) ?? [];
  if (!address) throw new Error('a page has scripts');
  return address;
}
