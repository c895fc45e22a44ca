import { describe, expect, it } from 'vitest';
import { newId, parseId } from './ids';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const numberOf = (id: string) =>
  [...id.slice(4)].reduce((value, character) => value * 32n + BigInt(CROCKFORD.indexOf(character)), 0n);

describe('an id', () => {
  it('is above every id made before it, also within a millisecond', () => {
    const ids = Array.from({ length: 20_000 }, () => newId('pay'));
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('is a UUID version 7 that begins with the time', () => {
    const before = Date.now();
    const value = numberOf(newId('pay'));
    expect(Number(value >> 80n)).toBeGreaterThanOrEqual(before);
    expect(Number(value >> 80n)).toBeLessThanOrEqual(Date.now());
    expect((value >> 76n) & 15n).toBe(7n);
    expect((value >> 62n) & 3n).toBe(2n);
  });

  it('reads back under its own prefix alone', () => {
    const id = newId('crd');
    expect(parseId('crd', id)).toBe(id);
    expect(parseId('pay', id)).toBeNull();
  });
});
