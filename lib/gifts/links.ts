import { unseal } from '@/lib/vault';
import type { GiftKeys } from './keys';
import type { Gift } from './model';

/** The redeem link of a gift as it is today. A secret: whoever has it can claim. */
export function linkOf(
  { keys, origin }: { readonly keys: GiftKeys; readonly origin: string },
  gift: Pick<Gift, 'id' | 'sealedToken'>,
): string {
  return `${origin}/g/${unseal(keys.seal, { owner: gift.id, field: 'token' }, gift.sealedToken)}`;
}
