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

/** The address of a redeem link opens the gift: wherever it turns up in a text, its end is left out. */
export function withoutLinks(text: string): string {
  return text.replace(/\/g\/[\w-]{8,}/g, '/g/[redacted]');
}

/** What is told of an error; the rest of it is somebody else's: a lost connection carries its keys and buffers along. */
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
