import { env, type VersionedKey } from '@/lib/env';

/** The server's secrets for gifts. In each, the highest version makes new values; all of them read old ones. */
export interface GiftKeys {
  /** AES-256 keys of what is sealed: addresses, tokens, codes. */
  readonly seal: VersionedKey;
  /** HMAC keys under which phones are compared. */
  readonly lookup: VersionedKey;
}

/** The keys of this process. Throws `ConfigurationError` when they are not set. */
export function giftKeys(): GiftKeys {
  const { sealKeys, numberKeys } = env();
  return { seal: sealKeys, lookup: numberKeys };
}
