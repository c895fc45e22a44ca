import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { DAY_MS, HOUR_MS, invariant, newId, plusMs } from '@/lib/kernel';
import {
  changeName,
  changePassword,
  checkSession,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  type SignedInUser,
  signIn,
  signOut,
  viewAccount,
} from './index';
import { originOf, signedUpShopper, TEST_PASSWORD } from './testing';

const NOW = new Date('2026-11-23T02:00:00Z');
const NEW_PASSWORD = 'lantern gravel orbit';

let database: TestDatabase;
let user: SignedInUser;
beforeEach(async () => {
  database = await openTestDatabase();
  user = await signedUpShopper({ db: database.db, now: NOW });
});
afterEach(() => database.close());

const at = (now: Date) => ({ db: database.db, now });
const isAlive = async (session: SignedInUser, now = NOW) =>
  (await checkSession(at(now), session.sessionId)) !== null;

async function signedInFrom(place: string, password = TEST_PASSWORD): Promise<SignedInUser> {
  const origin = originOf(place);
  const result = await signIn(at(NOW), { login: '13800138000', password, origin, knownDevice: false });
  invariant(result.ok, 'the test shopper can sign in');
  return result.value;
}

describe('a session', () => {
  test('is nobody’s when its id is not known', async () => {
    expect(await checkSession(at(NOW), newId('ses'))).toBeNull();
  });

  test('lives on while it is used at least every 30 days, and ends 90 days after the sign-in', async () => {
    for (const day of [29, 58, 87]) expect(await isAlive(user, plusMs(NOW, day * DAY_MS))).toBe(true);
    expect(await isAlive(user, plusMs(NOW, 90 * DAY_MS - 1))).toBe(true);
    expect(await isAlive(user, plusMs(NOW, 90 * DAY_MS))).toBe(false);
  });

  test('ends when it was not used for 30 days', async () => {
    expect(await isAlive(user, plusMs(NOW, 30 * DAY_MS - 1))).toBe(true);
    const other = await signedInFrom('elsewhere');
    expect(await isAlive(other, plusMs(NOW, 30 * DAY_MS))).toBe(false);
  });

  test('writes its use down at most once an hour', async () => {
    const lastSeen = async () => (await database.db.session.findFirst())?.lastSeenAt;
    await isAlive(user, plusMs(NOW, HOUR_MS - 1));
    expect(await lastSeen()).toEqual(NOW);
    await isAlive(user, plusMs(NOW, HOUR_MS));
    expect(await lastSeen()).toEqual(plusMs(NOW, HOUR_MS));
  });

  test('is not brought back by a use in the moment of its end', async () => {
    const later = plusMs(NOW, 2 * HOUR_MS);
    for (let round = 0; round < 8; round += 1) {
      const session = await signedInFrom(`place ${round}`);
      const use = () => checkSession(at(later), session.sessionId);
      await Promise.all([use(), use(), signOut(at(later), session.sessionId), use(), use()]);
      expect(await isAlive(session, later)).toBe(false);
    }
  });

  test('ends at once when its account is closed', async () => {
    await database.db.user.updateMany({ data: { disabledAt: NOW } });
    expect(await isAlive(user)).toBe(false);
  });

  test('carries the role of the account as it is now', async () => {
    await database.db.user.updateMany({ data: { role: 'support' } });
    expect(await checkSession(at(NOW), user.sessionId)).toMatchObject({ role: 'support' });
  });
});

