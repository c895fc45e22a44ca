import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { closeAudited, usable } from '@/lib/checkout/testing/payments';
import { env } from '@/lib/env';
import { newId } from '@/lib/kernel';
import { NO_PAGE_POLICY, SECURITY_HEADERS } from '@/lib/request-guard/headers';
import { answerPayment } from './answer-payment';
import { POST } from './route';
import { LONGEST_FORM } from './take-payment';

interface Sent {
  readonly order: string;
  readonly form: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const slot = globalThis as { kabaoDatabase?: unknown };
const before = slot.kabaoDatabase;
let world: CheckoutWorld;
let cookie: string;

/** What comes after `answerPayment`, where Next stands. */
const server = createServer((request, response) => {
  if (!answerPayment(request, response)) response.writeHead(418).end();
});
const port = () => (server.address() as AddressInfo).port;

beforeAll(async () => {
  world = await openCheckoutWorld();
  slot.kabaoDatabase = world.test.db;
  cookie = await signedIn();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  slot.kabaoDatabase = before;
  expect(await closeAudited(world)).toEqual([]);
});

async function signedIn({ revokedAt = null }: { readonly revokedAt?: Date | null } = {}): Promise<string> {
  const sid = newId('ses');
  const now = new Date();
  await world.test.db.session.create({
    data: {
      id: sid,
      userId: world.userId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
      revokedAt,
    },
  });
  const token = await encode({ token: { sub: world.userId, sid }, secret: env().sessionSecret });
  return `kabao_locale=en; next-auth.session-token=${token}`;
}

/** An order of 90.00, the only card that may pay it, and the form that pays it by this card. */
async function scene() {
  await world.test.db.card.updateMany({ data: { state: 'frozen' } });
  const card = await world.addCard({ amountMinor: 20_000n });
  const { id } = await world.addOrder([{ amountMinor: 9_000n }]);
  const form = new URLSearchParams({
    idempotencyKey: crypto.randomUUID(),
    cardMinor: '9000',
    externalMinor: '0',
    method: '',
    own: '',
  });
  return { card, order: id, form };
}

const own = () => ({ origin: env().origin, cookie });

function overHttp({ order, form, headers }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: port(), method: 'POST', path: `/checkout/${order}/pay`, headers },
      async (response) => {
        let text = '';
        for await (const part of response) text += part;
        const seen = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(seen), text });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(form);
  });
}

async function throughNext({ order, form, headers = {} }: Sent): Promise<Answer> {
  const request = new Request(`http://localhost/checkout/${order}/pay`, {
    method: 'POST',
    body: form,
    headers,
  });
  const response = await POST(request, { params: Promise.resolve({ orderId: order }) });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

const nothingPaid = async (order: string) =>
  expect(await world.test.db.payment.count({ where: { orderId: order } })).toBe(0);

describe.each([
  ['before Next', overHttp],
  ['by Next', throughNext],
])('the submit of a payment, received %s', (_, send) => {
  it('pays, and is answered the same when it comes again', async () => {
    const { order, form, card } = await scene();
    for (let time = 1; time <= 3; time += 1) {
      const { status, headers, text } = await send({ order, form: form.toString(), headers: own() });
      expect([status, headers.location, text]).toEqual([303, `/checkout/${order}/result`, '']);
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(await usable(world, card.accountId)).toBe(11_000n);
  });

  it('is refused from another origin, from none, and from one that cannot be read', async () => {
    const { order, form } = await scene();
    for (const origin of ['https://evil.example', 'null', 'nonsense', undefined]) {
      const headers = { cookie, ...(origin ? { origin } : {}) };
      const answer = await send({ order, form: form.toString(), headers });
      expect([answer.status, answer.text]).toEqual([403, 'Forbidden']);
    }
    await nothingPaid(order);
  });

  it('leads to the sign-in and back for whoever is signed out', async () => {
    const { order, form } = await scene();
    const revoked = await signedIn({ revokedAt: new Date() });
    for (const given of ['', 'next-auth.session-token=x', '%;=;%E0%A4%A', revoked]) {
      const headers = { origin: env().origin, cookie: given };
      const answer = await send({ order, form: form.toString(), headers });
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `/sign-in?next=${encodeURIComponent(`/checkout/${order}`)}`,
      ]);
    }
    await nothingPaid(order);
  });

  it('is that of the session whose cookie comes last, as on the page', async () => {
    const { order, form } = await scene();
    const twice = (first: string, last: string) => ({
      origin: env().origin,
      cookie: [first, last].join('; '),
    });
    const stale = 'next-auth.session-token=x';
    const refused = await send({ order, form: form.toString(), headers: twice(cookie, stale) });
    expect(refused.headers.location).toMatch(/^\/sign-in/);
    const taken = await send({ order, form: form.toString(), headers: twice(stale, cookie) });
    expect(taken.headers.location).toBe(`/checkout/${order}/result`);
  });

  it('that is no whole form changes nothing', async () => {
    const { order, form } = await scene();
    const broken = new URLSearchParams(form);
    broken.delete('cardMinor');
    for (const text of ['', '%%%', '\u0000', broken.toString(), `${form}&card=crd_1:x`]) {
      const answer = await send({ order, form: text, headers: own() });
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `/checkout/${order}?problem=form_incomplete`,
      ]);
    }
    await nothingPaid(order);
  });

  it('that is longer than any form is not read to its end', async () => {
    const { order, form } = await scene();
    const answer = await send({
      order,
      form: `${form}&x=${'x'.repeat(LONGEST_FORM)}`,
      headers: own(),
    });
    expect([answer.status, answer.text]).toEqual([413, 'Content Too Large']);
    await nothingPaid(order);
  });

  it('of an order that is another’s is answered as that of one that is not there', async () => {
    const { form } = await scene();
    const { id: anothers } = await world.addOrder([{ amountMinor: 9_000n }], await world.addShopper());
    for (const order of [anothers, newId('ord'), 'ord_x']) {
      const answer = await send({ order, form: form.toString(), headers: own() });
      expect([answer.status, answer.text]).toEqual([404, 'Not Found']);
    }
    await nothingPaid(anothers);
  });

  it('whose key belongs to another form is told so, on the page or by its status', async () => {
    const { order, form } = await scene();
    await send({ order, form: form.toString(), headers: own() });
    const other = new URLSearchParams({ ...Object.fromEntries(form), cardMinor: '8000' }).toString();
    expect(await send({ order, form: other, headers: own() })).toMatchObject({ status: 422 });
    const asked = await send({ order, form: other, headers: { ...own(), accept: 'text/html' } });
    expect([asked.status, asked.headers.location]).toEqual([
      303,
      `/checkout/${order}?problem=idempotency_key_reused`,
    ]);
  });

  it('that is refused leads back to the split it chose, and says why', async () => {
    const { order, form, card } = await scene();
    form.set('own', '1');
    form.append('card', `${card.id}:8000`);
    form.append('card', `${newId('crd')}:1000`);
    const { status, headers } = await send({ order, form: form.toString(), headers: own() });
    const page = new URL(headers.location ?? '', 'http://localhost');
    expect([status, page.pathname]).toEqual([303, `/checkout/${order}`]);
    expect(page.searchParams.get('problem')).toBe('unknown_card');
    expect(page.searchParams.getAll('row')).toContain(card.id);
    await nothingPaid(order);
  });

  it('that finds the database broken is not answered as if it had paid', async () => {
    const { order, form } = await scene();
    slot.kabaoDatabase = {};
    const answer = await send({ order, form: form.toString(), headers: own() }).finally(() => {
      slot.kabaoDatabase = world.test.db;
    });
    expect([answer.status, answer.text]).toEqual([500, 'Internal Server Error']);
    expect(await send({ order, form: form.toString(), headers: own() })).toMatchObject({ status: 303 });
  });
});

