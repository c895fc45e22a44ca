import { useFormatter, useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { GiftStatus, GiftView, SentGift } from '@/lib/gifts';

/** How far a gift has come, in a word. */
export function GiftStatusPill({ status }: { status: GiftStatus }) {
  const t = useTranslations('gifts.states');
  return <Pill tone={TONES[status]}>{t(status)}</Pill>;
}

/** When the latest thing happened to a gift, or will. */
export function GiftWhen({ gift }: { gift: GiftView | SentGift }) {
  const t = useTranslations('gifts.list');
  const format = useFormatter();
  const date = (instant: Date | null) =>
    instant === null ? '' : format.dateTime(instant, { dateStyle: 'medium', timeZone: gift.zone });
  const ended = 'endedAt' in gift ? gift.endedAt : null;
  const opened = 'openedAt' in gift ? gift.openedAt : null;
  switch (gift.status) {
    case 'scheduled':
      return t('scheduledFor', { date: date(gift.deliverAt) });
    case 'sent':
      return t('sentOn', { date: date(gift.sentAt) });
    case 'opened':
      return t('openedOn', { date: date(opened) });
    case 'claimed':
      return t('claimedOn', { date: date(gift.claimedAt) });
    case 'returned':
    case 'revoked':
      return t('endedOn', { date: date(ended) });
  }
}

const TONES: Record<GiftStatus, Tone> = {
  scheduled: 'amber',
  sent: 'neutral',
  opened: 'jade',
  claimed: 'jade',
  returned: 'neutral',
  revoked: 'neutral',
};
