import { commitUnit, type Row } from '@/lib/database';
import { type Id, ok, plusMs, type Result, refuse } from '@/lib/kernel';
import { takeAttempt } from '@/lib/risk';
import { seal } from '@/lib/vault';
import { recipientColumns } from './create-gifts';
import type { GiftKeys } from './keys';
import { CLAIM_AT_LEAST_MS, type Gift, type GiftRecipient, type GiftRefusal } from './model';
import { findGift, type GiftContext, giftMessage } from './store';
import { hashToken, newToken } from './token';

export interface SendContext extends GiftContext {
  readonly keys: GiftKeys;
}

interface Wish {
  readonly giftId: string;
  readonly senderId: Id<'usr'>;
}

/** Sends a gift once more, with a new link; the old link is dead from then on. Only a gift that was sent and is not claimed. */
export function resendGift(
  context: SendContext,
  wish: Wish,
): Promise<Result<{ readonly giftId: Id<'gft'> }, GiftRefusal>> {
  return renewLink(context, wish, { states: ['sent'], columns: () => ({}) });
}

/** Gives a gift to somebody else, at its time or, when it was sent, at once; the old link is dead from this moment. */
export function changeRecipient(
  context: SendContext,
  wish: Wish & { readonly recipient: GiftRecipient },
): Promise<Result<{ readonly giftId: Id<'gft'> }, GiftRefusal>> {
  return renewLink(context, wish, {
    states: ['scheduled', 'sent'],
    columns: ({ id }) => recipientColumns(context.keys, id, wish.recipient),
  });
}

async function renewLink(
  context: SendContext,
  wish: Wish,
  change: { readonly states: readonly Gift['state'][]; readonly columns: (gift: Gift) => Row },
): Promise<Result<{ readonly giftId: Id<'gft'> }, GiftRefusal>> {
  const { db, now } = context;
  let counted = false;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const gift = await findGift(db, wish.giftId);
    if (!gift || gift.senderId !== wish.senderId) return refuse({ code: 'gift_not_found' });
    if (!change.states.includes(gift.state)) {
      return refuse({ code: 'not_possible_in_state', state: gift.state });
    }
    // Every sending counts, also a good one: what is counted is mail.
    if (!counted) {
      const attempt = await takeAttempt(db, now, [{ scope: 'gift:resend', key: gift.id }]);
      if (!attempt.ok) {
        return refuse({ code: 'too_many_tries', retryAt: plusMs(now, attempt.refusal.retryAfterMs) });
      }
      counted = true;
    }
    if (await replaceToken(context, gift, change.columns(gift))) return ok({ giftId: gift.id });
  }
  throw new Error(`gift ${wish.giftId} kept changing while it was sent again`);
}

/** A gift that was changed meanwhile is read anew; people do not change one this often at once. */
const MOST_TRIES = 4;

async function replaceToken({ db, now, keys }: SendContext, gift: Gift, columns: Row): Promise<boolean> {
  const token = newToken();
  const version = gift.tokenVersion + 1;
  const isSent = gift.state === 'sent';
  const claimBy = new Date(Math.max(gift.claimBy.getTime(), now.getTime() + CLAIM_AT_LEAST_MS));
  const outcome = await commitUnit(db, {
    updates: [
      {
        table: 'Gift',
        key: { id: gift.id },
        expect: { state: gift.state, tokenVersion: gift.tokenVersion },
        set: {
          ...columns,
          tokenHash: hashToken(token),
          sealedToken: seal(keys.seal, { owner: gift.id, field: 'token' }, token),
          tokenVersion: version,
          openedAt: null,
          noticedAt: null,
          claimBy: claimBy.toISOString(),
          ...(isSent ? { sentAt: now.toISOString() } : {}),
        },
      },
    ],
    inserts: [
      {
        table: 'OutboxMessage',
        rows: [
          giftMessage({
            topic: 'gift.due',
            payload: { giftId: gift.id, version: String(version) },
            now,
            availableAt: isSent ? now : gift.deliverAt,
          }),
        ],
      },
    ],
  });
  return outcome.outcome === 'committed';
}
