import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, plusMs } from '@/lib/kernel';
import { hasRole, isSessionAlive, ROLES, sessionExpiry } from './model';

const START = new Date('2026-11-23T02:00:00Z');

describe('a session', () => {
  test('ends 30 days after its last use and never later than 90 days after the sign-in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * DAY_MS }), (usedAfterMs) => {
        const end = sessionExpiry(START, plusMs(START, usedAfterMs)).getTime() - START.getTime();
        expect(end).toBe(Math.min(usedAfterMs + 30 * DAY_MS, 90 * DAY_MS));
      }),
    );
  });

  test('is dead at the instant it ends, and once it is revoked', () => {
    const session = { createdAt: START, lastSeenAt: START, expiresAt: plusMs(START, 1_000), revokedAt: null };
    expect(isSessionAlive(session, plusMs(START, 999))).toBe(true);
    expect(isSessionAlive(session, plusMs(START, 1_000))).toBe(false);
    expect(isSessionAlive({ ...session, revokedAt: START }, START)).toBe(false);
  });
});

test('each role may do what the lesser ones may, and no more', () => {
  const allowed = ROLES.map((held) => ROLES.filter((needed) => hasRole(held, needed)));
  expect(allowed).toEqual([['shopper'], ['shopper', 'support'], ['shopper', 'support', 'supervisor']]);
});
