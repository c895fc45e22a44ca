import { invariant } from '@/lib/kernel';
import { findPolicyPack, type PolicyPack } from '@/lib/policy';
import type { CardContext } from '../issue-cards';
import type { Programme } from '../model';

/** What operations on requests need. No keys: those that make or open secrets take a `CardContext`. */
export type RequestContext = Pick<CardContext, 'db' | 'now' | 'zone'>;

export function packOf({ id, policyPack }: Programme): PolicyPack {
  const pack = findPolicyPack(policyPack);
  invariant(pack, `programme ${id} has a policy pack`);
  return pack;
}
