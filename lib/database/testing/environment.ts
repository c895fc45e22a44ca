const key = (digit: string) => digit.repeat(64);

/** What `env()` reads in tests: fixed secrets, no file. */
export const testEnvironment = {
  KABAO_DATA_DIR: '/nonexistent',
  KABAO_ORIGIN: 'http://localhost:3000',
  KABAO_SESSION_SECRET: key('a'),
  KABAO_NUMBER_KEYS: `1:${key('b')}`,
  KABAO_PASSWORD_KEYS: `1:${key('c')}`,
  KABAO_SEAL_KEYS: `1:${key('d')}`,
  KABAO_CAPTCHA_KEY: key('e'),
};
