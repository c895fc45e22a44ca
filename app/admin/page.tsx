import { CreditCard, Hash, Mail, Phone, ReceiptText, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { CardTable, HolderTable, OrderTable } from '@/components/admin/case-tables';
import { AttentionList, RecentLooks } from '@/components/admin/desk-panels';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { cardKeys } from '@/lib/cards';
import { database } from '@/lib/database';
import { type Agent, SEARCH_LIMIT, type SearchResults, searchList, viewDesk } from '@/lib/support';
import { requireRole } from '../viewer';
import { AdminPage } from './admin-page';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('admin');
  return { title: t('title'), robots: { index: false } };
}

export default pageOrNotFound(DeskPage);

/** The search, and what it found when it was for a last four or an order number: those may stand in the address. */
async function DeskPage({ searchParams }: PageProps<'/admin'>) {
  const user = await requireRole('support');
  const [t, { q }] = await Promise.all([getTranslations('admin'), searchParams]);
  const context = { db: database(), now: new Date(), keys: cardKeys() };
  const found = typeof q === 'string' ? await searchList(context, { actor: user, q }) : null;
  return (
    <AdminPage
      user={user}
      tab="desk"
      title={found ? t('search.results.title', { term: String(q) }) : t('title')}
      autoFocus={found === null}
    >
      {found ? <Results found={found} /> : <Overview actor={user} />}
    </AdminPage>
  );
}

/** What may be searched for, what was looked at last, and what waits for people. */
async function Overview({ actor }: { actor: Agent }) {
  const t = await getTranslations('admin.desk');
  const desk = await viewDesk({ db: database(), now: new Date() }, actor);
  return (
    <div className="grid items-start gap-x-8 gap-y-5 xl:grid-cols-2">
      <Hints />
      {desk ? (
        <div className="flex min-w-0 flex-col gap-5">
          <section className="flex flex-col gap-3">
            <h2>{t('attention')}</h2>
            <AttentionList attention={desk.attention} />
          </section>
          <section className="flex flex-col gap-3">
            <h2>{t('looks')}</h2>
            <RecentLooks looks={desk.looks} />
          </section>
        </div>
      ) : null}
    </div>
  );
}

async function Hints() {
  const t = await getTranslations('admin.search');
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2>{t('hints.title')}</h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface px-4">
        {HINTS.map(({ hint, icon, example }) => (
          <li key={hint} className="flex flex-wrap items-center gap-x-3 py-2.5">
            <Icon as={icon} size={18} className="text-ink-2" />
            {t(`hints.${hint}`)}
            <span className="ml-auto text-ink-2 tabular-nums">{example}</span>
          </li>
        ))}
      </ul>
      <p className="text-ink-2 text-sm">{t('intro')}</p>
    </section>
  );
}

const HINTS = [
  { hint: 'last_four', icon: CreditCard, example: '8416' },
  { hint: 'phone', icon: Phone, example: '138 0013 8000' },
  { hint: 'order', icon: ReceiptText, example: '6211 0938 4127' },
  { hint: 'email', icon: Mail, example: 'lan@example.com' },
  { hint: 'card_number', icon: Hash, example: '9101 4647 6842 8416' },
] as const;

async function Results({ found }: { found: SearchResults }) {
  const t = await getTranslations('admin.search.results');
  const { holders, cards, orders } = found;
  if (cards.length === 0 && orders.length === 0) {
    return <EmptyState icon={SearchX} title={t('emptyTitle')} text={t('emptyText')} />;
  }
  return (
    <>
      {[holders, cards, orders].some(({ length }) => length === SEARCH_LIMIT) ? (
        <p className="text-ink-2 text-sm">{t('limited', { count: SEARCH_LIMIT })}</p>
      ) : null}
      <section className="flex flex-col gap-2">
        <h2>{t('cards')}</h2>
        <CardTable
          cards={cards}
          holders={holders}
          caption={t('cards')}
          empty={<p className="text-ink-2">{t('emptyTitle')}</p>}
        />
      </section>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <section className="flex min-w-0 flex-col gap-2">
          <h2>{t('holders')}</h2>
          <HolderTable holders={holders} empty={<p className="text-ink-2">{t('noHolders')}</p>} />
        </section>
        <section className="flex min-w-0 flex-col gap-2">
          <h2>{t('orders')}</h2>
          <OrderTable
            orders={orders}
            caption={t('orders')}
            withHolder
            empty={<p className="text-ink-2">{t('noOrders')}</p>}
          />
        </section>
      </div>
    </>
  );
}
