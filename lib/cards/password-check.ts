import { createHmac, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { VersionedKey } from '@/lib/env';
import { currentKey } from '@/lib/vault';
import { passwordBits, STRONG_PASSWORD_BITS } from './password';

export type PasswordScheme = 'hmac' | 'argon2id';

/** How a card's password is kept. */
export interface StoredPassword {
  readonly scheme: PasswordScheme;
  readonly keyVersion: number;
  /** HMAC-SHA-256 in hex, or a PHC string of argon2id. */
  readonly hash: string;
}

/**
 * How to keep a normalised password. One of 80 bits gains nothing from a slow hash and gets an HMAC; a shorter one,
 * from paper, gets argon2id (RFC 9106) with the server's key as its secret, so that the database alone is no help.
 */
export async function storePassword(
  keys: VersionedKey,
  cardId: string,
  password: string,
): Promise<StoredPassword> {
  return passwordBits(password) >= STRONG_PASSWORD_BITS
    ? storeStrongPassword(keys, cardId, password)
    : storeShortPassword(keys, password);
}

/** Keeps a password of 80 bits, which the caller vouches for. The card id is its salt. */
export function storeStrongPassword(keys: VersionedKey, cardId: string, password: string): StoredPassword {
  const { version, key } = currentKey(keys);
  return { scheme: 'hmac', keyVersion: version, hash: hmacOf(key, cardId, password).toString('hex') };
}

async function storeShortPassword(keys: VersionedKey, password: string): Promise<StoredPassword> {
  const { version, key } = currentKey(keys);
  return { scheme: 'argon2id', keyVersion: version, hash: await hash(password, { ...COST, secret: key }) };
}

/**
 * Whether `typed` (normalised) is the password of `card`; `null` stands for a number that no card has. The work of
 * both schemes is done every time and nothing returns early, so the time tells neither whether the number exists
 * nor how its password is kept.
 */
export async function passwordMatches(
  keys: VersionedKey,
  card: { readonly id: string; readonly password: StoredPassword } | null,
  typed: string,
): Promise<boolean> {
  const stored = card?.password ?? DECOY;
  const key = keys.get(stored.keyVersion) ?? currentKey(keys).key;
  const fast = equalHex(
    hmacOf(key, card?.id ?? DECOY_ID, typed),
    stored.scheme === 'hmac' ? stored.hash : DECOY.hash,
  );
  const slow = await verify(stored.scheme === 'argon2id' ? stored.hash : DECOY_ARGON2ID, typed, {
    secret: key,
  });
  const matches = stored.scheme === 'hmac' ? fast : slow;
  return card !== null && keys.has(stored.keyVersion) && matches;
}

// The least that OWASP's password storage cheat sheet recommends for argon2id: 19 MiB, two passes, one lane (about
// 30 ms). A change of cost must change the decoy with it, and makes old hashes tell themselves by their time.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const DECOY_ID = 'crd_00000000000000000000000000';
const DECOY: StoredPassword = { scheme: 'hmac', keyVersion: 0, hash: '00'.repeat(32) };
const DECOY_ARGON2ID =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

function hmacOf(key: Buffer, cardId: string, password: string): Buffer {
  return createHmac('sha256', key).update(`card-password:${cardId}:${password}`).digest();
}

function equalHex(actual: Buffer, expectedHex: string): boolean {
  const expected = Buffer.from(expectedHex, 'hex');
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}
