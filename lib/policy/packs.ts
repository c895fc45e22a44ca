import type { PolicyPack } from './model';
import { CN_2012 } from './pack-cn-2012';
import { FREE } from './pack-free';

/** Every pack there is. A country is added by listing its pack here (docs/extending.md). */
export const POLICY_PACKS: readonly PolicyPack[] = [CN_2012, FREE];

/** The pack called `id`; `null` when there is none. */
export function findPolicyPack(id: string): PolicyPack | null {
  return POLICY_PACKS.find((pack) => pack.id === id) ?? null;
}
