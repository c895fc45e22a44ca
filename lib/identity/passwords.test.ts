import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { hashPassword, isOutdated, judgePassword, verifyPassword } from './passwords';

const owner = { login: { kind: 'phone', value: '+8613800138000' }, name: '李雷' } as const;
const mailOwner = { login: { kind: 'email', value: 'wanghong1987@example.com' }, name: 'Wang Hong' } as const;

describe('a new password', () => {
  test.each([
    ['1234567', 'password_too_short'],
    ['密码密码密码密', 'password_too_short'],
    ['x'.repeat(129), 'password_too_long'],
    ['13800138000', 'password_is_login'],
    ['+86 138-0013-8000', 'password_is_login'],
    ['password', 'password_common'],
    ['iloveyou', 'password_common'],
    ['P@ssw0rd', 'password_common'],
    ['woaini1314', 'password_common'],
    ['a123456789', 'password_common'],
    ['woaini520', 'password_common'],
    ['summer2026!', 'password_common'],
    ['qwertyuiop', 'password_common'],
    ['13131313131313', 'password_pattern'],
    ['19870615', 'password_pattern'],
    ['abcdefghijk', 'password_pattern'],
    ['00138000', 'password_personal'],
  ])('%s is refused: %s', (password, refusal) => {
    expect(judgePassword(password, owner)).toBe(refusal);
  });

  test.each(['wanghong1987', 'WangHong87', 'kabaokabao'])(
    '%s is refused to somebody of that name',
    (password) => {
      expect(judgePassword(password, mailOwner)).not.toBeNull();
    },
  );

  test.each([
    'correct horse battery staple',
    '竹子窗台骑车去海边',
    '竹子 窗台 骑车',
    'x7q9m2kd',
    'tulip-radiator-seven',
  ])('%s is taken, without any rule about its characters', (password) => {
    expect(judgePassword(password, owner)).toBeNull();
  });

  // How long it takes to judge grows with the length, and nothing longer is judged.
  test('is judged at its longest', () => {
    expect(judgePassword('aA1!'.repeat(32), owner)).toBe('password_pattern');
    expect(judgePassword('aA1!'.repeat(33), owner)).toBe('password_too_long');
  });
});

describe('a stored password', () => {
  test('is argon2id with the parameters of OWASP', async () => {
    expect(await hashPassword('竹子 窗台 骑车')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('is opened by itself, on any keyboard, and by nothing else', async () => {
    const hash = await hashPassword('ｃafé 窗台 7');
    expect(await verifyPassword(hash, 'café 窗台 7')).toBe(true);
    expect(await verifyPassword(hash, 'cafe 窗台 7')).toBe(false);
    expect(await verifyPassword(hash, '')).toBe(false);
  });

  test('that does not exist costs the same work and opens for nobody', async () => {
    expect(await verifyPassword(null, 'anything')).toBe(false);
    const hash = await hashPassword('竹子 窗台 骑车');
    const [known = 0, unknown = 0] = await leastWork(hash, null);
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  test('is known to be outdated by its parameters', async () => {
    expect(isOutdated(await hashPassword('竹子 窗台 骑车'))).toBe(false);
    const old =
      '$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A';
    expect(parseOptions(old).memoryCost).toBe(4096);
    expect(isOutdated(old)).toBe(true);
  });
});

/** The least of several wrong tries against each, taken in turn, in ms of processor time: the work, whatever else runs here. */
async function leastWork(...hashes: (string | null)[]): Promise<number[]> {
  const least = hashes.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 9; round += 1) {
    for (const [place, hash] of hashes.entries()) {
      const before = process.cpuUsage();
      await verifyPassword(hash, 'wrong');
      const { user, system } = process.cpuUsage(before);
      least[place] = Math.min(least[place] ?? 0, (user + system) / 1_000);
    }
  }
  return least;
}
