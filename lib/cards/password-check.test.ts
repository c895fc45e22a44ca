import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { numberHmac, numberHmacs } from './lookup';
import { passwordMatches, type StoredPassword, storePassword } from './password-check';

const old = new Map([[1, randomBytes(32)]]);
const rotated = new Map([...old, [2, randomBytes(32)]]);
const strong = '7K2M9QXA1ZMD55TV';
const short = '736105';

async function stored(password: string, keys = old): Promise<{ id: string; password: StoredPassword }> {
  return { id: 'crd_1', password: await storePassword(keys, 'crd_1', password) };
}

describe('a stored password', () => {
  test('of 80 bits is an HMAC, a shorter one argon2id', async () => {
    expect((await stored(strong)).password).toMatchObject({ scheme: 'hmac', keyVersion: 1 });
    const { password } = await stored(short);
    expect(password.scheme).toBe('argon2id');
    expect(password.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test.each([strong, short])('%s matches itself and nothing else', async (password) => {
    const card = await stored(password);
    expect(await passwordMatches(old, card, password)).toBe(true);
    expect(await passwordMatches(old, card, password === strong ? short : strong)).toBe(false);
  });

  test.each([strong, short])(
    '%s matches after the keys were rotated, not under a foreign key',
    async (password) => {
      const card = await stored(password);
      expect(await passwordMatches(rotated, card, password)).toBe(true);
      expect((await stored(password, rotated)).password.keyVersion).toBe(2);
      expect(await passwordMatches(new Map([[1, randomBytes(32)]]), card, password)).toBe(false);
      expect(await passwordMatches(new Map([[2, randomBytes(32)]]), card, password)).toBe(false);
    },
  );

  test('is another text on another card', async () => {
    const other = await storePassword(old, 'crd_2', strong);
    expect(other.hash).not.toBe((await stored(strong)).password.hash);
    expect(await passwordMatches(old, { id: 'crd_1', password: other }, strong)).toBe(false);
  });
});

test('a number that no card has matches no password', async () => {
  for (const typed of [strong, short, '0'.repeat(16)])
    expect(await passwordMatches(old, null, typed)).toBe(false);
});

test('a number is found whichever key it was stored under', () => {
  const before = numberHmac(old, '9101234567890123');
  const after = numberHmac(rotated, '9101234567890123');
  expect(after.keyVersion).toBe(2);
  expect(numberHmacs(rotated, '9101234567890123').toSorted()).toEqual([before.hmac, after.hmac].toSorted());
});
