import { addMissing, type Database, gatherWrites } from '@/lib/database';
import type { Channel } from './channels';
import type { ChannelName } from './model';
import type { SandboxMessageView } from './sandbox-messages';

const keep = gatherWrites<SandboxMessageView, unknown>(async (db, rows) => {
  await addMissing(db, 'SandboxMessage', rows);
  return rows;
});

/** Keeps what would have been sent, for the demo's outbox page. A repeated send is one message. */
export function sandboxChannel(db: Database, channel: ChannelName): Channel {
  return {
    send: async ({ deliveryId: id, to, locale, content, now: at }) => {
      const { text, html = null } = content;
      const subject = channel === 'email' ? content.subject : null;
      await keep(db, { id, channel, to, locale, subject, text, html, at });
      return { status: 'sent', providerId: null };
    },
  };
}
