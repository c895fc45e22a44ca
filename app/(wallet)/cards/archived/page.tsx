import { Archive } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { walletOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardRows } from '../card-rows';
import { isPutAway } from '../sort-cards';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallet.archived');
  return { title: t('title') };
}

/** The cards that the wallet's first view leaves out: those put away, and those closed. */
export default async function ArchivedPage() {
  const user = await requireUser();
  const [t, wallet] = await Promise.all([
    getTranslations('wallet.archived'),
    walletOf({ db: database(), now: new Date() }, user.id),
  ]);
  const cards = wallet.cards.filter(isPutAway);
  const archived = cards.filter(({ status }) => status !== 'closed');
  const closed = cards.filter(({ status }) => status === 'closed');
  return (
    <Page title={t('title')} lead={t('lead')} back={{ href: '/cards', label: t('back') }}>
      {cards.length === 0 ? (
        <EmptyState icon={Archive} title={t('empty')}>
          <ButtonLink href="/cards" block>
            {t('back')}
          </ButtonLink>
        </EmptyState>
      ) : null}
      {archived.length > 0 ? <CardRows title={t('put')} cards={archived} /> : null}
      {closed.length > 0 ? <CardRows title={t('closed')} cards={closed} /> : null}
    </Page>
  );
}
