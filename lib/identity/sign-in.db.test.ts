import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import { checkSession, signIn } from './index';
import { originOf, signedUpShopper, TEST_PASSWORD } from './testing';

const NOW = new Date('2026-11-23T02:00:00Z');
const phone = '13800138000';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
  await signedUpShopper({ db: database.db, now: NOW });
});
afterEach(() => database.close());

interface Attempt {
  login?: string;
  password?: string;
  from?: string;
  known?: boolean;
  now?: Date;
}

const attempt = ({
  login = phone,
  password = TEST_PASSWORD,
  from = 'home',
  known = false,
  now = NOW,
}: Attempt) =>
  signIn({ db: database.db, now }, { login, password, origin: originOf(from), knownDevice: known });

const wrong = { ok: false, refusal: { code: 'wrong_credentials' } };

describe('signing in', () => {
  test('takes the phone however it is typed, and starts a session of its own each time', async () => {
    const [first, second] = [await attempt({}), await attempt({ login: '+86 138-0013-8000' })];
    expect(first).toMatchObject({ ok: true, value: { role: 'shopper' } });
    if (!first.ok || !second.ok) throw new Error('both sign-ins were to succeed');
    expect(first.value.sessionId).not.toBe(second.value.sessionId);
    expect(await checkSession({ db: database.db, now: NOW }, first.value.sessionId)).toEqual(first.value);
  });

  test('answers a wrong password, an unknown login and nonsense alike', async () => {
    expect(await attempt({ password: 'not it at all' })).toEqual(wrong);
    expect(await attempt({ login: '13900139000' })).toEqual(wrong);
    expect(await attempt({ login: 'nobody@example.com' })).toEqual(wrong);
    expect(await attempt({ login: 'not a login' })).toEqual(wrong);
  });

  test('slows an unknown login down exactly as a known one', async () => {
    const answers = async (login: string, from: string) => {
      const seen: unknown[] = [];
      for (let round = 0; round < 8; round += 1) {
        seen.push(await attempt({ login, password: 'not it at all', from, now: plusMs(NOW, round) }));
      }
      return seen;
    };
    expect(await answers('13900139000', 'one place')).toEqual(await answers(phone, 'another place'));
  });

  test('refuses even the right password while it is slowed down, says how long, and takes it after', async () => {
    for (let round = 0; round < 6; round += 1) await attempt({ password: 'not it at all' });
    expect(await attempt({})).toEqual({ ok: false, refusal: { code: 'throttled', retryAfterMs: 1_000 } });
    expect(await attempt({ now: plusMs(NOW, 1_000) })).toMatchObject({ ok: true });
  });

  test('lets nobody slip more guesses through at the same moment', async () => {
    const burst = await Promise.all(Array.from({ length: 20 }, () => attempt({ password: 'not it at all' })));
    const judged = burst.filter((answer) => !answer.ok && answer.refusal.code === 'wrong_credentials');
    expect(judged).toHaveLength(6);
  });

  test('keeps the owner’s own device out of a stranger’s guessing', async () => {
    for (let round = 0; round < 30; round += 1) {
      await attempt({
        password: 'not it at all',
        from: `place ${round}`,
        now: plusMs(NOW, round * MINUTE_MS),
      });
    }
    const now = plusMs(NOW, 29 * MINUTE_MS + 1);
    expect(await attempt({ from: 'home', now })).toMatchObject({ refusal: { code: 'throttled' } });
    expect(await attempt({ from: 'home', known: true, now })).toMatchObject({ ok: true });
  });

  test('never makes the owner wait longer than a minute on a new device, however long a stranger guesses', async () => {
    for (let round = 0; round < 40; round += 1) {
      await attempt({
        password: 'not it at all',
        from: `place ${round}`,
        now: plusMs(NOW, round * MINUTE_MS),
      });
    }
    const later = plusMs(NOW, 40 * MINUTE_MS);
    expect(await attempt({ from: 'new phone', now: later })).toMatchObject({ ok: true });
  });

  test('locks a known device that guesses, too', async () => {
    let now = NOW;
    for (let round = 0; round < 21; round += 1) {
      await attempt({ password: 'not it at all', known: true, now });
      now = plusMs(now, MINUTE_MS);
    }
    const answer = await attempt({ known: true, now });
    expect(answer).toMatchObject({ refusal: { code: 'throttled', retryAfterMs: 14 * MINUTE_MS } });
  });

  test('tells of a closed account only to someone who knows the password', async () => {
    await database.db.user.updateMany({ data: { disabledAt: NOW } });
    expect(await attempt({})).toEqual({ ok: false, refusal: { code: 'account_disabled' } });
    expect(await attempt({ password: 'not it at all' })).toEqual(wrong);
  });

  test('makes an old hash anew', async () => {
    const old = '$argon2id$v=19$m=4096,t=1,p=1$';
    const { hash } = await import('@node-rs/argon2');
    const passwordHash = await hash(TEST_PASSWORD, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
    expect(passwordHash.startsWith(old)).toBe(true);
    await database.db.user.updateMany({ data: { passwordHash } });
    expect(await attempt({})).toMatchObject({ ok: true });
    const user = await database.db.user.findFirst();
    expect(user?.passwordHash).toContain('m=19456,t=2,p=1');
    expect(await attempt({})).toMatchObject({ ok: true });
  });

  test('is written down with who and when, and without the password', async () => {
    await attempt({});
    const events = await database.db.auditEvent.findMany({ where: { action: 'session.started' } });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ actorRole: 'shopper', subjectType: 'session', at: NOW });
    expect(JSON.stringify(events)).not.toContain(TEST_PASSWORD);
  });
});
