import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateSandboxKeys } from '../sandbox/config';
import { signText } from '../sandbox/signature';
import type { AlipayConfig } from './config';

/** Keys for one test run: making a pair takes a tenth of a second. */
export const KEYS = generateSandboxKeys();

export function testConfig(over: Partial<AlipayConfig> = {}): AlipayConfig {
  return {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    privateKeyPem: KEYS.merchant.privateKeyPem,
    alipayPublicKeyPem: KEYS.gateway.publicKeyPem,
    gatewayUrl: 'http://127.0.0.1:9/gateway.do',
    notifyUrl: 'https://shop.example/api/webhooks/alipay',
    timeoutMs: 300,
    ...over,
  };
}

/** A reply in Alipay's form: the answer's exact text, and a signature over that text. */
export function signedReply(
  method: string,
  answer: object,
  privateKeyPem = KEYS.gateway.privateKeyPem,
): string {
  const text = JSON.stringify(answer);
  return `{"${method.replaceAll('.', '_')}_response":${text},"sign":"${signText(text, privateKeyPem)}"}`;
}

/** A server at loopback that answers every request with what `reply` gives; `null` never answers. */
export async function fakeGateway(
  reply: (
    method: string,
    request: { readonly query: URLSearchParams; readonly body: URLSearchParams },
  ) => { readonly status?: number; readonly text: string } | null,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://loopback').searchParams;
      const answer = reply(query.get('method') ?? '', { query, body: new URLSearchParams(body) });
      if (answer) response.writeHead(answer.status ?? 200).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${portOf(address)}/gateway.do`, close: () => closeServer(server) };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
