import { isDeepStrictEqual } from 'node:util';
import { AlipaySdk } from 'alipay-sdk';
import { z } from 'zod';
import { withTimeLimit } from '@/lib/kernel';
import { type Unknown, unknown } from '../port';
import type { AlipayConfig } from './config';
import { formatBeijingTime } from './protocol';

/** Fields of an answer whose signature was verified, or why there is none. */
export type Answer =
  | { readonly status: 'answered'; readonly fields: Readonly<Record<string, unknown>> }
  | Unknown;

/**
 * The signed conversation with Alipay. The official SDK signs and verifies; the transport is our own, because the
 * SDK's time-out bounds the headers and the body apart and cannot abort a connection that drips.
 */
export interface AlipayClient {
  /** Calls `method` and waits at most `timeoutMs` of the configuration for the whole answer. Never throws for a bad answer. */
  call(method: string, bizContent: object, now: Date): Promise<Answer>;
  /** The signed address a shopper's browser opens for a page payment. */
  pageUrl(method: string, page: PageParameters, now: Date): string;
  /** Checks an RSA2 signature of Alipay's over `text`. */
  verify(text: string, signature: string): boolean;
}

interface PageParameters {
  readonly bizContent: object;
  readonly returnUrl: string;
}

export function alipayClient(config: AlipayConfig): AlipayClient {
  const sdk = new AlipaySdk({
    appId: config.appId,
    privateKey: config.privateKeyPem,
    keyType: 'PKCS8',
    alipayPublicKey: config.alipayPublicKeyPem,
    gateway: config.gatewayUrl,
    camelcase: false,
  });
  return {
    async call(method, bizContent, now) {
      // The SDK would stamp the process's local time; Alipay reads Beijing time and refuses what is far off.
      const signed = sdk.sdkExecute(method, { timestamp: formatBeijingTime(now), bizContent });
      const raw = await post(config, new URLSearchParams(signed));
      return 'status' in raw ? raw : readAnswer(sdk, method, raw.text);
    },
    pageUrl: (method, page, now) =>
      sdk.pageExecute(method, 'GET', {
        timestamp: formatBeijingTime(now),
        notify_url: config.notifyUrl,
        return_url: page.returnUrl,
        bizContent: page.bizContent,
      }),
    verify: (text, signature) => sdk.rsaCheck(text, signature, 'RSA2'),
  };
}

/** Everything but the business content travels in the address, as in the SDK: Alipay reads `charset` there first. */
async function post(
  config: AlipayConfig,
  signed: URLSearchParams,
): Promise<{ readonly text: string } | Unknown> {
  const url = new URL(config.gatewayUrl);
  const body = new URLSearchParams();
  for (const [name, value] of signed) (name === 'biz_content' ? body : url.searchParams).set(name, value);
  try {
    const { status, text } = await withTimeLimit(config.timeoutMs, async (signal) => {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
        cache: 'no-store',
        redirect: 'error',
        signal,
      });
      return { status: response.status, text: await response.text() };
    });
    if (status === 200) return { text };
    return unknown(status >= 500 ? 'server_error' : 'not_understood', `HTTP ${status}`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return unknown(error.name === 'TimeoutError' ? 'timeout' : 'network', error.message);
  }
}

const envelope = z.looseObject({ sign: z.string() });
const fieldsOf = z.record(z.string(), z.unknown());

/**
 * The SDK cuts the signed text out of the reply with string searches and reads the fields with a JSON parser, so a
 * reply that names its key twice could verify as one answer and be read as another. Both must be the same here.
 */
function readAnswer(sdk: AlipaySdk, method: string, text: string): Answer {
  const key = `${method.replaceAll('.', '_')}_response`;
  const reply = envelope.safeParse(parseJson(text));
  if (!reply.success) return unknown('unverifiable', 'the reply is not a signed JSON object');
  const fields = fieldsOf.safeParse(reply.data[key]);
  if (!fields.success) return unknown('unverifiable', `the reply holds no ${key}`);
  const signed = sdk.getSignStr(text, key);
  if (!isDeepStrictEqual(parseJson(signed), fields.data)) {
    return unknown('unverifiable', 'the signature covers other fields than the reply');
  }
  if (!sdk.rsaCheck(signed, reply.data.sign, 'RSA2'))
    return unknown('unverifiable', 'the signature is wrong');
  return { status: 'answered', fields: fields.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
