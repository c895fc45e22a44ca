import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, newId, plusMs } from '@/lib/kernel';
import { checkProgramme, findPolicyPack } from '@/lib/policy';
import { bindObstacle, CARD_STATES, type CardState, stateAfter, statusOf } from './model';
import { FIRST_PROGRAMMES } from './programmes';

const now = new Date('2026-11-23T02:00:00.000Z');
const states: readonly CardState[] = ['issued', 'active', 'frozen', 'closed'];

test('every first programme keeps to its policy and has a prefix of its own', () => {
  for (const programme of FIRST_PROGRAMMES) {
    const pack = findPolicyPack(programme.policyPack);
    expect(pack && checkProgramme(pack, programme)).toEqual({ ok: true, value: undefined });
  }
  expect(new Set(FIRST_PROGRAMMES.map(({ prefix }) => prefix)).size).toBe(FIRST_PROGRAMMES.length);
});

test('a closed card stays closed, and freezing is undone by unfreezing', () => {
  for (const move of ['activate', 'freeze', 'unfreeze', 'close'] as const) {
    expect(stateAfter('closed', move)).toBeNull();
  }
  expect(CARD_STATES.closed.terminal).toBe(true);
  for (const state of states) {
    const frozen = stateAfter(state, 'freeze');
    if (frozen) expect(stateAfter(frozen, 'unfreeze')).toBe(state);
  }
});

test.each([
  ['active', 1, 100n, 'expiring_soon'],
  ['active', 30, 100n, 'expiring_soon'],
  ['active', 31, 100n, 'usable'],
  ['active', null, 100n, 'usable'],
  ['active', 0, 100n, 'expired'],
  ['active', -1, 0n, 'expired'],
  ['active', 100, 0n, 'used_up'],
  ['issued', 100, 100n, 'not_activated'],
  ['issued', -1, 100n, 'expired'],
  ['frozen', -1, 100n, 'frozen'],
  ['closed', 100, 0n, 'closed'],
] as const)('a card that is %s, ends in %s days and holds %s fen is %s', (state, days, balance, status) => {
  const expiresAt = days === null ? null : plusMs(now, days * DAY_MS);
  expect(statusOf({ state, expiresAt }, balance, now)).toBe(status);
});

test('a card ends at the first instant after its last good day', () => {
  const expiresAt = new Date('2026-11-23T16:00:00.000Z');
  const card = { state: 'active', expiresAt } as const;
  expect(statusOf(card, 1n, new Date('2026-11-23T15:59:59.999Z'))).toBe('expiring_soon');
  expect(statusOf(card, 1n, expiresAt)).toBe('expired');
});

test('a bound card is told apart for its holder and for others before anything else about it', () => {
  const [mine, other] = [newId('usr'), newId('usr')];
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.option(fc.integer({ min: -50, max: 50 })), (state, days) => {
      const card = { state, expiresAt: days === null ? null : plusMs(now, days * DAY_MS), holderId: mine };
      expect(bindObstacle(card, mine, now)).toBe('already_yours');
      expect(bindObstacle(card, other, now)).toBe('bound_elsewhere');
    }),
  );
});

test('only an activated, unfrozen card within its date can be bound', () => {
  const someone = newId('usr');
  const good = { state: 'active', expiresAt: null, holderId: null } as const;
  expect(bindObstacle(good, someone, now)).toBeNull();
  expect(bindObstacle({ ...good, state: 'issued' }, someone, now)).toBe('not_activated');
  expect(bindObstacle({ ...good, state: 'frozen' }, someone, now)).toBe('frozen');
  expect(bindObstacle({ ...good, state: 'closed' }, someone, now)).toBe('closed');
  expect(bindObstacle({ ...good, expiresAt: now }, someone, now)).toBe('expired');
});
