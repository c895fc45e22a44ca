import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { plusMs } from '@/lib/kernel';
import { purgeThrottles, recordFailure, recordSuccess, takeAttempt } from './throttle';
import { THROTTLE_POLICIES } from './throttle-policy';

const NOW = new Date('2026-11-23T02:00:00Z');
const account = { scope: 'bind:account', key: 'usr_1' } as const;
const network = { scope: 'bind:network', key: '203.0.113.0/24' } as const;
const card = { scope: 'bind:card', key: 'abc' } as const;

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const failuresOf = async (scope: string) =>
  (await database.db.throttle.findFirst({ where: { scope } }))?.failures ?? 0;

describe('counting failures', () => {
  test('fifty failures at the same moment count fifty', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () => recordFailure(database.db, NOW, [network, account, card])),
    );
    expect(await failuresOf('bind:network')).toBe(50);
    expect(await failuresOf('bind:account')).toBe(50);
    expect(await failuresOf('bind:card')).toBe(50);
  });

  test('simultaneous failures that name their subjects in different orders do not block each other', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        recordFailure(database.db, NOW, index % 2 ? [card, network, account] : [account, card, network]),
      ),
    );
    expect(await failuresOf('bind:card')).toBe(20);
  });

  test('a burst of guesses gets no more attempts than the free ones and the one that brings the wait', async () => {
    const results = await Promise.all(
      Array.from({ length: 40 }, () => takeAttempt(database.db, NOW, [account])),
    );
    const begun = results.filter((result) => result.ok).length;
    expect(begun).toBe(THROTTLE_POLICIES['bind:account'].freeFailures + 1);
  });

  test('says how long to wait, and lets the next attempt begin then and not before', async () => {
    for (let attempt = 0; attempt < 6; attempt += 1) await takeAttempt(database.db, NOW, [account]);
    const refused = { ok: false, refusal: { code: 'throttled', retryAfterMs: 1_000 } };
    expect(await takeAttempt(database.db, NOW, [account, card])).toEqual(refused);
    expect((await takeAttempt(database.db, plusMs(NOW, 999), [account])).ok).toBe(false);
    expect((await takeAttempt(database.db, plusMs(NOW, 1_000), [account])).ok).toBe(true);
  });

  test('a refused attempt counts on no subject', async () => {
    for (let attempt = 0; attempt < 6; attempt += 1) await takeAttempt(database.db, NOW, [account]);
    await takeAttempt(database.db, NOW, [account, card]);
    expect(await failuresOf('bind:card')).toBe(0);
    expect(await failuresOf('bind:account')).toBe(6);
  });

  test('locks after enough failures, and the lock ends', async () => {
    const policy = THROTTLE_POLICIES['bind:account'];
    for (let failure = 0; failure < policy.lockAfter; failure += 1) {
      await recordFailure(database.db, NOW, [account]);
    }
    const refused = await takeAttempt(database.db, NOW, [account]);
    expect(refused).toEqual({
      ok: false,
      refusal: { code: 'throttled', retryAfterMs: policy.lockForMs },
    });
    expect((await takeAttempt(database.db, plusMs(NOW, policy.lockForMs), [account])).ok).toBe(true);
  });

  test('success forgets failures on what is one’s own and takes back one where others count too', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await takeAttempt(database.db, NOW, [card, network]);
    await recordSuccess(database.db, [card, network]);
    expect(await failuresOf('bind:card')).toBe(0);
    expect(await failuresOf('bind:network')).toBe(3);
  });

  test('stores no subject in the clear', async () => {
    await recordFailure(database.db, NOW, [network]);
    expect((await database.db.throttle.findFirst())?.key).toMatch(/^[0-9a-f]{40}$/);
  });

  test('deletes only counters that no longer count', async () => {
    await recordFailure(database.db, plusMs(NOW, -25 * 3_600_000), [card]);
    await recordFailure(database.db, NOW, [account]);
    expect(await purgeThrottles(database.db, NOW)).toBe(1);
    expect(await failuresOf('bind:account')).toBe(1);
  });
});
