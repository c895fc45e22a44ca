import { describe, expect, test } from 'vitest';
import { deviceProof, isKnownDevice, withProof } from './known-device';

const device = { login: '+8613800138000', deviceId: 'device-1' };

describe('a known device', () => {
  test('is known to the login it signed in to, among others who used it', () => {
    const proofs = withProof(
      withProof('', deviceProof('secret', device)),
      deviceProof('secret', { ...device, login: 'a@example.com' }),
    );
    expect(isKnownDevice('secret', device, proofs)).toBe(true);
    expect(isKnownDevice('secret', { ...device, login: 'a@example.com' }, proofs)).toBe(true);
  });

  test.each([
    ['another login', { ...device, login: 'b@example.com' }, 'secret'],
    ['another device', { ...device, deviceId: 'device-2' }, 'secret'],
    ['a proof made without our secret', device, 'guess'],
  ])('is not %s', (_, asked, secret) => {
    expect(isKnownDevice('secret', asked, withProof('', deviceProof(secret, device)))).toBe(
      asked === device && secret === 'secret',
    );
  });

  test('keeps five proofs, the latest first, each once, and drops what is none', () => {
    const proofs = Array.from({ length: 8 }, (_, index) =>
      deviceProof('secret', { ...device, login: `${index}@example.com` }),
    );
    const kept = proofs.reduce((text, proof) => withProof(text, proof), 'nonsense.<script>');
    expect(kept.split('.')).toEqual(proofs.slice(3).reverse());
    expect(withProof(kept, proofs[7] ?? '')).toBe(kept);
  });

  test('is not proven by an empty or overlong cookie', () => {
    expect(isKnownDevice('secret', device, '')).toBe(false);
    expect(isKnownDevice('secret', device, '.'.repeat(100_000))).toBe(false);
  });
});
