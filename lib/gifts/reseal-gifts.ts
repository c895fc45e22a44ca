import type { Database } from '@/lib/database';
import { resealAll } from '@/lib/vault';
import type { GiftKeys } from './keys';

const GIFTS_PER_PAGE = 500;

/**
 * Brings the tokens and addresses of all gifts under the current key, so that an older key can be taken away; returns
 * how many gifts changed. Codes are not: they are worth nothing after five minutes.
 */
export function resealGifts({ db, keys }: { db: Database; keys: GiftKeys }): Promise<number> {
  return resealAll(keys.seal, {
    fields: { sealedToken: 'token', sealedRecipient: 'recipient' },
    read: (after) =>
      db.gift.findMany({
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take: GIFTS_PER_PAGE,
        select: { id: true, sealedToken: true, sealedRecipient: true },
      }),
    write: async ({ id, sealedToken, sealedRecipient }, data) => {
      const asRead = { id, sealedRecipient, ...(sealedToken === null ? {} : { sealedToken }) };
      return (await db.gift.updateMany({ where: asRead, data })).count;
    },
  });
}
