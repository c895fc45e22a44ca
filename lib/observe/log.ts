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
];

/** Structured lines on standard output. What must not be read is blacked out by its key, one and two levels deep. */
export const log = pino({
  level: process.env.NODE_ENV === 'test' ? 'silent' : 'info',
  base: { service: 'kabao' },
  redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
});
