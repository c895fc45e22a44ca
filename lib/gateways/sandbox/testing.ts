import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Database } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import type { AlipayConfig } from '../alipay/config';
import type { GatewayReply, InboundMessage, ShopperStep } from '../port';
import {
  answerGatewayRequest,
  answerSwitchesRequest,
  decideAtCashier,
  deliverSandboxNotifications,
  generateSandboxKeys,
  SANDBOX_PATH,
  type SandboxConfig,
  type SandboxContext,
  type SandboxKeys,
} from './index';

/** The sandbox on a loopback server of its own, without Next, for tests of whoever talks to a gateway. */
export interface RunningSandbox {
  /** For `gatewayByName({ alipay }, 'alipay')`. */
  readonly alipay: AlipayConfig;
  readonly context: () => SandboxContext;
  /** Opens the cashier as the shopper's browser does and gives the path it lands on. */
  readonly visit: (step: ShopperStep) => Promise<string>;
  /** Confirms at the cashier page of that path; the answer is a redirect to the shop. */
  readonly confirm: (cashierPath: string) => Promise<Response>;
  /** How many requests came to the gateway's address. */
  readonly calls: () => number;
  /** Waits for what runs after answers, then delivers every notification that is due by the clock. */
  readonly deliver: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly db: Database;
  readonly clock: () => Date;
  /** Plays the shop's webhook. */
  readonly onNotification: (message: InboundMessage) => Promise<GatewayReply>;
  readonly timeoutMs?: number;
  readonly timing?: Partial<Pick<SandboxConfig, 'retryDelaysMs' | 'hangMs' | 'lateMs'>>;
}

/** Making RSA keys takes a tenth of a second, or seconds on a busy machine: once per process, or given to many. */
let keys: SandboxKeys | null = JSON.parse(process.env.KABAO_TEST_SANDBOX_KEYS ?? 'null');

export async function startSandbox(options: Options): Promise<RunningSandbox> {
  keys ??= generateSandboxKeys();
  const config = { ...sandboxTestConfig(keys), ...options.timing };
  let calls = 0;
  const deferred = new Set<Promise<void>>();
  const context = (): SandboxContext => ({
    db: options.db,
    config,
    now: options.clock(),
    defer: (work) => {
      const running = work().finally(() => deferred.delete(running));
      deferred.add(running);
    },
  });
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith(`${SANDBOX_PATH}/gateway`)) calls += 1;
    requestOf(incoming, outgoing)
      .then((request) => answer(context(), request, options.onNotification))
      .catch(() => new Response('error', { status: 500 }))
      .then((response) => send(response, outgoing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'the sandbox has a port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    alipay: merchantTestConfig(config, keys, { origin, timeoutMs: options.timeoutMs ?? 4_000 }),
    context,
    visit: (step) => visit(step),
    confirm: (path) =>
      fetch(`${origin}${path}/decision`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'pay' }),
        redirect: 'manual',
      }),
    calls: () => calls,
    deliver: async () => {
      do await Promise.all(deferred);
      while ((await deliverSandboxNotifications(context())) > 0);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(deferred);
    },
  };
}

function sandboxTestConfig(pairs: SandboxKeys): SandboxConfig {
  return {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    sellerName: '福选商城',
    gatewayPrivateKeyPem: pairs.gateway.privateKeyPem,
    merchantPublicKeyPem: pairs.merchant.publicKeyPem,
    retryDelaysMs: [1_000, 5_000],
    hangMs: 0,
    lateMs: 60_000,
  };
}

function merchantTestConfig(
  config: SandboxConfig,
  pairs: SandboxKeys,
  server: { readonly origin: string; readonly timeoutMs: number },
): AlipayConfig {
  return {
    appId: config.appId,
    sellerId: config.sellerId,
    privateKeyPem: pairs.merchant.privateKeyPem,
    alipayPublicKeyPem: pairs.gateway.publicKeyPem,
    gatewayUrl: `${server.origin}${SANDBOX_PATH}/gateway`,
    notifyUrl: `${server.origin}/notify`,
    timeoutMs: server.timeoutMs,
  };
}

async function visit(step: ShopperStep): Promise<string> {
  const response =
    step.kind === 'redirect'
      ? await fetch(step.url, { redirect: 'manual' })
      : await fetch(step.action, {
          method: 'POST',
          body: new URLSearchParams(step.fields),
          redirect: 'manual',
        });
  return response.headers.get('location') ?? `${response.status}`;
}

async function answer(
  context: SandboxContext,
  request: Request,
  onNotification: Options['onNotification'],
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === `${SANDBOX_PATH}/gateway`) return answerGatewayRequest(context, request);
  if (pathname === `${SANDBOX_PATH}/switches`) return answerSwitchesRequest(context, request);
  if (pathname === '/notify') {
    const reply = await onNotification({ headers: request.headers, body: await request.text() });
    return new Response(reply.body, { status: reply.status, headers: { 'content-type': reply.contentType } });
  }
  const [, id] = /^\/sandbox\/alipay\/cashier\/([\w-]+)\/decision$/.exec(pathname) ?? [];
  return id ? decideAtCashier(context, id, request) : new Response('not found', { status: 404 });
}

/** How `answerGatewayRequest` ends a call whose answer is to be lost. */
const LOST = 504;

async function requestOf(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const gone = new AbortController();
  const hangUp = () => gone.abort();
  // A line that is kept open carries many requests: each listens only until its own answer is out.
  incoming.socket.once('close', hangUp);
  outgoing.once('finish', () => incoming.socket.off('close', hangUp));
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal: gone.signal,
    ...(incoming.method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
  });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  // An answer that is lost: here the line breaks, so that nobody waits for a time limit and none can be too short.
  if (response.status === LOST) return void outgoing.destroy();
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