describe('ending sessions', () => {
  test('one that is revoked is dead at once, the others live', async () => {
    const other = await signedInFrom('café');
    expect(await revokeSession(at(NOW), { user, sessionId: other.sessionId })).toMatchObject({ ok: true });
    expect([await isAlive(other), await isAlive(user)]).toEqual([false, true]);
  });

  test('somebody else’s cannot be revoked, and answers like one that does not exist', async () => {
    const stranger = await signedUpShopper(at(NOW), { login: 'stranger@example.com' });
    const answers = await Promise.all(
      [user.sessionId, newId('ses')].map((sessionId) =>
        revokeSession(at(NOW), { user: stranger, sessionId }),
      ),
    );
    expect(answers[0]).toEqual({ ok: false, refusal: { code: 'session_not_found' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(await isAlive(user)).toBe(true);
  });

  test('all others end and this one stays', async () => {
    const others = [await signedInFrom('café'), await signedInFrom('office')];
    const stranger = await signedUpShopper(at(NOW), { login: 'stranger@example.com' });
    expect(await revokeOtherSessions(at(NOW), user)).toBe(2);
    expect(await Promise.all(others.map((other) => isAlive(other)))).toEqual([false, false]);
    expect([await isAlive(user), await isAlive(stranger)]).toEqual([true, true]);
  });

  test('is written down, with who did it', async () => {
    const other = await signedInFrom('café');
    await revokeSession(at(NOW), { user, sessionId: other.sessionId });
    expect(await database.db.auditEvent.findFirst({ where: { action: 'session.revoked' } })).toMatchObject({
      actorId: user.id,
      subjectId: other.sessionId,
      at: NOW,
    });
  });

  test('signing out ends this session alone, and twice is no error', async () => {
    const other = await signedInFrom('café');
    await signOut(at(NOW), user.sessionId);
    await signOut(at(NOW), user.sessionId);
    expect([await isAlive(user), await isAlive(other)]).toEqual([false, true]);
  });
});

describe('the list of sessions', () => {
  test('shows one’s own live ones, this one first, with device and rough network', async () => {
    const origin = {
      network: '203.0.113.0/24',
      deviceId: 'd',
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
    };
    const later = plusMs(NOW, HOUR_MS);
    const result = await signIn(at(later), {
      login: '13800138000',
      password: TEST_PASSWORD,
      origin,
      knownDevice: false,
    });
    const gone = await signedInFrom('café');
    await signOut(at(later), gone.sessionId);
    await signedUpShopper(at(NOW), { login: 'stranger@example.com' });
    invariant(result.ok, 'the test shopper can sign in');

    const sessions = await listSessions(at(later), user);
    expect(sessions.map(({ id, current }) => ({ id, current }))).toEqual([
      { id: user.sessionId, current: true },
      { id: result.value.sessionId, current: false },
    ]);
    expect(sessions[1]).toMatchObject({
      device: { browser: 'Safari', system: 'iPhone' },
      network: '203.0.113.*',
      signedInAt: later,
    });
  });
});

describe('changing the password', () => {
  const change = (currentPassword = TEST_PASSWORD, newPassword = NEW_PASSWORD) =>
    changePassword(at(NOW), { user, currentPassword, newPassword });

  test('takes the new one from then on, ends every other session, and writes it down', async () => {
    const other = await signedInFrom('café');
    expect(await change()).toEqual({ ok: true, value: { endedSessions: 1 } });
    expect([await isAlive(user), await isAlive(other)]).toEqual([true, false]);
    await expect(signedInFrom('office')).rejects.toThrow();
    expect(await signedInFrom('office', NEW_PASSWORD)).toMatchObject({ id: user.id });
    const event = await database.db.auditEvent.findFirst({ where: { action: 'password.changed' } });
    expect(event).toMatchObject({ actorId: user.id, detail: '{"endedSessions":1}' });
  });

  test.each([
    ['the wrong current one', 'wrong one entirely', NEW_PASSWORD, 'current_password_wrong'],
    ['the same one again', TEST_PASSWORD, TEST_PASSWORD, 'password_unchanged'],
    ['a common one', TEST_PASSWORD, 'password123', 'password_common'],
  ])('refuses %s and changes nothing', async (_, current, next, code) => {
    expect(await change(current, next)).toEqual({ ok: false, refusal: { code } });
    expect(await signedInFrom('office')).toMatchObject({ id: user.id });
  });

  test('slows down and locks whoever guesses the current one in a session left open', async () => {
    for (let round = 0; round < 6; round += 1) await change('wrong one entirely');
    expect(await change()).toMatchObject({ refusal: { code: 'throttled' } });
  });

  test('leaves no session alive that somebody began with the old one in the same moment', async () => {
    const begun: SignedInUser[] = [];
    let changing = true;
    const intruder = async (place: string) => {
      while (changing) {
        const origin = originOf(place);
        const entry = { login: '13800138000', password: TEST_PASSWORD, origin, knownDevice: false };
        const result = await signIn(at(NOW), entry);
        if (result.ok) begun.push(result.value);
      }
    };
    const intruders = ['a', 'b', 'c', 'd'].map(intruder);
    expect(await change()).toMatchObject({ ok: true });
    changing = false;
    await Promise.all(intruders);
    expect(await Promise.all(begun.map((session) => isAlive(session)))).toEqual(begun.map(() => false));
    expect(await isAlive(user)).toBe(true);
  });

  test('of two changes at the same moment one wins', async () => {
    const results = await Promise.all([change(), change(TEST_PASSWORD, 'harbour violin cactus')]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });
});

test('a name can be changed, and the account shows it with the login masked', async () => {
  await changeName(at(NOW), { user, name: '韩梅梅' });
  expect(await viewAccount(at(NOW), user)).toEqual({
    name: '韩梅梅',
    role: 'shopper',
    loginKind: 'phone',
    login: '+8613800138000',
    maskedLogin: '138 •••• 8000',
  });
});
