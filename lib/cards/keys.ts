import { env, type VersionedKey } from '@/lib/env';

/** The server's secrets for cards. In each, the highest version makes new values; all of them read old ones. */
export interface CardKeys {
  /** HMAC keys under which numbers are looked up. */
  readonly number: VersionedKey;
  /** HMAC keys of generated passwords, and the secret (pepper) of imported ones. */
  readonly password: VersionedKey;
  /** AES-256 keys of what is sealed. */
  readonly seal: VersionedKey;
}

/** The keys of this process. Throws `ConfigurationError` when they are not set. */
export function cardKeys(): CardKeys {
  const { numberKeys, passwordKeys, sealKeys } = env();
  return { number: numberKeys, password: passwordKeys, seal: sealKeys };
}
