import { commitUnit } from '@/lib/database';
import { invariant, MINUTE_MS } from '@/lib/kernel';
import type { OutboxMessage } from '@/lib/outbox';
import { unseal } from '@/lib/vault';
import { linkOf } from './links';
import type { GiftMessenger } from './messenger';
import { CODE_GOOD_FOR_MS, type Gift } from './model';
import { openProof } from './prove-phone';
import type { SendContext } from './send-again';
import { findGift, giftMove } from './store';

export interface DeliverContext extends SendContext {
  /** `https://shop.example`: where redeem links lead. */
  readonly origin: string;
  readonly messenger: GiftMessenger;
}

/**
 * Acts on what the outbox tells of gifts: delivers them at their time, reminds their recipients, sends codes. May be called
 * again with a message that was dealt with. A message for an older link does nothing.
 */
export async function deliverGift(context: DeliverContext, message: OutboxMessage): Promise<void> {
  if (message.topic === 'gift.due') await deliverDue(context, message);
  if (message.topic === 'gift.reminder') await remind(context, message);
  if (message.topic === 'gift.code') await sendCode(context, message);
}

async function deliverDue(context: DeliverContext, { payload }: OutboxMessage): Promise<void> {
  const gift = await ofVersion(context, payload);
  if (!gift) return;
  if (gift.state === 'scheduled') {
    // Before it is sent, so that the link works when it arrives. Whoever dies in between comes here again and sends.
    const at = context.now.toISOString();
    const { outcome } = await commitUnit(context.db, { updates: [giftMove(gift, 'send', { sentAt: at })] });
    invariant(outcome === 'committed', 'a gift that changed while it became due is looked at again');
  }
  await sendLink(context, gift, 'gift');
}

async function remind(context: DeliverContext, { payload }: OutboxMessage): Promise<void> {
  const gift = await ofVersion(context, payload);
  if (gift?.state === 'sent') await sendLink(context, gift, 'reminder');
}

/** The gift, as long as it can be claimed by the link that the message is about. */
async function ofVersion(
  { db }: DeliverContext,
  payload: Readonly<Record<string, string>>,
): Promise<Gift | null> {
  const gift = await findGift(db, payload.giftId ?? '');
  const isOpen = gift?.state === 'scheduled' || gift?.state === 'sent';
  return gift && isOpen && String(gift.tokenVersion) === payload.version ? gift : null;
}

async function sendLink(context: DeliverContext, gift: Gift, kind: 'gift' | 'reminder'): Promise<void> {
  const { keys, messenger } = context;
  if (gift.channel === 'link' || gift.sealedRecipient === null) return;
  const { theme, senderName, recipientName, claimBy, zone, channel, locale } = gift;
  await messenger.send({
    deliveryId: `${gift.id}.${gift.tokenVersion}.${kind}`,
    channel,
    to: unseal(keys.seal, { owner: gift.id, field: 'recipient' }, gift.sealedRecipient),
    locale,
    what: { kind, theme, senderName, recipientName, claimBy, zone, link: linkOf(context, gift) },
  });
}

async function sendCode(context: DeliverContext, { payload }: OutboxMessage): Promise<void> {
  const proof = await openProof(context, payload.proofId ?? '');
  if (!proof) return;
  await context.messenger.send({
    deliveryId: `${proof.id}.code`,
    channel: 'sms',
    to: proof.phone,
    locale: proof.locale,
    what: { kind: 'code', code: proof.code, goodForMinutes: CODE_GOOD_FOR_MS / MINUTE_MS },
  });
}
