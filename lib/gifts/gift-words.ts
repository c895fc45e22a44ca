import { dayIn, formatDay } from '@/lib/kernel';
import type { GiftSending } from './messenger';

/** What a sending says, in its reader's language. `parameters` are its parts, for an SMS template that a provider has approved. */
export interface GiftWords {
  readonly subject: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export function giftWords({ locale, what }: Pick<GiftSending, 'locale' | 'what'>): GiftWords {
  const zh = locale === 'zh-CN';
  if (what.kind === 'code') {
    const text = zh
      ? `【卡包】验证码 ${what.code}，${what.goodForMinutes} 分钟内有效，用于领取礼物。不要告诉别人，我们也不会向您要。`
      : `Kabao: ${what.code} is your code to claim a gift. It works for ${what.goodForMinutes} minutes. Tell nobody; we never ask for it.`;
    const subject = zh ? '领取礼物的验证码' : 'Your code to claim a gift';
    return { subject, text, parameters: { code: what.code } };
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
  return { subject, text, parameters: { sender: senderName, recipient: recipientName, link, until } };
}
