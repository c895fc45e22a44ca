import { describe, expect, test } from 'vitest';
import { checkValidity, expiryFor, mayLapse, mustReviveExpired, recordsKeptUntil, withdrawalEndsAt } from '.';
import { CARD_KINDS, type CardKind } from './model';
import { CN_2012 } from './pack-cn-2012';
import { FREE } from './pack-free';

const SHANGHAI = 'Asia/Shanghai';

describe('how long a card may be good', () => {
  /** Every validity from none to five years that the pack allows. */
  function allowedBy(pack: typeof CN_2012, kind: CardKind) {
    const tried = [null, ...Array.from({ length: 61 }, (_, months) => months)];
    return tried.filter((months) => checkValidity(pack, kind, months).ok);
  }
  const months = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('cn-2012: a named card never ends, an anonymous one not before three years, a promotional one after 12 or 24 months', () => {
    expect(allowedBy(CN_2012, 'named')).toEqual([null]);
    expect(allowedBy(CN_2012, 'anonymous')).toEqual([null, ...months(36, 60)]);
    expect(allowedBy(CN_2012, 'promotional')).toEqual([12, 24]);
    expect(checkValidity(CN_2012, 'anonymous', 1_200).ok).toBe(true);
  });

  test('free: a promotional card ends after 12 to 36 months, and so may any other', () => {
    expect(allowedBy(FREE, 'named')).toEqual([null, ...months(12, 36)]);
    expect(allowedBy(FREE, 'anonymous')).toEqual([null, ...months(12, 36)]);
    expect(allowedBy(FREE, 'promotional')).toEqual(months(12, 36));
  });

  test('part of a month, and less than one, is never allowed', () => {
    for (const kind of CARD_KINDS) {
      for (const odd of [36.5, Number.NaN, Number.POSITIVE_INFINITY, -36, 0]) {
        expect(checkValidity(CN_2012, kind, odd).ok).toBe(false);
      }
    }
    const anything = {
      ...CN_2012.rules.validity.named,
      value: { unlimited: true, months: { from: -1, to: null } },
    };
    const lax = {
      ...CN_2012,
      rules: { ...CN_2012.rules, validity: { ...CN_2012.rules.validity, named: anything } },
    };
    expect(checkValidity(lax, 'named', 0).ok).toBe(false);
    expect(checkValidity(lax, 'named', 1).ok).toBe(true);
  });

  test('a refusal tells the rule, its source and what would be allowed', () => {
    const { id, source, messageKey, value } = CN_2012.rules.validity.anonymous;
    expect(checkValidity(CN_2012, 'anonymous', 35)).toEqual({
      ok: false,
      refusal: {
        code: 'validity_not_allowed',
        rule: { id, source, messageKey },
        kind: 'anonymous',
        validityMonths: 35,
        allowed: value,
      },
    });
  });
});

describe('when a card ends', () => {
  const ends = (activatedAt: string, validityMonths: number | null = 36, zone = SHANGHAI) => {
    const result = expiryFor(
      CN_2012,
      { kind: 'anonymous', validityMonths },
      { activatedAt: new Date(activatedAt), zone },
    );
    return result.ok ? (result.value?.toISOString() ?? null) : result.refusal.code;
  };

  test('it is good for the whole of its last day, which has the date of its activation', () => {
    expect(ends('2026-12-01T02:00:00Z')).toBe('2029-12-01T16:00:00.000Z');
  });

  test('the day is the one in the zone of the issuer', () => {
    expect(ends('2026-11-30T15:59:59.999Z')).toBe('2029-11-30T16:00:00.000Z');
    expect(ends('2026-11-30T16:00:00Z')).toBe('2029-12-01T16:00:00.000Z');
    expect(ends('2026-11-30T16:00:00Z', 36, 'America/New_York')).toBe('2029-12-01T05:00:00.000Z');
  });

  test('a date that the last month lacks becomes its last day', () => {
    expect(ends('2028-02-29T02:00:00Z')).toBe('2031-02-28T16:00:00.000Z');
    expect(ends('2027-01-31T02:00:00Z', 37)).toBe('2030-02-28T16:00:00.000Z');
  });

  test('a card without an expiry never ends, and a validity that is not allowed is refused', () => {
    expect(ends('2026-12-01T02:00:00Z', null)).toBeNull();
    expect(ends('2026-12-01T02:00:00Z', 12)).toBe('validity_not_allowed');
  });

  test('what is left on an expired card comes back on request, unless it was given away or no law says so', () => {
    expect(CARD_KINDS.map((kind) => mustReviveExpired(CN_2012, kind))).toEqual([true, true, false]);
    expect(CARD_KINDS.map((kind) => mustReviveExpired(FREE, kind))).toEqual([false, false, false]);
  });

  test('only what was given away may lapse, and only where the pack leaves it to the operator', () => {
    for (const pack of [CN_2012, FREE]) {
      expect(CARD_KINDS.filter((kind) => mayLapse(pack, kind))).toEqual(['promotional']);
    }
    const { expiredValue } = CN_2012.rules;
    const strict = { ...expiredValue, promotional: expiredValue.named };
    expect(mayLapse({ ...CN_2012, rules: { ...CN_2012.rules, expiredValue: strict } }, 'promotional')).toBe(
      false,
    );
  });
});

describe('periods', () => {
  const at = new Date('2026-12-28T02:00:00Z');

  test('records are kept for five years', () => {
    expect(recordsKeptUntil(CN_2012, at, SHANGHAI)?.toISOString()).toBe('2031-12-28T16:00:00.000Z');
    expect(recordsKeptUntil(FREE, at, SHANGHAI)).toBeNull();
  });

  test('an unused card may be handed back until the end of the seventh day after the day of purchase', () => {
    expect(withdrawalEndsAt(CN_2012, at, SHANGHAI)?.toISOString()).toBe('2027-01-04T16:00:00.000Z');
    expect(withdrawalEndsAt(CN_2012, new Date('2026-12-01T02:00:00Z'), SHANGHAI)?.toISOString()).toBe(
      '2026-12-08T16:00:00.000Z',
    );
    expect(withdrawalEndsAt(FREE, at, SHANGHAI)).toBeNull();
  });
});
