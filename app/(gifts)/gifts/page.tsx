import { Gift } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Quoting } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { List, ListRow } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { database } from '@/lib/database';
import { type GiftView, giftsReceived, giftsSent, type SentGift } from '@/lib/gifts';
import { GiftCardFace } from '../gift-card-face';
import { GiftStatusPill, GiftWhen } from '../gift-status';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts');
  return { title: t('title') };
}

export default async function GiftsPage({
  searchParams,
}: {
  searchParams: Promise<{ view?: string | string[] }>;
}) {
  const user = await requireUser();
  const { view } = await searchParams;
  const context = { db: database(), now: new Date() };
  const [t, sent, received] = await Promise.all([
    getTranslations('gifts'),
    giftsSent(context, user.id),
    giftsReceived(context, user.id),
  ]);
  const showsReceived = view === 'received';
  return (
    <Page title={t('title')} lead={t('list.lead')}>
      <Tabs
        label={t('list.tabs')}
        current={showsReceived ? 'received' : 'sent'}
        tabs={[
          { value: 'sent', label: t('list.sent'), href: '/gifts', count: sent.length },
          {
            value: 'received',
            label: t('list.received'),
            href: '/gifts?view=received',
            count: received.length,
          },
        ]}
      />
      {showsReceived ? <Received gifts={received} /> : <Sent gifts={sent} />}
    </Page>
  );
}

async function Sent({ gifts }: { gifts: readonly SentGift[] }) {
  const t = await getTranslations('gifts.list');
  if (gifts.length === 0) return <Empty title={t('emptySent')} text={t('emptySentText')} />;
  return (
    <List label={t('sent')}>
      {gifts.map((gift) => (
        <ListRow
          key={gift.id}
          href={`/gifts/${gift.id}`}
          leading={<GiftCardFace card={gift.card} size="sm" />}
          title={<Quoting>{t('to', { name: gift.recipientName })}</Quoting>}
          detail={
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <GiftWhen gift={gift} />
              <GiftStatusPill status={gift.status} />
            </span>
          }
        />
      ))}
    </List>
  );
}

async function Received({ gifts }: { gifts: readonly GiftView[] }) {
  const t = await getTranslations('gifts.list');
  if (gifts.length === 0) return <Empty title={t('emptyReceived')} text={t('emptyReceivedText')} />;
  return (
    <List label={t('received')}>
      {gifts.map((gift) => (
        <ListRow
          key={gift.id}
          href={`/gifts/${gift.id}`}
          leading={<GiftCardFace card={gift.card} size="sm" />}
          title={<Quoting>{t('from', { name: gift.senderName })}</Quoting>}
          detail={<GiftWhen gift={gift} />}
        />
      ))}
    </List>
  );
}

async function Empty({ title, text }: { title: string; text: string }) {
  const t = await getTranslations('gifts.list');
  return (
    <EmptyState icon={Gift} title={title} text={text}>
      <ButtonLink href="/cards">{t('toCards')}</ButtonLink>
    </EmptyState>
  );
}
