import { commitUnit, type Tx } from '@/lib/database';
import { type Id, invariant, maskContact, newId, parseContact, plusMs } from '@/lib/kernel';
import { seal } from '@/lib/vault';
import type { GiftKeys } from './keys';
import { CLAIM_WITHIN_MS, type GiftPlan, type GiftRecipient } from './model';
import { phoneHmac } from './phone';
import { deliveryOf } from './plan-gifts';
import { giftMessage, type NewGift, newGiftRow } from './store';
import { hashToken, newToken } from './token';

/**
 * Puts cards into envelopes, in the caller's transaction: one gift for each recipient of the plan, due at the plan's time,
 * and the message that delivers it then. The cards are in state `issued`, without holder; each is in one gift at most
 * (the database refuses a second). Returns the gifts' ids in the order of the recipients.
 */
export async function createGifts(
  tx: Tx,
  order: {
    /** null: these cards were not bought here. */
    readonly purchaseId: string | null;
    readonly senderId: Id<'usr'>;
    /** As many as the plan has recipients. */
    readonly cardIds: readonly Id<'crd'>[];
    readonly plan: GiftPlan;
    readonly now: Date;
    readonly keys: GiftKeys;
  },
): Promise<Id<'gft'>[]> {
  const { plan, cardIds, senderId, now } = order;
  invariant(cardIds.length === plan.recipients.length, 'there is a card for each recipient');
  const deliverAt = deliveryOf(plan, now);
  const gifts = plan.recipients.map((recipient, index) => {
    const cardId = cardIds[index];
    invariant(cardId, 'there is a card for each recipient');
    return newGift({ ...order, recipient, cardId, deliverAt });
  });
  const later = deliverAt > now && gifts[0];
  const outcome = await commitUnit(tx, {
    inserts: [
      { table: 'Gift', rows: gifts.map(newGiftRow) },
      {
        table: 'OutboxMessage',
        rows: [
          ...gifts.map(({ id }) =>
            giftMessage({
              topic: 'gift.due',
              payload: { giftId: id, version: '1' },
              now,
              availableAt: deliverAt,
            }),
          ),
          ...(later
            ? [
                giftMessage({
                  topic: 'gift.scheduled',
                  payload: { userId: senderId, giftId: later.id, count: String(gifts.length) },
                  now,
                }),
              ]
            : []),
        ],
      },
    ],
  });
  invariant(outcome.outcome === 'committed', 'new gifts stand in nobody’s way');
  return gifts.map(({ id }) => id);
}

function newGift(order: {
  readonly purchaseId: string | null;
  readonly senderId: Id<'usr'>;
  readonly cardId: Id<'crd'>;
  readonly plan: GiftPlan;
  readonly recipient: GiftRecipient;
  readonly deliverAt: Date;
  readonly now: Date;
  readonly keys: GiftKeys;
}): NewGift {
  const { plan, recipient, keys, deliverAt, now } = order;
  const id = newId('gft');
  const token = newToken();
  return {
    id,
    senderId: order.senderId,
    purchaseId: order.purchaseId,
    cardId: order.cardId,
    theme: plan.theme,
    message: plan.message,
    senderName: plan.senderName,
    locale: plan.locale,
    zone: plan.zone,
    ...recipientColumns(keys, id, recipient),
    deliverAt,
    tokenHash: hashToken(token),
    sealedToken: seal(keys.seal, { owner: id, field: 'token' }, token),
    passphraseHash: plan.passphraseHash,
    claimBy: plusMs(deliverAt, CLAIM_WITHIN_MS),
    sentAt: null,
    openedAt: null,
    noticedAt: null,
    claimedAt: null,
    claimedById: null,
    endedAt: null,
    createdAt: now,
  };
}

/** A recipient as a gift keeps one: the address sealed and masked, the phone to prove only as what it is compared with. */
export function recipientColumns(keys: GiftKeys, giftId: Id<'gft'>, recipient: GiftRecipient) {
  const { name, channel, address, phone } = recipient;
  const contact = address === null ? null : parseContact(address);
  return {
    recipientName: name,
    channel,
    sealedRecipient:
      address === null ? null : seal(keys.seal, { owner: giftId, field: 'recipient' }, address),
    maskedRecipient: contact && maskContact(contact),
    phoneHmac: phone === null ? null : phoneHmac(keys.lookup, phone),
  };
}
