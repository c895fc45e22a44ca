import type { Row } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import { seal } from '@/lib/vault';
import { type CardContext, freeNumbers } from '../issue-cards';
import { numberHmac } from '../lookup';
import { generatePassword } from '../password';
import { storeStrongPassword } from '../password-check';
import type { RequestedCard } from './store';

/**
 * A new number and a new password for a card that stays the same row and the same ledger account: what it is worth, what
 * payments hold and what refunds bring back needs no moving. Both are kept sealed until the holder has looked at them
 * once. The old number is retired in the same unit, and the database lets no card have it again.
 */
export async function renewSecrets(
  { db, keys, now }: Pick<CardContext, 'db' | 'keys' | 'now'>,
  { card, programme, numberHmac: old }: RequestedCard,
): Promise<{ readonly set: Row; readonly retired: Row }> {
  const [number] = await freeNumbers({ db, keys }, programme.prefix, 1);
  invariant(number, 'one number was drawn');
  const password = generatePassword();
  const stored = storeStrongPassword(keys.password, card.id, password);
  const { hmac, keyVersion } = numberHmac(keys.number, number);
  return {
    set: {
      numberHmac: hmac,
      numberKey: keyVersion,
      lastFour: number.slice(-4),
      passwordScheme: stored.scheme,
      passwordKey: stored.keyVersion,
      passwordHash: stored.hash,
      sealedNumber: seal(keys.seal, { owner: card.id, field: 'number' }, number),
      sealedPassword: seal(keys.seal, { owner: card.id, field: 'password' }, password),
    },
    retired: { numberHmac: old, cardId: card.id, retiredAt: now.toISOString() },
  };
}
