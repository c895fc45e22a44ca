import { hash, verify } from '@node-rs/argon2';

/** Argon2id, 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. The package's default algorithm is argon2id. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassphrase(passphrase: string): Promise<string> {
  return hash(spoken(passphrase), PARAMETERS);
}

export function passphraseMatches(stored: string, typed: string): Promise<boolean> {
  return verify(stored, spoken(typed));
}

/** A passphrase is often spoken: capitals, spaces and the width of characters cannot be heard, so they do not count. */
function spoken(passphrase: string): string {
  return passphrase.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}
