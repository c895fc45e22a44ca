import { expect, test } from 'vitest';
import { formatDay, parseDay } from '@/lib/kernel';
import { checkExtension, mayReplaceLost, POLICY_PACKS, requestAnsweredBy } from '.';
import { CN_2012 } from './pack-cn-2012';
import { FREE } from './pack-free';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-26T04:00:00Z');

test('a lost named card is replaced, an anonymous one is not', () => {
  expect(mayReplaceLost(CN_2012, 'named')).toBe(true);
  expect(mayReplaceLost(CN_2012, 'anonymous')).toBe(false);
  expect(mayReplaceLost(CN_2012, 'promotional')).toBe(true);
  expect(mayReplaceLost(FREE, 'anonymous')).toBe(true);
});

test('a request is answered by the end of the seventh day', () => {
  expect(requestAnsweredBy(CN_2012, now, zone)).toEqual(new Date('2026-12-03T16:00:00Z'));
  expect(requestAnsweredBy(CN_2012, new Date('2026-11-26T15:59:59Z'), zone)).toEqual(
    new Date('2026-12-03T16:00:00Z'),
  );
  expect(requestAnsweredBy(CN_2012, new Date('2026-11-26T16:00:00Z'), zone)).toEqual(
    new Date('2026-12-04T16:00:00Z'),
  );
});

test('an extension ends after today and after the old end, and not beyond the limit', () => {
  const until = (text: string, expiresAt: Date | null, pack = CN_2012) => {
    const lastDay = parseDay(text);
    if (!lastDay) throw new Error(text);
    return checkExtension(pack, { kind: 'anonymous', expiresAt }, { lastDay, now, zone });
  };
  const past = new Date('2026-11-01T16:00:00Z');
  const future = new Date('2027-03-01T16:00:00Z');
  expect(until('2026-11-27', past)).toEqual({ ok: true, value: new Date('2026-11-27T16:00:00Z') });
  expect(until('2026-11-26', past)).toMatchObject({ refusal: { code: 'extension_not_after' } });
  expect(until('2027-03-01', future)).toMatchObject({ refusal: { code: 'extension_not_after' } });
  expect(until('2027-03-02', future)).toMatchObject({ ok: true });
  expect(until('2029-11-26', past)).toMatchObject({ ok: true });
  const above = until('2029-11-27', past);
  expect(above).toMatchObject({
    refusal: { code: 'extension_above_limit', rule: { id: 'cn-2012.extension.anonymous' } },
  });
  if (!above.ok && above.refusal.code === 'extension_above_limit') {
    expect(formatDay(above.refusal.limit)).toBe('2029-11-26');
  }
  expect(until('2049-11-27', past, FREE)).toMatchObject({ ok: true });
  expect(until('2029-11-27', null)).toEqual({ ok: false, refusal: { code: 'card_never_ends' } });
});

test('no pack asks a fee for a replacement', () => {
  expect(POLICY_PACKS.map(({ rules }) => rules.replacementFeeMinor.value)).toEqual([0n, 0n]);
});
