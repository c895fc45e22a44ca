import pino from 'pino';

const SECRET_KEYS = [
  'password',
  'cardPassword',
  'number',
  'cardNumber',
  'token',
  'secret',
  'authorization',
  'cookie',
  'privateKey',
  'passwordHash',
  'sign',
  'link',
  'passphrase',
];

/** Cuts the token off every redeem link in a text: whoever has the address can open the gift. */
export function withoutLinks(text: string): string {
  return text.replace(/\/g\/[\w-]{8,}/g, '/g/[redacted]');
}

/** The fields of an error that are logged. Others are not: the error of a lost connection carries keys and buffers along. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { type: error.name, message, ...code, ...cause, stack };
}

/** Structured lines on standard output. What must not be read is blacked out by its key, one and two levels deep. */
export const log = pino({
  level: process.env.NODE_ENV === 'test' ? 'silent' : 'info',
  base: { service: 'kabao' },
  hooks: { streamWrite: withoutLinks },
  serializers: { err: errorFields },
  redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
});
