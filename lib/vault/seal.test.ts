import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { reseal, seal, unseal } from './seal';

const first = new Map([[1, randomBytes(32)]]);
const second = new Map([...first, [2, randomBytes(32)]]);
const subject = { owner: 'crd_1', field: 'password' } as const;

test('a sealed secret opens for its own card and field', () => {
  expect(unseal(first, subject, seal(first, subject, '7K2M9QXA1ZMD55TV'))).toBe('7K2M9QXA1ZMD55TV');
});

test('sealing twice gives two texts', () => {
  expect(seal(first, subject, 'same')).not.toBe(seal(first, subject, 'same'));
});

test('a seal does not open in the place of another card or field', () => {
  const text = seal(first, subject, 'secret');
  expect(() => unseal(first, { ...subject, owner: 'crd_2' }, text)).toThrow();
  expect(() => unseal(first, { ...subject, field: 'number' }, text)).toThrow();
});

test('a seal that was altered anywhere does not open', () => {
  const text = seal(first, subject, 'secret');
  const parts = text.split('.');
  for (const place of [1, 2, 3]) {
    const altered = parts.map((part, index) =>
      index === place ? (part[0] === 'A' ? 'B' : 'A') + part.slice(1) : part,
    );
    expect(() => unseal(first, subject, altered.join('.'))).toThrow();
  }
  expect(() => unseal(first, subject, 'secret')).toThrow();
  const [version, iv, sealed, tag = ''] = parts;
  const shortTag = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
  expect(() => unseal(first, subject, [version, iv, sealed, shortTag].join('.'))).toThrow();
});

test('after a rotation old seals open, new ones use the new key, and resealing brings old ones over', () => {
  const old = seal(first, subject, 'secret');
  expect(unseal(second, subject, old)).toBe('secret');
  const renewed = reseal(second, subject, old);
  expect(renewed).toMatch(/^2\./);
  expect(unseal(new Map([[2, second.get(2) ?? Buffer.alloc(0)]]), subject, renewed ?? '')).toBe('secret');
  expect(reseal(second, subject, renewed ?? '')).toBeNull();
  expect(() => unseal(new Map([[2, randomBytes(32)]]), subject, old)).toThrow(/no key of version 1/);
});