describe('what answers before Next', () => {
  it('sends the headers that Next puts on every answer', async () => {
    const { order, form } = await scene();
    const { headers } = await overHttp({ order, form: form.toString() });
    for (const { key, value } of [...SECURITY_HEADERS, NO_PAGE_POLICY])
      expect(headers[key.toLowerCase()]).toBe(value);
  });

  it('leaves every other request as it came', async () => {
    const { order } = await scene();
    const ask = async (method: string, path: string) =>
      (await fetch(`http://127.0.0.1:${port()}${path}`, { method })).status;
    expect(await ask('GET', `/checkout/${order}/pay`)).toBe(418);
    expect(await ask('PUT', `/checkout/${order}/pay`)).toBe(418);
    expect(await ask('POST', `/checkout/${order}/pay/more`)).toBe(418);
    expect(await ask('POST', `/checkout/${order}`)).toBe(418);
    expect(await ask('POST', `/x/checkout/${order}/pay`)).toBe(418);
    expect(await ask('POST', `/checkout/${order}/pay?a=1`)).toBe(403);
  });

  it('pays nothing when a form breaks off, and goes on', async () => {
    const { order, form } = await scene();
    const whole = form.toString();
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port: port(),
      method: 'POST',
      path: `/checkout/${order}/pay`,
      headers: { ...own(), 'content-length': String(whole.length + 1) },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(whole);
    await new Promise((wait) => setTimeout(wait, 100));
    outgoing.destroy();
    await new Promise((wait) => setTimeout(wait, 100));
    await nothingPaid(order);
    const answer = await overHttp({ order, form: whole, headers: own() });
    expect([answer.status, answer.headers.location]).toEqual([303, `/checkout/${order}/result`]);
  });

  it('does not wait for the end of a form that is too long, and closes its connection', async () => {
    const { order, form } = await scene();
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port: port(),
      method: 'POST',
      path: `/checkout/${order}/pay`,
      headers: { ...own(), 'content-length': String(10 * LONGEST_FORM) },
    });
    outgoing.on('error', () => undefined);
    outgoing.write('x'.repeat(2 * LONGEST_FORM));
    const [long] = await once(outgoing, 'response');
    expect([long.statusCode, long.headers.connection]).toEqual([413, 'close']);
    outgoing.destroy();
    const short = await overHttp({
      order,
      form: form.toString(),
      headers: { ...own(), connection: 'keep-alive' },
    });
    expect([short.status, short.headers.connection]).toEqual([303, 'keep-alive']);
  });
});
