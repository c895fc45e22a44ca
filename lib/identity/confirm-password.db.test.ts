import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { changePassword, confirmPassword, type SignedInUser } from './index';
import { signedUpShopper, TEST_PASSWORD } from './testing';

const now = new Date('2026-11-23T02:00:00Z');

let database: TestDatabase;
let user: SignedInUser;
beforeEach(async () => {
  database = await openTestDatabase();
  user = await signedUpShopper({ db: database.db, now });
});
afterEach(() => database.close());

const confirm = (password: string) => confirmPassword({ db: database.db, now }, { user, password });

test('one’s own password is confirmed, and another is not', async () => {
  expect(await confirm(TEST_PASSWORD)).toMatchObject({ ok: true });
  expect(await confirm(`${TEST_PASSWORD}x`)).toEqual({
    ok: false,
    refusal: { code: 'current_password_wrong' },
  });
});

test('guesses wait, together with those of the password change, and a right one ends the wait', async () => {
  for (let guess = 0; guess < 4; guess += 1) await confirm(`wrong ${guess}`);
  const change = { user, currentPassword: 'wrong', newPassword: 'lantern gravel orbit' };
  await changePassword({ db: database.db, now }, change);
  await confirm('wrong again');
  expect(await confirm(TEST_PASSWORD)).toMatchObject({ ok: false, refusal: { code: 'throttled' } });
  const later = { db: database.db, now: new Date(now.getTime() + 3_600_000) };
  expect(await confirmPassword(later, { user, password: TEST_PASSWORD })).toMatchObject({ ok: true });
});
