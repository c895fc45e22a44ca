import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { recordFailure, THROTTLE_POLICIES } from '@/lib/risk';
import { checkSession, createStaff, signIn, signUp } from './index';
import { originOf, TEST_PASSWORD } from './testing';

const NOW = new Date('2026-11-23T02:00:00Z');

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const context = () => ({ db: database.db, now: NOW });
const input = {
  login: '138 0013 8000',
  password: TEST_PASSWORD,
  name: ' 李雷 ',
  locale: 'zh-CN',
  origin: originOf('home'),
};

describe('signing up', () => {
  test('opens a shopper’s account under the login’s one form, and a session', async () => {
    const result = await signUp(context(), input);
    expect(result).toMatchObject({ ok: true, value: { name: '李雷', role: 'shopper' } });
    if (!result.ok) return;
    expect(await checkSession(context(), result.value.sessionId)).toEqual(result.value);
    const user = await database.db.user.findFirst();
    expect(user).toMatchObject({ phone: '+8613800138000', email: null, locale: 'zh-CN' });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test('names who gives no name by the masked login', async () => {
    const result = await signUp(context(), { ...input, login: 'LiLei@Example.com', name: '  ' });
    expect(result).toMatchObject({ ok: true, value: { name: 'l•••@example.com' } });
  });

  test('takes a login once, however it is typed, and leaves the first account as it was', async () => {
    await signUp(context(), input);
    const again = await signUp(context(), {
      ...input,
      login: '+8613800138000',
      password: 'another long one here',
    });
    expect(again).toEqual({ ok: false, refusal: { code: 'login_taken' } });
    const origin = originOf('elsewhere');
    const signedIn = await signIn(context(), { ...input, origin, knownDevice: false });
    expect(signedIn).toMatchObject({ ok: true });
    expect(await database.db.session.count()).toBe(2);
  });

  test('gives one account to two who ask for a login at the same moment', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        signUp(context(), { ...input, origin: originOf(`place ${index}`) }),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await database.db.user.count()).toBe(1);
    expect(await database.db.session.count()).toBe(1);
  });

  test.each([
    ['what is no login', { login: 'kabao' }, 'login_invalid'],
    ['a common password', { password: 'password123' }, 'password_common'],
    ['a short password', { password: 'kQ4#x' }, 'password_too_short'],
    ['the login as the password', { password: '13800138000' }, 'password_is_login'],
  ])('refuses %s and keeps nothing', async (_, change, code) => {
    expect(await signUp(context(), { ...input, ...change })).toEqual({ ok: false, refusal: { code } });
    expect(await database.db.user.count()).toBe(0);
  });

  test('slows a network down that signs up or asks for logins again and again', async () => {
    await signUp(context(), input);
    const network = [{ scope: 'sign-up:network', key: input.origin.network }] as const;
    const free = THROTTLE_POLICIES['sign-up:network'].freeFailures;
    for (let round = 2; round <= free; round += 1) await recordFailure(database.db, NOW, network);
    expect(await signUp(context(), input)).toMatchObject({ refusal: { code: 'login_taken' } });
    expect(await signUp(context(), input)).toMatchObject({ refusal: { code: 'throttled' } });
    expect(await signUp(context(), { ...input, origin: originOf('elsewhere') })).toMatchObject({
      refusal: { code: 'login_taken' },
    });
  });
});

describe('making staff', () => {
  const staff = { login: 'kefu@example.com', name: '小周', role: 'support', locale: 'zh-CN' } as const;

  test('gives the role asked for, without a session, and writes it down', async () => {
    expect(await createStaff(context(), { ...staff, password: TEST_PASSWORD })).toMatchObject({ ok: true });
    expect(await database.db.user.findFirst()).toMatchObject({ role: 'support', email: 'kefu@example.com' });
    expect(await database.db.session.count()).toBe(0);
    expect(await database.db.auditEvent.findFirst()).toMatchObject({
      action: 'staff.created',
      actorId: null,
    });
  });

  test('refuses a weak password and a login that exists', async () => {
    expect(await createStaff(context(), { ...staff, password: 'password' })).toMatchObject({ ok: false });
    await createStaff(context(), { ...staff, password: TEST_PASSWORD });
    expect(await createStaff(context(), { ...staff, password: TEST_PASSWORD })).toEqual({
      ok: false,
      refusal: { code: 'login_taken' },
    });
  });
});
