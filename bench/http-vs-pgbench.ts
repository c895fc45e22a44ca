import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { openFleet, type Server } from '../faults/fleet';
import type { Checkout } from '../lib/checkout/load-checkout';
import type { Database } from '../lib/database';
import { newId } from '../lib/kernel';
import { freshSecrets } from '../scripts/secrets.mjs';
import { openMigrated, withPostgres } from './postgres';
import { type Bench, during, interleave } from './row';
import { openTpcb } from './tpcb';
import { openPaymentWorld } from './world';

const CALLERS = 16;
/** A server that has just started compiles what it does for some thousand payments before it is as fast as it stays. */
const WARM_UP_SECONDS = 15;
const DAY_MS = 86_400_000;
const METRICS_TOKEN = 'bench-metrics-token-of-thirty-two-characters';

/**
 * A payment by cards as a browser makes it: one POST of the checkout page, one commit, through the production
 * server with its worker, as a shopper who is signed in. Needs a build. Beside it stands what the same server makes of a
 * handler that does nothing, through Next, which a payment does not pass.
 */
export const httpVsPgbench: Bench = {
  name: 'http-vs-pgbench',
  engine: 'postgres',
  floor: 0.15,
  aim: 0.3,
  measure: (plan) =>
    withPostgres(async (postgres) => {
      const db = await openMigrated(postgres);
      const tpcb = await openTpcb(postgres);
      const world = await openPaymentWorld(db, { shoppers: 400, merchants: 64 });
      const site = await openSite(postgres.urlOf('kabao'));
      const cookies = await signInEverybody(db, site.secret);
      const empty: number[] = [];
      const payFor = (seconds: number) =>
        world.measure({ callers: CALLERS, seconds }, (checkout) =>
          pay(site, checkout, cookies.get(checkout.order.userId)),
        );
      await payFor(WARM_UP_SECONDS);
      const measured = await interleave(plan, {
        ours: async () => {
          const options = { callers: CALLERS, seconds: plan.seconds };
          empty.push((await during(options, () => site.send({ path: '/healthz' }))).rate);
          return payFor(plan.seconds);
        },
        reference: () => tpcb.measure({ clients: CALLERS, seconds: plan.seconds }),
        name: tpcb.name,
      });
      const memoryMb = await site.memoryMb();
      await site.close();
      await world.audit();
      await tpcb.close();
      await db.$disconnect();
      const nothing = Math.round(empty.reduce((sum, rate) => sum + rate, 0) / empty.length);
      const reference = `${measured.reference}, ${CALLERS} clients; an empty handler ${nothing}/s, server ${memoryMb} MB`;
      return { ...measured, reference };
    }),
};

interface Site {
  readonly secret: string;
  /** A GET, or a POST of a form; returns the status and where it leads. */
  send(call: { path: string; cookie?: string; token?: string; form?: URLSearchParams }): Promise<Answer>;
  memoryMb(): Promise<number>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

async function openSite(databaseUrl: string): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'kabao-bench-site-'));
  const secrets = freshSecrets();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...secrets,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    KABAO_METRICS_TOKEN: METRICS_TOKEN,
    DATABASE_URL: databaseUrl,
  };
  const [server] = await openFleet(1, { folder, env, onDeath: () => undefined });
  if (!server) throw new Error('a fleet of one has a server');
  server.start();
  if (!(await server.untilReady())) throw new Error('the server did not start: is there a build?');
  const agent = new Agent({ keepAlive: true });
  const send: Site['send'] = (call) => exchange(server, agent, call);
  return {
    secret: secrets.KABAO_SESSION_SECRET ?? '',
    send,
    memoryMb: async () => {
      const { body } = await send({ path: '/metrics', token: METRICS_TOKEN });
      return Math.round(Number(/^process_resident_memory_bytes ([\d.e+]+)/m.exec(body)?.[1]) / 1_048_576);
    },
    close: async () => {
      agent.destroy();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function exchange(
  { port }: Server,
  agent: Agent,
  { path, cookie = '', token, form }: Parameters<Site['send']>[0],
): Promise<Answer> {
  const body = form?.toString() ?? '';
  const headers = {
    cookie,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    origin: `http://localhost:${port}`,
    ...(form
      ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
      : {}),
  };
  const method = form ? 'POST' : 'GET';
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: 'localhost', port, agent, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** A session of each shopper, and the cookie that names it, as signing in makes them; without the passwords' slow hash. */
async function signInEverybody(db: Database, secret: string): Promise<Map<string, string>> {
  const now = new Date();
  const shoppers = await db.user.findMany({ where: { role: 'shopper' }, select: { id: true } });
  const cookies = new Map<string, string>();
  for (const { id: userId } of shoppers) {
    const id = newId('ses');
    const expiresAt = new Date(now.getTime() + DAY_MS);
    await db.session.create({ data: { id, userId, createdAt: now, lastSeenAt: now, expiresAt } });
    const token = await encode({ token: { sub: userId, sid: id, staff: false }, secret });
    cookies.set(userId, `next-auth.session-token=${token}`);
  }
  return cookies;
}

async function pay(site: Site, { order, quote }: Checkout, cookie = ''): Promise<void> {
  const form = new URLSearchParams({
    idempotencyKey: randomUUID(),
    cardMinor: String(order.totalMinor),
    externalMinor: '0',
    method: '',
    own: '1',
  });
  for (const { cardId, amountMinor } of quote.cards) form.append('card', `${cardId}:${amountMinor}`);
  const { status, location } = await site.send({ path: `/checkout/${order.id}/pay`, cookie, form });
  if (status !== 303 || location !== `/checkout/${order.id}/result`)
    throw new Error(`a payment was answered ${status} ${location}`);
}
