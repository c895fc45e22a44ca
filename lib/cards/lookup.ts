import { createHmac } from 'node:crypto';
import type { VersionedKey } from '@/lib/env';
import { currentKey } from '@/lib/vault';

/** A card number as the database knows it: HMAC-SHA-256 (RFC 2104) in hex, and the version of the key it was made with. */
export interface NumberHmac {
  readonly keyVersion: number;
  readonly hmac: string;
}

/** What a new card's number is stored as. */
export function numberHmac(keys: VersionedKey, number: string): NumberHmac {
  const { version, key } = currentKey(keys);
  return { keyVersion: version, hmac: hmacOf(key, number) };
}

/** What a number may be stored as, whenever its card was made: one value for each key version. */
export function numberHmacs(keys: VersionedKey, number: string): readonly string[] {
  return Array.from(keys.values(), (key) => hmacOf(key, number));
}

// The label keeps a value of this kind from ever being one of another, should two uses share a key.
function hmacOf(key: Buffer, number: string): string {
  return createHmac('sha256', key).update(`card-number:${number}`).digest('hex');
}
