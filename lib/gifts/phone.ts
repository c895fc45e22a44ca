import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VersionedKey } from '@/lib/env';
import { currentKey } from '@/lib/vault';

/** What a phone (E.164) is stored as, where it is only ever compared: HMAC-SHA-256 in hex. */
export function phoneHmac(keys: VersionedKey, phone: string): string {
  return hmacOf(currentKey(keys).key, phone).toString('hex');
}

/** Whether `stored` was made of `phone`, under whichever version of the key. */
export function isPhone(keys: VersionedKey, stored: string, phone: string): boolean {
  const wanted = Buffer.from(stored, 'hex');
  return Array.from(keys.values(), (key) => hmacOf(key, phone)).some(
    (hmac) => hmac.length === wanted.length && timingSafeEqual(hmac, wanted),
  );
}

// The label keeps a value of this kind from ever being one of another: card numbers are looked up under the same key.
function hmacOf(key: Buffer, phone: string): Buffer {
  return createHmac('sha256', key).update(`gift-phone:${phone}`).digest();
}
