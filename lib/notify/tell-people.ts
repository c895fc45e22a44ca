import type { OutboxMessage } from '@/lib/outbox';
import { factsOf } from './facts';
import { keepInInbox } from './inbox';
import { CHANNELS, groupOf, type ToldTopic, toldTopic } from './model';
import { type Reach, reachOf } from './preferences';
import { type NotifyContext, sendOnce } from './send-once';
import { contentOf, shortTextOf } from './templates';

export interface TellContext extends NotifyContext {
  /** `https://shop.example`: where links lead. */
  readonly origin: string;
  /** The issuer's zone, in which cards end. */
  readonly zone: string;
}

/**
 * Tells a person what a message of the outbox says: in their inbox, and by mail and short message as they chose, each
 * once however often the message comes. A channel that fails makes the message come again and holds up no other.
 */
export async function tellPeople(context: TellContext, message: OutboxMessage): Promise<void> {
  const { userId, ...payload } = message.payload;
  const topic = toldTopic(message.topic);
  if (!userId || !topic) return;
  await keepInInbox(context.db, {
    id: message.id,
    userId,
    topic,
    payload: JSON.stringify(payload),
    at: message.createdAt,
  });
  const reach = await reachOf(context, userId);
  const ends = await Promise.allSettled(deliveries(context, { message, topic, userId, reach }));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}

function deliveries(
  context: TellContext,
  {
    message,
    topic,
    userId,
    reach,
  }: { message: OutboxMessage; topic: ToldTopic; userId: string; reach: Reach },
): Promise<unknown>[] {
  const { locale, choices, addresses } = reach;
  return CHANNELS.flatMap((channel) => {
    const address = addresses[channel];
    if (!address || !choices[groupOf(topic)][channel]) return [];
    const send = async () => {
      const [facts] = await factsOf({ ...context, locale }, [message.payload]);
      if (!facts) return;
      const content = contentOf(topic, facts, { locale, origin: context.origin });
      await sendOnce(context, {
        deliveryId: `${message.id}.${channel}`,
        messageId: message.id,
        topic,
        channel,
        to: address.to,
        maskedTo: address.masked,
        userId,
        locale,
        content:
          channel === 'sms'
            ? {
                subject: content.subject,
                text: shortTextOf(topic, facts, locale),
                parameters: content.parameters ?? {},
              }
            : content,
      });
    };
    return [send()];
  });
}
