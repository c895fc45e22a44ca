import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { EmptyState } from '@/components/ui/empty-state';
import { Timeline } from '@/components/ui/timeline';
import type { StoryEntry } from '@/lib/support';
import { TIME } from './formats';

/** What happened, in words, newest first. */
export function Story({ entries }: { entries: readonly StoryEntry[] }) {
  const t = useTranslations('admin.story');
  const format = useFormatter();
  if (entries.length === 0) return <EmptyState icon={ScrollText} title={t('empty')} />;
  return (
    <Timeline
      label={t('title')}
      entries={entries.map((entry) => ({
        id: entry.id,
        title: <Sentence entry={entry} />,
        time: format.dateTime(entry.at, TIME),
        dateTime: entry.at.toISOString(),
        detail: <Detail entry={entry} />,
        ...(entry.tone ? { tone: entry.tone } : {}),
      }))}
    />
  );
}

function Sentence({ entry }: { entry: StoryEntry }) {
  const t = useTranslations('admin.story');
  const words = useWords(entry);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      {t.has(entry.kind) ? t(entry.kind, words) : entry.kind}
      {entry.amountMinor === undefined ? null : (
        <Amount
          minor={entry.amountMinor}
          currency={entry.currency ?? 'CNY'}
          sign={MOVES.test(entry.kind) ? 'always' : 'never'}
        />
      )}
    </span>
  );
}

/** Kinds that change a balance; what is only asked for or ordered has no direction yet. */
const MOVES = /^(moved|refund)_/;

/** Codes of the sentence's values in words. */
function useWords(entry: StoryEntry): Record<string, string> {
  const gateways = useTranslations('admin.gateway');
  const topics = useTranslations('admin.topic');
  const { gateway, topic, ...rest } = entry.words ?? {};
  return {
    ...rest,
    ...(gateway ? { gateway: gateways(gateways.has(gateway) ? gateway : 'other') } : {}),
    ...(topic ? { topic: topics(topics.has(topic) ? topic : 'other') } : {}),
  };
}

function Detail({ entry }: { entry: StoryEntry }) {
  const t = useTranslations('admin.story');
  const [refusals, reasons] = [
    useTranslations('admin.gatewayRefusal'),
    useTranslations('admin.refundReason'),
  ];
  const { about, note, by, balanceAfterMinor, times } = entry;
  const name = by.kind === 'staff' ? by.name : t(`by.${by.kind}`);
  return (
    <>
      <span className="flex flex-wrap gap-x-3">
        {by.kind === 'system' ? null : (
          <AsWritten>{times === undefined ? name : t('times', { name, count: times })}</AsWritten>
        )}
        {about ? <About about={about} /> : null}
        {balanceAfterMinor === undefined ? null : (
          <span>
            {t.rich('balanceAfter', {
              amount: () => <Amount minor={balanceAfterMinor} currency={entry.currency ?? 'CNY'} quiet />,
            })}
          </span>
        )}
        {note ? (
          <span className="text-ink">
            <AsWritten>
              {t('note', {
                note: refusals.has(note) ? refusals(note) : reasons.has(note) ? reasons(note) : note,
              })}
            </AsWritten>
          </span>
        ) : null}
      </span>
      {entry.parts ? <Parts entry={entry} parts={entry.parts} /> : null}
    </>
  );
}

function About({ about }: { about: NonNullable<StoryEntry['about']> }) {
  const t = useTranslations('admin.story');
  return (
    <Link
      href={about.type === 'card' ? `/admin/cards/${about.id}` : `/admin/orders/${about.id}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center underline underline-offset-4 hover:text-ink"
    >
      {t(about.type === 'card' ? 'aboutCard' : 'aboutOrder', { label: about.label })}
    </Link>
  );
}

/** Which tender of a refund got how much. */
function Parts({ entry, parts }: { entry: StoryEntry; parts: NonNullable<StoryEntry['parts']> }) {
  const t = useTranslations('admin.story');
  const gateways = useTranslations('admin.gateway');
  const states = useTranslations('admin.refundState');
  return (
    <ul className="flex flex-wrap gap-x-4">
      {parts.map(({ to, amountMinor, state }) => {
        const name =
          to.kind === 'card'
            ? t('aboutCard', { label: to.lastFour })
            : gateways(gateways.has(to.name) ? to.name : 'other');
        return (
          <li key={`${name}${amountMinor}`}>
            {name} <Amount minor={amountMinor} currency={entry.currency ?? 'CNY'} quiet />{' '}
            {states.has(state) ? states(state) : state}
          </li>
        );
      })}
    </ul>
  );
}
