import { ok, plusMs, type Result, refuse } from '@/lib/kernel';
import { recordFailure, waitOf } from '@/lib/risk';
import type { Gift } from './model';
import { findGiftByToken, type GiftContext } from './store';

export interface LinkUse {
  readonly token: string;
  /** Where the request comes from (`networkOf` of lib/risk). */
  readonly network: string;
}

export type LinkRefusal =
  | { readonly code: 'link_dead' }
  | { readonly code: 'too_many_tries'; readonly retryAt: Date };

/**
 * The gift that a link leads to. Text that leads nowhere is counted against the network it comes from; a link that is
 * good writes nothing, however often machines follow it.
 */
export async function findByLink(
  { db, now }: GiftContext,
  { token, network }: LinkUse,
): Promise<Result<Gift, LinkRefusal>> {
  const subjects = [{ scope: 'gift:network', key: network }] as const;
  const wait = await waitOf(db, now, subjects);
  if (wait > 0) return refuse({ code: 'too_many_tries', retryAt: plusMs(now, wait) });
  const gift = await findGiftByToken(db, token);
  if (gift) return ok(gift);
  await recordFailure(db, now, subjects);
  return refuse({ code: 'link_dead' });
}
