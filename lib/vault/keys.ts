import type { VersionedKey } from '@/lib/env';
import { invariant } from '@/lib/kernel';

/** The version that makes new values. */
export function currentKey(keys: VersionedKey): { readonly version: number; readonly key: Buffer } {
  const version = Math.max(...keys.keys());
  const key = keys.get(version);
  invariant(key, 'a set of keys has at least one version');
  return { version, key };
}
