import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from './faults';

/** A secret with its versions: the highest number signs and seals, all of them verify and open. */
export type VersionedKey = ReadonlyMap<number, Buffer>;

export interface Env {
  readonly databaseUrl: string;
  /** `https://shop.example`, without a slash at the end. */
  readonly origin: string;
  /** False where `origin` is only assumed: requests are then compared with their own Host. */
  readonly originConfigured: boolean;
  readonly production: boolean;
  readonly demo: boolean;
  /** IANA zone in which a card's last day ends. */
  readonly issuerZone: string;
  readonly refundPolicy: 'CARD_FIRST' | 'EXTERNAL_FIRST' | 'PRO_RATA';
  /** Whether simulated gateways answer under /sandbox, and messages are kept there instead of being sent. */
  readonly sandbox: boolean;
  /** Whether this server process also runs the worker. */
  readonly worker: boolean;
  readonly supportContact: string;
  /** How many proxies of our own stand before the server; that many entries of X-Forwarded-For are believed. */
  readonly trustedProxies: number;
  /** null: /metrics does not exist. */
  readonly metricsToken: string | null;
  readonly sessionSecret: string;
  /** HMAC keys of card numbers and of generated passwords; AES-256 keys of what is sealed. */
  readonly numberKeys: VersionedKey;
  readonly passwordKeys: VersionedKey;
  readonly sealKeys: VersionedKey;
  readonly captchaKey: Buffer;
  /** The Ed25519 seed that signs checkpoints of the ledger; null where that is done elsewhere, as it should be. */
  readonly checkpointKey: Buffer | null;
  readonly alipay: AlipayEnv | null;
  readonly sandboxAlipay: { privateKey: string; merchantPublicKey: string } | null;
  /** null: no mail is sent (in the demo, /sandbox/outbox shows it). */
  readonly smtp: SmtpEnv | null;
  /** null: no short messages are sent. */
  readonly aliyunSms: AliyunSmsEnv | null;
  /** Where a campaign makes this process die; production refuses it. */
  readonly faults: readonly Fault[];
}

export interface AlipayEnv {
  readonly appId: string;
  readonly sellerId: string;
  /** PKCS#8, base64 or PEM. */
  readonly privateKey: string;
  readonly alipayPublicKey: string;
  readonly gatewayUrl: string;
}

export interface SmtpEnv {
  /** `smtps://user:password@host:465`; `smtp://` turns to TLS by STARTTLS, and must, unless it is this machine. */
  readonly url: string;
  /** `卡包 <no-reply@shop.example>` */
  readonly from: string;
}

export interface AliyunSmsEnv {
  readonly keyId: string;
  readonly keySecret: string;
  /** The approved signature that every message begins with. */
  readonly signName: string;
  /** Approved templates: `payment.paid` or `payment.paid:en` → `SMS_123456789`. */
  readonly templates: Readonly<Record<string, string>>;
  readonly url: string;
}

/** What is wrong with the configuration, in words for the person who starts the server. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const slot = globalThis as { kabaoEnv?: Env };

/** The configuration of this process, read once. Throws `ConfigurationError` that names every missing setting. */
export function env(): Env {
  slot.kabaoEnv ??= readEnv(process.env);
  // next-auth reads its address from the environment alone.
  process.env.NEXTAUTH_URL ??= slot.kabaoEnv.origin;
  return slot.kabaoEnv;
}

/** The folder of the demo's data and generated secrets. */
export function dataFolder(): string {
  return process.env.KABAO_DATA_DIR ?? join(process.cwd(), '.kabao');
}

const SECRETS = {
  KABAO_SESSION_SECRET: 'signs the session cookie; 32 random bytes, hex',
  KABAO_NUMBER_KEYS: 'looks cards up by number; 1:<32 random bytes, hex>, comma between versions',
  KABAO_PASSWORD_KEYS: 'checks generated card passwords; same form',
  KABAO_SEAL_KEYS: 'seals what must be shown again; same form',
  KABAO_CAPTCHA_KEY: 'signs captchas; 32 random bytes, hex',
} as const;

const DEMO_MARK = 'demo-';

