import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plusMs } from '@/lib/kernel';
import {
  afterFailure,
  afterSuccess,
  blockAfterMs,
  LONGEST_WINDOW_MS,
  THROTTLE_POLICIES,
  type ThrottleCount,
  type ThrottlePolicy,
  waitMs,
} from './throttle-policy';

const NOW = new Date('2026-11-23T02:00:00Z');

const policies = fc.constantFrom<ThrottlePolicy>(...Object.values(THROTTLE_POLICIES));
const counts = fc.record({
  failures: fc.nat(300),
  lastAt: fc.integer({ min: -7_200_000, max: 5_000 }).map((ms) => plusMs(NOW, ms)),
  blockedUntil: fc.option(fc.integer({ min: -60_000, max: 3_600_000 }).map((ms) => plusMs(NOW, ms))),
});

describe('a throttle', () => {
  test('never waits shorter after more failures', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 10_000 }), (policy, failures) => {
        expect(blockAfterMs(policy, failures + 1)).toBeGreaterThanOrEqual(blockAfterMs(policy, failures));
      }),
    );
  });

  test('lets the free failures pass at once, and no more', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        let count: ThrottleCount | null = null;
        for (let failure = 1; failure <= policy.freeFailures; failure += 1) {
          count = afterFailure(policy, count, NOW);
          expect(waitMs(count, NOW)).toBe(0);
        }
        expect(waitMs(afterFailure(policy, count, NOW), NOW)).toBe(policy.baseDelayMs);
      }),
    );
  });

  test('never shortens a block by a further failure', () => {
    fc.assert(
      fc.property(policies, counts, (policy, count) => {
        expect(waitMs(afterFailure(policy, count, NOW), NOW)).toBeGreaterThanOrEqual(waitMs(count, NOW));
      }),
    );
  });

  test('always ends: no block is longer than the lock or the longest delay', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 1_000_000 }), (policy, failures) => {
        expect(blockAfterMs(policy, failures)).toBeLessThanOrEqual(
          Math.max(policy.lockForMs, policy.maxDelayMs),
        );
      }),
    );
  });

  test('starts over after a quiet window', () => {
    fc.assert(
      fc.property(policies, counts, (policy, count) => {
        const later = plusMs(count.lastAt, policy.windowMs + 1);
        expect(afterFailure(policy, count, later).failures).toBe(1);
      }),
    );
  });

  test('keeps counting while a lock runs out, so that a lock is not a fresh start', () => {
    for (const policy of Object.values<ThrottlePolicy>(THROTTLE_POLICIES)) {
      expect(policy.windowMs).toBeGreaterThan(Math.max(policy.lockForMs, policy.maxDelayMs));
      expect(policy.windowMs).toBeLessThanOrEqual(LONGEST_WINDOW_MS);
    }
  });

  test('takes back exactly the attempt that turned out well where many people share the counter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (failures) => {
        const before: ThrottleCount = { failures, lastAt: NOW, blockedUntil: null };
        const policy = THROTTLE_POLICIES['sign-in:network'];
        const after = afterSuccess(policy, afterFailure(policy, before, NOW));
        expect(after).toEqual({ ...before, blockedUntil: null });
      }),
    );
  });

  test.each(['sign-in:account', 'bind:card'] as const)(
    '%s, which a stranger can drive up, only delays, by a minute at most',
    (scope) => {
      const policy: ThrottlePolicy = THROTTLE_POLICIES[scope];
      expect(policy.lockAfter).toBeNull();
      expect(blockAfterMs(policy, 1_000_000)).toBe(60_000);
    },
  );
});
