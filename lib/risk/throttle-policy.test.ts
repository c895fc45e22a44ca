import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plusMs } from '@/lib/kernel';
import {
  afterFailure,
  afterSuccess,
  blockAfterMs,
  THROTTLE_KEPT_MS,
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

  test('forgets one failure after the other, and no faster', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 300 }), fc.nat(400), (policy, failures, periods) => {
        const count = { failures, lastAt: NOW, blockedUntil: null };
        const later = (ms: number) => afterFailure(policy, count, plusMs(NOW, ms)).failures - 1;
        expect(later(periods * policy.forgetOneAfterMs)).toBe(Math.max(0, failures - periods));
        expect(later((periods + 1) * policy.forgetOneAfterMs - 1)).toBe(Math.max(0, failures - periods));
      }),
    );
  });

  test('forgets as fast when failures come in between', () => {
    fc.assert(
      fc.property(policies, fc.array(fc.nat(120_000), { maxLength: 60 }), (policy, pausesMs) => {
        let [count, elapsedMs]: [ThrottleCount | null, number] = [null, 0];
        for (const pauseMs of pausesMs) {
          elapsedMs += pauseMs;
          count = afterFailure(policy, count, plusMs(NOW, elapsedMs));
        }
        const atMost = pausesMs.length;
        const atLeast = atMost - Math.ceil(elapsedMs / policy.forgetOneAfterMs) - 1;
        expect(count?.failures ?? 0).toBeLessThanOrEqual(atMost);
        expect(count?.failures ?? 0).toBeGreaterThanOrEqual(atLeast);
      }),
    );
  });

  test('never blocks a large network whose people now and then mistype', () => {
    const policy = THROTTLE_POLICIES['sign-in:network'];
    let count: ThrottleCount | null = null;
    for (let minute = 0; minute < 10_000; minute += 1) {
      count = afterFailure(policy, count, plusMs(NOW, minute * 60_000));
      expect(waitMs(count, plusMs(NOW, minute * 60_000))).toBe(0);
    }
  });

  test('is no fresh start after a lock: what is left still slows down', () => {
    for (const policy of Object.values<ThrottlePolicy>(THROTTLE_POLICIES)) {
      if (policy.lockAfter === null) continue;
      const locked = { failures: policy.lockAfter, lastAt: NOW, blockedUntil: plusMs(NOW, policy.lockForMs) };
      const after = plusMs(NOW, policy.lockForMs);
      expect(waitMs(afterFailure(policy, locked, after), after)).toBeGreaterThan(0);
    }
  });

  test('is kept until every block has ended', () => {
    for (const policy of Object.values<ThrottlePolicy>(THROTTLE_POLICIES)) {
      expect(Math.max(policy.lockForMs, policy.maxDelayMs)).toBeLessThan(THROTTLE_KEPT_MS);
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
