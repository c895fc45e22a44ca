import { Bell, Settings2 } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { safeNextPath } from '@/app/next-path';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Pagination } from '@/components/ui/pagination';
import { List } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { parseLocale } from '@/lib/i18n';
import { DAY_MS, dayIn, formatDay, plusMs } from '@/lib/kernel';
import { type InboxEntry, inboxOf, unreadCount } from '@/lib/notify';
import { pageSchema } from '@/lib/notify/schemas';
import { markReadAction } from './actions';

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notify'))('inbox.title') };
}

export default async function InboxPage({ searchParams }: Address) {
  const user = await requireUser();
  const [db, now, zone] = [database(), new Date(), env().issuerZone];
  const { page } = pageSchema.parse(await searchParams);
  const locale = parseLocale(await getLocale());
  const [t, { entries, hasNext }, unread] = await Promise.all([
    getTranslations('notify.inbox'),
    inboxOf({ db, locale, zone }, { userId: user.id, page }),
    unreadCount(db, user.id),
  ]);
  return (
    <Page title={t('title')}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-ink-2">{unread > 0 ? t('unreadCount', { count: unread }) : t('allRead')}</p>
        {unread > 0 ? (
          <form action={markReadAction}>
            {/* What came after the page was drawn was not read on it. */}
            <input type="hidden" name="seenAt" value={now.toISOString()} />
            <SubmitButton look="ghost" size="md" block={false} pendingLabel={t('marking')}>
              {t('markRead')}
            </SubmitButton>
          </form>
        ) : null}
      </div>
      {entries.length === 0 && page === 1 ? (
        <EmptyState icon={Bell} title={t('emptyTitle')} text={t('emptyText')}>
          <ButtonLink href="/cards" look="primary">
            {t('toCards')}
          </ButtonLink>
        </EmptyState>
      ) : (
        daysOf(entries, zone).map(([day, each]) => (
          <Day key={day} day={day} entries={each} now={now} zone={zone} />
        ))
      )}
      <Pagination
        previous={page > 1 ? `/inbox?page=${page - 1}` : null}
        next={hasNext ? `/inbox?page=${page + 1}` : null}
        status={t('page', { page })}
      />
      <ButtonLink href="/account/notifications" look="ghost" icon={<Icon as={Settings2} size={18} />}>
        {t('settings')}
      </ButtonLink>
    </Page>
  );
}

interface DayProps {
  day: string;
  entries: readonly InboxEntry[];
  now: Date;
  zone: string;
}

function Day({ day, entries, now, zone }: DayProps) {
  const t = useTranslations('notify.inbox');
  const format = useFormatter();
  const [first] = entries;
  const names: Readonly<Record<string, string>> = {
    [dayKey(now, zone)]: t('today'),
    [dayKey(plusMs(now, -DAY_MS), zone)]: t('yesterday'),
  };
  const name = names[day] ?? (first ? format.dateTime(first.at, { dateStyle: 'long' }) : day);
  return (
    <section className="flex flex-col gap-2 pt-1">
      <h2>{name}</h2>
      <List label={name}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </List>
    </section>
  );
}

function Entry({ entry }: { entry: InboxEntry }) {
  const t = useTranslations('notify.inbox');
  const format = useFormatter();
  const href = safeNextPath(entry.path);
  const words = (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="font-bold">{entry.title}</span>
        {entry.read ? null : <Pill tone="danger">{t('unread')}</Pill>}
        <span className="ml-auto text-ink-2 text-sm tabular-nums">
          {format.dateTime(entry.at, { timeStyle: 'short' })}
        </span>
      </span>
      <span className="block text-ink-2">{entry.text}</span>
    </>
  );
  if (!href) return <li className="min-h-control py-2.5">{words}</li>;
  return (
    <li>
      <Link href={href} className="-mx-4 block min-h-control rounded-md px-4 py-2.5 hover:bg-sunken">
        {words}
      </Link>
    </li>
  );
}

/** The entries are in order of time, so that each day is one run of them. */
function daysOf(entries: readonly InboxEntry[], zone: string): [day: string, entries: InboxEntry[]][] {
  const days = new Map<string, InboxEntry[]>();
  for (const entry of entries) {
    const key = dayKey(entry.at, zone);
    days.set(key, [...(days.get(key) ?? []), entry]);
  }
  return [...days];
}

function dayKey(instant: Date, zone: string): string {
  return formatDay(dayIn(zone, instant));
}
