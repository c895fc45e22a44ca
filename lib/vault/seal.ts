import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { VersionedKey } from '@/lib/env';
import { invariant } from '@/lib/kernel';
import { currentKey } from './keys';

/** Whose secret it is and which one; both are bound into the seal, so that no sealed text opens in another's place. */
export interface SealSubject {
  /** The id of what it belongs to: a card, a gift, an identity. */
  readonly owner: string;
  readonly field: string;
}

/**
 * Seals a secret that must be shown again: AES-256-GCM (NIST SP 800-38D) under the current key, the owner's id and
 * the field as associated data. The text is `version.iv.ciphertext.tag`, base64url.
 */
export function seal(keys: VersionedKey, subject: SealSubject, secret: string): string {
  const { version, key } = currentKey(keys);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(subject));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [version, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** Opens what `seal` made for the same subject. Throws when it was altered, moved, or sealed under a key that is gone. */
export function unseal(keys: VersionedKey, subject: SealSubject, text: string): string {
  const [version, iv, sealed, tag, ...rest] = text.split('.');
  invariant(
    version && iv && sealed !== undefined && tag && rest.length === 0,
    'a sealed text has four parts',
  );
  const key = keys.get(Number(version));
  invariant(key, `no key of version ${version} to open a sealed text with`);
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(subject));
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]).toString(
    'utf8',
  );
}

/** The same secret under the current key; `null` when it already is. */
export function reseal(keys: VersionedKey, subject: SealSubject, text: string): string | null {
  const current = `${currentKey(keys).version}.`;
  return text.startsWith(current) ? null : seal(keys, subject, unseal(keys, subject, text));
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function associatedData({ owner, field }: SealSubject): Buffer {
  return Buffer.from(`${owner}:${field}`);
}
