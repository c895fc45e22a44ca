import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AliyunSmsEnv } from '@/lib/env';
import { DAY_MS, plusMs, SECOND_MS, withTimeLimit } from '@/lib/kernel';
import type { Channel, Outgoing, Sending } from './channels';

/** Alibaba Cloud's short messages by its HTTP API (dysmsapi 2017-05-25, signature version 3). */
export function aliyunSms(given: AliyunSmsEnv, timeoutMs = 8 * SECOND_MS): Channel {
  const config = { ...given, timeoutMs };
  return {
    send: (message) => send(config, message),
    find: (message) => find(config, message),
  };
}

async function send(config: Config, message: Outgoing): Promise<Sending> {
  const { topic, locale, deliveryId, content } = message;
  const template = config.templates[`${topic}:${locale}`] ?? config.templates[topic];
  if (!template) return { status: 'refused', code: 'no_template' };
  const answer = await call(config, message.now, {
    Action: 'SendSms',
    PhoneNumbers: phoneOf(message.to),
    SignName: config.signName,
    TemplateCode: template,
    TemplateParam: JSON.stringify(content.parameters ?? {}),
    OutId: deliveryId,
  });
  if (answer.code === 'OK') return { status: 'sent', providerId: answer.bizId };
  return { status: HOPELESS.has(answer.code) ? 'refused' : 'again', code: answer.code };
}

/**
 * What the number was sent today and yesterday (Beijing's days) is asked for the delivery's id: the API itself sends
 * the same OutId twice. Where the question gets no answer, nobody sends on a guess.
 */
async function find(config: Config, { deliveryId, to, now }: Outgoing): Promise<Sending | null> {
  for (const day of [now, plusMs(now, -DAY_MS)]) {
    const answer = await call(config, now, {
      Action: 'QuerySendDetails',
      PhoneNumber: phoneOf(to),
      SendDate: beijingDay(day),
      PageSize: '50',
      CurrentPage: '1',
    });
    if (answer.code !== 'OK') return { status: 'again', code: answer.code };
    const known = answer.details.find(
      ({ OutId, SendStatus }) => OutId === deliveryId && SendStatus !== FAILED,
    );
    if (known) return { status: 'sent', providerId: null };
  }
  return null;
}

/** What is wrong with this number or this text; all else mends itself, or the operator mends it. */
const HOPELESS: ReadonlySet<string> = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL',
  'isv.MOBILE_COUNT_OVER_LIMIT',
  'isv.INVALID_PARAMETERS',
  'isv.INVALID_JSON_PARAM',
  'isv.TEMPLATE_MISSING_PARAMETERS',
  'isv.TEMPLATE_PARAMS_ILLEGAL',
  'isv.PARAM_LENGTH_LIMIT',
  'isv.PARAM_NOT_SUPPORT_URL',
  'isv.BLACK_KEY_CONTROL_LIMIT',
  'isv.SMS_CONTENT_ILLEGAL',
]);

/** `SendStatus` of a message that the carrier did not bring: 1 is under way, 3 has arrived. */
const FAILED = 2;

/** Numbers of mainland China go without a country code, others with it and without the plus. */
function phoneOf(to: string): string {
  return to.startsWith('+86') ? to.slice(3) : to.replace(/^\+/, '');
}

function beijingDay(instant: Date): string {
  return plusMs(instant, 8 * 3_600 * SECOND_MS)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
}

interface Config extends AliyunSmsEnv {
  readonly timeoutMs: number;
}

const detail = z.object({ OutId: z.string().optional(), SendStatus: z.coerce.number().optional() });
const reply = z.object({
  Code: z.string().regex(/^[\w.-]{1,64}$/),
  BizId: z.string().optional(),
  SmsSendDetailDTOs: z.object({ SmsSendDetailDTO: z.array(detail) }).optional(),
});

interface Answer {
  /** The API's code, or ours for no answer: never its `Message`, which repeats what was sent. */
  readonly code: string;
  readonly bizId: string | null;
  readonly details: readonly z.infer<typeof detail>[];
}

async function call(config: Config, now: Date, parameters: Record<string, string>): Promise<Answer> {
  const { Action = '', ...query } = parameters;
  const url = new URL(config.url);
  const canonicalQuery = canonicalQueryOf(query);
  const headers = {
    host: url.host,
    'x-acs-action': Action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': `${now.toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomBytes(16).toString('hex'),
    'x-acs-version': '2017-05-25',
  };
  const authorization = authorizationOf({ config, method: 'POST', path: '/', canonicalQuery, headers });
  try {
    const { status, body } = await withTimeLimit(config.timeoutMs, async (signal) => {
      const response = await fetch(`${url.origin}/?${canonicalQuery}`, {
        method: 'POST',
        headers: { ...headers, authorization, accept: 'application/json' },
        cache: 'no-store',
        redirect: 'error',
        signal,
      });
      return { status: response.status, body: await response.json() };
    });
    const read = reply.safeParse(body);
    if (!read.success) return noAnswer(`http_${status}`);
    const { Code, BizId = null, SmsSendDetailDTOs } = read.data;
    return { code: Code, bizId: BizId, details: SmsSendDetailDTOs?.SmsSendDetailDTO ?? [] };
  } catch (error) {
    return noAnswer(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network');
  }
}

function noAnswer(code: string): Answer {
  return { code, bizId: null, details: [] };
}

/** Signature version 3: HMAC-SHA-256 over the hash of the canonical request (ACS3-HMAC-SHA256). */
export function authorizationOf(request: {
  readonly config: Pick<AliyunSmsEnv, 'keyId' | 'keySecret'>;
  readonly method: string;
  readonly path: string;
  readonly canonicalQuery: string;
  /** Names in lower case; all of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
}): string {
  const { config, method, path, canonicalQuery, headers } = request;
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const body = headers['x-acs-content-sha256'];
  const canonical = [method, path, canonicalQuery, lines, signed, body].join('\n');
  const signature = createHmac('sha256', config.keySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  return `${ALGORITHM} Credential=${config.keyId},SignedHeaders=${signed},Signature=${signature}`;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** Sorted by name, each part encoded as RFC 3986 has it. */
function canonicalQueryOf(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name] ?? '')}`)
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