const settings = z.object({
  NODE_ENV: z.string().default('development'),
  KABAO_DEMO: z.enum(['0', '1']).default('0'),
  DATABASE_URL: z.string().optional(),
  KABAO_ORIGIN: z.url().optional(),
  PORT: z.string().default('3000'),
  KABAO_ZONE: z.string().default('Asia/Shanghai'),
  KABAO_REFUND_POLICY: z.enum(['CARD_FIRST', 'EXTERNAL_FIRST', 'PRO_RATA']).default('CARD_FIRST'),
  KABAO_SANDBOX: z.enum(['0', '1']).optional(),
  KABAO_WORKER: z.enum(['inside', 'off']).default('inside'),
  KABAO_SUPPORT_CONTACT: z.string().default(''),
  KABAO_TRUSTED_PROXIES: z.string().regex(/^\d$/).default('0'),
  KABAO_METRICS_TOKEN: z.string().min(16).optional(),
  KABAO_SESSION_SECRET: z.string().optional(),
  KABAO_NUMBER_KEYS: z.string().optional(),
  KABAO_PASSWORD_KEYS: z.string().optional(),
  KABAO_SEAL_KEYS: z.string().optional(),
  KABAO_CAPTCHA_KEY: z.string().optional(),
  KABAO_CHECKPOINT_KEY: z.string().optional(),
  ALIPAY_APP_ID: z.string().optional(),
  ALIPAY_SELLER_ID: z.string().optional(),
  ALIPAY_PRIVATE_KEY: z.string().optional(),
  ALIPAY_PUBLIC_KEY: z.string().optional(),
  ALIPAY_GATEWAY_URL: z.url().default('https://openapi.alipay.com/gateway.do'),
  SANDBOX_ALIPAY_PRIVATE_KEY: z.string().optional(),
  SANDBOX_MERCHANT_PUBLIC_KEY: z.string().optional(),
  KABAO_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  KABAO_MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/)
    .optional(),
  ALIYUN_SMS_KEY_ID: z.string().optional(),
  ALIYUN_SMS_KEY_SECRET: z.string().optional(),
  ALIYUN_SMS_SIGN_NAME: z.string().optional(),
  ALIYUN_SMS_TEMPLATES: z.string().default(''),
  ALIYUN_SMS_URL: z.url().default('https://dysmsapi.aliyuncs.com'),
  /** `after-commit:payment.paid@3,outbox:leased@1`: dies at the third of the one or the first of the other. */
  KABAO_FAULT: z
    .string()
    .regex(/^[a-z-]+:[a-z._-]+@[1-9]\d*(,[a-z-]+:[a-z._-]+@[1-9]\d*)*$/)
    .optional(),
});

