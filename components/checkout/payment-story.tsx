import { useFormatter, useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/notice';
import { Timeline } from '@/components/ui/timeline';
import type { Receipt, StoryEntry } from '@/lib/checkout';
import { formatMoney } from '@/lib/kernel';
import { useTenderNames } from './tender-names';

/** Everything that happened to an order's money, newest first, in words. */
export function PaymentStory({ story, receipt }: { story: readonly StoryEntry[]; receipt: Receipt }) {
  const [t, format] = [useTranslations('checkout.order'), useFormatter()];
  const words = useStoryWords(receipt);
  return (
    <Timeline
      label={t('story')}
      entries={story.map((entry) => ({
        id: entry.id,
        title: words(entry),
        tone: TONES[entry.kind],
        time: format.dateTime(entry.at, MOMENT),
        dateTime: entry.at.toISOString(),
      }))}
    />
  );
}

function useStoryWords(receipt: Receipt): (entry: StoryEntry) => string {
  const t = useTranslations('checkout.story');
  const names = useTenderNames();
  const money = (minor: bigint) => formatMoney(minor, receipt.currency);
  const method = names.tender({ card: null, gateway: receipt.gateway });
  return (entry) => {
    switch (entry.kind) {
      case 'started': {
        const by = names.tender({ card: null, gateway: entry.gateway });
        const amounts = { card: money(entry.cardMinor), external: money(entry.externalMinor), method: by };
        if (entry.externalMinor === 0n) return t('started.cards', amounts);
        return t(entry.cardMinor === 0n ? 'started.external' : 'started.both', amounts);
      }
      case 'refund_started':
      case 'refund_done':
      case 'refund_failed':
        return t(entry.kind, { amount: money(entry.amountMinor) });
      default:
        return t(entry.kind, { method });
    }
  };
}

const TONES: Record<StoryEntry['kind'], Tone> = {
  started: 'neutral',
  paid: 'jade',
  cancel_requested: 'neutral',
  external_failed: 'amber',
  released: 'neutral',
  late_money: 'amber',
  late_money_returned: 'jade',
  refund_started: 'neutral',
  refund_done: 'jade',
  refund_failed: 'danger',
};

const MOMENT = {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;
