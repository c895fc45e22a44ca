import type { Database } from '@/lib/database';
import { type Locale, parseLocale } from '@/lib/i18n/locale';
import { CHANNELS, type ChannelName } from './model';

/** What would have been sent, as the demo shows it. */
export interface SandboxMessageView {
  readonly id: string;
  readonly channel: ChannelName;
  readonly to: string;
  /** The language it is written in. */
  readonly locale: Locale;
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly at: Date;
}

const PAGE_SIZE = 10;

/** One page of what the demo would have sent, newest first. `channel: null` is both. */
export async function sandboxMessages(
  db: Database,
  { channel, page }: { channel: ChannelName | null; page: number },
): Promise<{ readonly messages: readonly SandboxMessageView[]; readonly hasNext: boolean }> {
  const rows = await db.sandboxMessage.findMany({
    where: channel ? { channel } : {},
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PAGE_SIZE,
    take: PAGE_SIZE + 1,
  });
  const messages = rows.slice(0, PAGE_SIZE).flatMap((row) => {
    const known = CHANNELS.find((each) => each === row.channel);
    return known ? [{ ...row, channel: known, locale: parseLocale(row.locale) }] : [];
  });
  return { messages, hasNext: rows.length > PAGE_SIZE };
}
