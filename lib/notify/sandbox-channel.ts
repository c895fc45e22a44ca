import { type Database, gatherWrites } from '@/lib/database';
import type { Locale } from '@/lib/i18n/locale';
import type { Channel } from './channels';
import type { ChannelName } from './model';

interface SandboxRow {
  readonly id: string;
  readonly channel: ChannelName;
  readonly to: string;
  readonly locale: Locale;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly at: Date;
}

const keep = gatherWrites<SandboxRow, unknown>({
  many: async (db, rows) => {
    await db.sandboxMessage.createMany({ data: [...rows] });
    return rows;
  },
  one: (db, row) => db.sandboxMessage.upsert({ where: { id: row.id }, create: row, update: { id: row.id } }),
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
