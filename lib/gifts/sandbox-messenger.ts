import type { Database } from '@/lib/database';
import { dayIn, formatDay } from '@/lib/kernel';
import type { GiftMessenger, GiftSending } from './messenger';

/** Where no provider is configured: what would have been sent is kept for the demo's outbox page, each once. */
export function sandboxMessenger(db: Database, now: Date): GiftMessenger {
  return {
    send: async (sending) => {
      const { deliveryId: id, channel, to } = sending;
      await db.sandboxMessage.upsert({
        where: { id },
        // An update that changes nothing makes it one statement: two sendings at once are one message.
        update: { id },
        create: { id, channel, to, ...wordsOf(sending), at: now },
      });
    },
  };
}

function wordsOf({ channel, locale, what }: GiftSending): { subject: string | null; text: string } {
  const zh = locale === 'zh-CN';
  if (what.kind === 'code') {
    const text = zh
      ? `【卡包】验证码 ${what.code}，${what.goodForMinutes} 分钟内有效，用于领取礼物。不要告诉别人，我们也不会向您要。`
      : `Kabao: ${what.code} is your code to claim a gift. It works for ${what.goodForMinutes} minutes. Tell nobody; we never ask for it.`;
    return { subject: null, text };
  }
  const { senderName, recipientName, link } = what;
  const until = formatDay(dayIn(what.zone, what.claimBy));
  const isGift = what.kind === 'gift';
  const subject = zh
    ? isGift
      ? `${senderName} 送您一份礼物`
      : `${senderName} 送您的礼物还没有领`
    : isGift
      ? `${senderName} has sent you a gift`
      : `A gift from ${senderName} is still waiting for you`;
  const text = zh
    ? `${recipientName}，您好：${subject}。拆开看看：${link} （${until} 前领取有效）`
    : `${recipientName}, ${subject}. Open it: ${link} (claim it before ${until})`;
  return { subject: channel === 'email' ? subject : null, text };
}
