import { MailX } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import { Panel } from '@/components/ui/panel';
import { Pill } from '@/components/ui/pill';
import { Tabs } from '@/components/ui/tabs';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { type SandboxMessageView, sandboxMessages } from '@/lib/notify';
import { outboxQuerySchema } from '@/lib/notify/schemas';
import { MailFrame } from './mail-frame';

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  if (!env().sandbox) notFound();
  const t = await getTranslations('notify.outbox');
  return { title: t('title'), robots: { index: false, follow: false } };
}

export default pageOrNotFound(OutboxPage);

/** What the demo would have sent. Without the sandbox there is no such page: it shows addresses and links. */
async function OutboxPage({ searchParams }: Address) {
  if (!env().sandbox) notFound();
  const { page, channel } = outboxQuerySchema.parse({ channel: null, ...(await searchParams) });
  const [t, { messages, hasNext }] = await Promise.all([
    getTranslations('notify.outbox'),
    sandboxMessages(database(), { channel, page }),
  ]);
  const filter = channel ? `channel=${channel}&` : '';
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs
        label={t('filter')}
        current={channel ?? 'all'}
        tabs={[
          { value: 'all', label: t('all'), href: '/sandbox/outbox' },
          { value: 'email', label: t('email'), href: '/sandbox/outbox?channel=email' },
          { value: 'sms', label: t('sms'), href: '/sandbox/outbox?channel=sms' },
        ]}
      />
      {messages.length === 0 && page === 1 ? (
        <EmptyState icon={MailX} title={t('emptyTitle')} text={t('emptyText')} />
      ) : (
        <ul aria-label={t('title')} className="flex flex-col gap-3">
          {messages.map((message) => (
            <li key={message.id}>
              <Message message={message} />
            </li>
          ))}
        </ul>
      )}
      <Pagination
        previous={page > 1 ? `/sandbox/outbox?${filter}page=${page - 1}` : null}
        next={hasNext ? `/sandbox/outbox?${filter}page=${page + 1}` : null}
        status={t('page', { page })}
      />
    </Page>
  );
}

function Message({ message }: { message: SandboxMessageView }) {
  const t = useTranslations('notify.outbox');
  const format = useFormatter();
  const { channel, to, locale, subject, text, html, at } = message;
  return (
    <Panel>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
        <Pill>{t(channel)}</Pill>
        <span className="min-w-0 break-all">{t('to', { address: to })}</span>
        <span className="ml-auto text-ink-2 text-sm tabular-nums">
          {format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })}
        </span>
      </div>
      {subject ? (
        <h2 lang={locale} className="pt-2">
          {subject}
        </h2>
      ) : null}
      <p lang={locale} className="whitespace-pre-line break-words py-2">
        {linked(text)}
      </p>
      {html ? <MailFrame html={html} label={t('frame')} title={`${t('frame')}: ${subject ?? ''}`} /> : null}
    </Panel>
  );
}

/** Text whose addresses can be pressed. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s，。]+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text that does not change
      <a key={index} href={part} className="link inline-flex min-h-target items-center break-all">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