/** Pure but for the demo's secrets file: turns variables into the configuration, or throws `ConfigurationError`. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = settings.parse(variables);
  const production = given.NODE_ENV === 'production' && given.KABAO_DEMO === '0';
  const merged = production ? given : settings.parse({ ...demoSecrets(), ...variables });
  refuseIncomplete(merged, production);
  const origin = (merged.KABAO_ORIGIN ?? `http://localhost:${merged.PORT}`).replace(/\/$/, '');
  const sandbox = merged.KABAO_SANDBOX === undefined ? !production : merged.KABAO_SANDBOX === '1';
  return {
    databaseUrl: merged.DATABASE_URL ?? `file:${join(dataFolder(), 'kabao.db')}`,
    origin,
    originConfigured: merged.KABAO_ORIGIN !== undefined,
    production,
    demo: given.KABAO_DEMO === '1',
    issuerZone: merged.KABAO_ZONE,
    refundPolicy: merged.KABAO_REFUND_POLICY,
    sandbox,
    worker: merged.KABAO_WORKER === 'inside',
    supportContact: merged.KABAO_SUPPORT_CONTACT,
    trustedProxies: Number(merged.KABAO_TRUSTED_PROXIES),
    metricsToken: merged.KABAO_METRICS_TOKEN ?? null,
    sessionSecret: merged.KABAO_SESSION_SECRET ?? '',
    numberKeys: versions('KABAO_NUMBER_KEYS', merged.KABAO_NUMBER_KEYS),
    passwordKeys: versions('KABAO_PASSWORD_KEYS', merged.KABAO_PASSWORD_KEYS),
    sealKeys: versions('KABAO_SEAL_KEYS', merged.KABAO_SEAL_KEYS),
    captchaKey: keyBytes('KABAO_CAPTCHA_KEY', merged.KABAO_CAPTCHA_KEY ?? ''),
    checkpointKey: merged.KABAO_CHECKPOINT_KEY
      ? keyBytes('KABAO_CHECKPOINT_KEY', merged.KABAO_CHECKPOINT_KEY)
      : null,
    alipay: alipayOf(merged, sandbox, origin),
    sandboxAlipay:
      sandbox && merged.SANDBOX_ALIPAY_PRIVATE_KEY && merged.SANDBOX_MERCHANT_PUBLIC_KEY
        ? {
            privateKey: merged.SANDBOX_ALIPAY_PRIVATE_KEY,
            merchantPublicKey: merged.SANDBOX_MERCHANT_PUBLIC_KEY,
          }
        : null,
    smtp:
      merged.KABAO_SMTP_URL && merged.KABAO_MAIL_FROM
        ? { url: merged.KABAO_SMTP_URL, from: merged.KABAO_MAIL_FROM }
        : null,
    aliyunSms: aliyunSmsOf(merged),
    faults: faultsOf(merged.KABAO_FAULT),
  };
}

type Settings = z.infer<typeof settings>;

function demoSecrets(): Record<string, string> {
  const file = join(dataFolder(), 'secrets.json');
  return existsSync(file)
    ? z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
    : {};
}

function refuseIncomplete(given: Settings, production: boolean): void {
  const problems: string[] = [];
  for (const [name, purpose] of Object.entries(SECRETS)) {
    const value = Object.entries(given).find(([key]) => key === name)?.[1];
    if (!value) problems.push(`${name} is not set (${purpose})`);
    else if (production && value.includes(DEMO_MARK))
      problems.push(`${name} is a secret of the demo (${purpose})`);
  }
  if (production && given.KABAO_CHECKPOINT_KEY?.includes(DEMO_MARK))
    problems.push('KABAO_CHECKPOINT_KEY is a secret of the demo (signs checkpoints; 32 random bytes, hex)');
  if (production && !given.DATABASE_URL) problems.push('DATABASE_URL is not set (file:… or postgres://…)');
  if (production && !given.KABAO_ORIGIN)
    problems.push('KABAO_ORIGIN is not set (https://…, what shoppers type)');
  if (production && given.KABAO_FAULT) problems.push('KABAO_FAULT is set, which kills the server on purpose');
  if (given.KABAO_SMTP_URL && !given.KABAO_MAIL_FROM)
    problems.push('KABAO_MAIL_FROM is not set (the address that mail comes from)');
  if (problems.length === 0) return;
  const advice = production ? '' : '\n`npm run setup` makes secrets for development in .kabao/.';
  throw new ConfigurationError(`Kabao cannot start:\n- ${problems.join('\n- ')}${advice}`);
}

function alipayOf(given: Settings, sandbox: boolean, origin: string): AlipayEnv | null {
  const { ALIPAY_APP_ID, ALIPAY_SELLER_ID, ALIPAY_PRIVATE_KEY, ALIPAY_PUBLIC_KEY } = given;
  if (!ALIPAY_APP_ID || !ALIPAY_SELLER_ID || !ALIPAY_PRIVATE_KEY || !ALIPAY_PUBLIC_KEY) return null;
  return {
    appId: ALIPAY_APP_ID,
    sellerId: ALIPAY_SELLER_ID,
    privateKey: ALIPAY_PRIVATE_KEY,
    alipayPublicKey: ALIPAY_PUBLIC_KEY,
    gatewayUrl:
      sandbox && given.SANDBOX_ALIPAY_PRIVATE_KEY
        ? `${origin}/sandbox/alipay/gateway`
        : given.ALIPAY_GATEWAY_URL,
  };
}

function aliyunSmsOf(given: Settings): AliyunSmsEnv | null {
  const { ALIYUN_SMS_KEY_ID, ALIYUN_SMS_KEY_SECRET, ALIYUN_SMS_SIGN_NAME } = given;
  if (!ALIYUN_SMS_KEY_ID || !ALIYUN_SMS_KEY_SECRET || !ALIYUN_SMS_SIGN_NAME) return null;
  return {
    keyId: ALIYUN_SMS_KEY_ID,
    keySecret: ALIYUN_SMS_KEY_SECRET,
    signName: ALIYUN_SMS_SIGN_NAME,
    templates: templatesOf(given.ALIYUN_SMS_TEMPLATES),
    url: given.ALIYUN_SMS_URL,
  };
}

/** `payment.paid=SMS_1,payment.paid:en=SMS_2` */
function templatesOf(text: string): Record<string, string> {
  const entries = text.split(',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    entries.map((part) => {
      const [, topic, template] = /^\s*([\w.:-]+)=(\w+)\s*$/.exec(part) ?? [];
      if (!topic || !template)
        throw new ConfigurationError(
          'ALIYUN_SMS_TEMPLATES must look like payment.paid=SMS_1,gift.due:en=SMS_2',
        );
      return [topic, template];
    }),
  );
}

function faultsOf(text = ''): Fault[] {
  return text.split(',').flatMap((each) => {
    const [step, count] = each.split('@');
    return step && count ? [{ step, count: Number(count) }] : [];
  });
}

/** `1:<hex>,2:<hex>`; the demo's values carry a mark before the hex, so that production knows and refuses them. */
function versions(name: string, text = ''): VersionedKey {
  const entries = text.split(',').map((part): [number, Buffer] => {
    const match = /^(\d+):(.+)$/.exec(part.trim());
    if (!match) throw new ConfigurationError(`${name} must look like 1:<hex>`);
    return [Number(match[1]), keyBytes(name, match[2] ?? '')];
  });
  return new Map(entries);
}

function keyBytes(name: string, text: string): Buffer {
  const hex = text.startsWith(DEMO_MARK) ? text.slice(DEMO_MARK.length) : text;
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new ConfigurationError(`${name} must be 32 bytes in hex`);
  return Buffer.from(hex, 'hex');
}
