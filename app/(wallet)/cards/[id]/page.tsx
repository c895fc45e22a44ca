import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Panel } from '@/components/ui/panel';
import { cardStatementOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardFacts } from '../card-facts';
import { StatusNotice } from '../status-line';
import { CardTitle, WalletCardFace } from '../wallet-card-face';
import { Spending } from './spending';
import { Statement } from './statement';
import { statementPages } from './statement-pages';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallet.card');
  return { title: t('title') };
}

export default async function CardPage({ params, searchParams }: PageProps<'/cards/[id]'>) {
  const user = await requireUser();
  const [t, { id }, { before: wish }] = await Promise.all([
    getTranslations('wallet.card'),
    params,
    searchParams,
  ]);
  const before = typeof wish === 'string' ? wish : undefined;
  const context = { db: database(), now: new Date() };
  const [statement, newest] = await Promise.all([
    cardStatementOf(context, user.id, { cardId: id, before }),
    before ? cardStatementOf(context, user.id, { cardId: id }) : null,
  ]);
  if (!statement) notFound();
  const { card } = statement;
  return (
    <Page title={<CardTitle card={card} />} width="wide" back={{ href: '/cards', label: t('back') }}>
      <div className="grid items-start gap-6 lg:grid-cols-[420px_minmax(0,1fr)] lg:gap-10">
        <div className="flex min-w-0 flex-col gap-4">
          <WalletCardFace card={card} />
          <StatusNotice card={card} />
          <CardFacts card={card} />
          <Panel title={t('where')}>
            <Spending card={card} />
          </Panel>
        </div>
        <Statement statement={statement} pages={statementPages(statement, newest ?? statement)} />
      </div>
    </Page>
  );
}
