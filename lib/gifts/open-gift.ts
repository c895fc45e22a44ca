import { commitUnit } from '@/lib/database';
import { type Id, ok, type Result } from '@/lib/kernel';
import { findByLink, type LinkRefusal, type LinkUse } from './find-by-link';
import { type GiftContext, giftMessage } from './store';

/**
 * A person opens the envelope (拆开). Machines that follow links never come here: pages are read without it. The first time
 * is kept and told to the sender, once.
 */
export async function openGift(
  context: GiftContext,
  use: LinkUse & {
    /** Who is signed in. A view by the sender does not open the gift. */
    readonly userId: Id<'usr'> | null;
  },
): Promise<Result<{ readonly giftId: string }, LinkRefusal>> {
  const found = await findByLink(context, use);
  if (!found.ok) return found;
  const gift = found.value;
  const { db, now } = context;
  if (gift.state === 'sent' && gift.openedAt === null && gift.senderId !== use.userId) {
    // Refused when another has opened it at the same moment, or it has ended: nothing is left to do then.
    await commitUnit(db, {
      updates: [
        {
          table: 'Gift',
          key: { id: gift.id },
          expect: { state: 'sent', tokenVersion: gift.tokenVersion, openedAt: null },
          set: { openedAt: now.toISOString() },
        },
      ],
      inserts: [
        {
          table: 'OutboxMessage',
          rows: [
            giftMessage({
              topic: 'gift.opened',
              payload: { userId: gift.senderId, giftId: gift.id },
              now,
            }),
          ],
        },
      ],
    });
  }
  return ok({ giftId: gift.id });
}
