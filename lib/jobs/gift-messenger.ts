import { type GiftMessenger, giftWords } from '@/lib/gifts';
import { invariant, maskContact, parseContact } from '@/lib/kernel';
import { type NotifyContext, sendOnce } from '@/lib/notify';
import type { OutboxMessage } from '@/lib/outbox';

/** Carries what a message of the outbox says of gifts by mail or SMS, each once. */
export function giftMessenger(context: NotifyContext, message: OutboxMessage): GiftMessenger {
  return {
    send: async (sending) => {
      const { deliveryId, channel, to, locale } = sending;
      const contact = parseContact(to);
      invariant(contact, 'an address was read before it was kept');
      await sendOnce(context, {
        deliveryId,
        messageId: message.id,
        topic: message.topic,
        channel,
        to,
        maskedTo: maskContact(contact),
        locale,
        content: giftWords(sending),
      });
    },
  };
}
