import { CreditCard, Hash, Mail, Phone, ReceiptText, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CardTable, HolderTable, OrderTable } from '@/components/admin/case-tables';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { cardKeys } from '@/lib/cards';
import { database } from '@/lib/database';
import { SEARCH_LIMIT, type SearchResults, searchList } from '@/lib/support';
import { requireRole } from '../viewer';
import { AdminPage } from './admin-page';

export async function generateMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('admin');
  return { title: t('title'), robots: { index: false } };
}

/** The search, and what it found when it was for a last four or an order number: those may stand in the address. */
export default async function DeskPage({ searchParams }: PageProps<'/admin'>) {
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
      {found ? <Results found={found} /> : <Hints />}
    </AdminPage>
  );
}

async function Hints() {
  const t = await getTranslations('admin.search');
  return (
    <div className="flex max-w-[640px] flex-col gap-3">
      <h2>{t('hints.title')}</h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface px-4">
        {HINTS.map(({ hint, icon }) => (
          <li key={hint} className="flex items-center gap-3 py-2.5">
            <Icon as={icon} size={18} className="text-ink-2" />
            {t(`hints.${hint}`)}
          </li>
        ))}
      </ul>
      <p className="text-ink-2 text-sm">{t('intro')}</p>
    </div>
  );
}

const HINTS = [
  { hint: 'last_four', icon: CreditCard },
  { hint: 'phone', icon: Phone },
  { hint: 'order', icon: ReceiptText },
  { hint: 'email', icon: Mail },
  { hint: 'card_number', icon: Hash },
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
