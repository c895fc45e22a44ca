import { type GiftMessenger, type GiftSending, giftWords } from '@/lib/gifts';
import { maskContact } from '@/lib/kernel';
import { type Content, giftMail, type NotifyContext, sendOnce } from '@/lib/notify';

/** Carries a gift's messages by the ways that this installation has; what can never arrive is noted at its delivery. */
export function giftMessenger(context: NotifyContext, messageId: string): GiftMessenger {
  return {
    send: async (sending) => {
      const { deliveryId, channel, to, locale, what } = sending;
      const kind = channel === 'email' ? 'email' : 'phone';
      await sendOnce(context, {
        deliveryId,
        messageId,
        topic: TOPICS[what.kind],
        channel,
        to,
        maskedTo: maskContact({ kind, value: to }),
        locale,
        content: contentOf(sending),
      });
    },
  };
}

/** By which the templates of short messages are configured. */
const TOPICS = { gift: 'gift.due', reminder: 'gift.reminder', code: 'gift.code' } as const;

function contentOf(sending: GiftSending): Content {
  const { locale, what } = sending;
  const { subject, text } = giftWords(sending);
  if (what.kind === 'code') return { subject: '', text, parameters: { code: what.code } };
  const title = subject ?? what.senderName;
  return {
    subject: title,
    text,
    html: giftMail({ locale, title, text: text.replace(what.link, '').trim(), href: what.link }),
    // The address stands in the approved template: providers carry only its last part as a variable.
    parameters: { sender: what.senderName, token: what.link.slice(what.link.lastIndexOf('/') + 1) },
  };
}
