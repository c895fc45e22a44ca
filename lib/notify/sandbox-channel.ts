import type { Database } from '@/lib/database';
import type { Channel } from './channels';
import type { ChannelName } from './model';

/** Keeps what would have been sent, for the demo's outbox page. A repeated send is one message. */
export function sandboxChannel(db: Database, channel: ChannelName): Channel {
  return {
    send: async ({ deliveryId, to, locale, content, now }) => {
      const { subject, text, html = null } = content;
      await db.sandboxMessage.upsert({
        where: { id: deliveryId },
        create: {
          id: deliveryId,
          channel,
          to,
          locale,
          subject: channel === 'email' ? subject : null,
          text,
          html,
          at: now,
        },
        update: { id: deliveryId },
      });
      return { status: 'sent', providerId: null };
    },
  };
}
