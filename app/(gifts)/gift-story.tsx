import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Quoting } from '@/components/ui/as-written';
import { Panel } from '@/components/ui/panel';
import { Timeline, type TimelineEntry } from '@/components/ui/timeline';
import type { SentGift } from '@/lib/gifts';

/** What has happened to a gift, the latest first, in the sender's words and the recipient's zone where that matters. */
export function GiftStory({ gift }: { gift: SentGift }) {
  const t = useTranslations('gifts.detail');
  const format = useFormatter();
  const when = (instant: Date) => ({
    time: format.dateTime(instant, { dateStyle: 'medium', timeStyle: 'short' }),
    dateTime: instant.toISOString(),
  });
  const entry = (id: string, title: ReactNode, at: Date | null): TimelineEntry[] =>
    at === null ? [] : [{ id, title, ...when(at) }];
  const to = gift.maskedRecipient ?? gift.recipientName;
  const sent = { email: t('sentEmail', { to }), sms: t('sentSms', { to }), link: t('sentLink') }[
    gift.channel
  ];
  const theirs = format.dateTime(gift.deliverAt, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: gift.zone,
  });
  const ended = gift.status === 'returned' || gift.status === 'revoked' ? gift.status : null;
  const entries: TimelineEntry[] = [
    ...(ended ? entry('ended', t(ended), gift.endedAt) : []),
    ...entry('claimed', t('claimed'), gift.claimedAt).map((each) => ({ ...each, tone: 'jade' as const })),
    ...entry('opened', t('opened'), gift.openedAt),
    ...entry('sent', <Quoting>{sent}</Quoting>, gift.sentAt),
    ...(gift.status === 'scheduled'
      ? entry('due', t('scheduled'), gift.deliverAt).map((each) => ({
          ...each,
          detail: t('scheduledZone', { time: theirs }),
          tone: 'amber' as const,
        }))
      : []),
    ...entry('created', t('created'), gift.createdAt),
  ];
  return (
    <Panel title={t('story')}>
      <Timeline label={t('story')} entries={entries} />
    </Panel>
  );
}
