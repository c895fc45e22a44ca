import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { Page } from '@/components/layout/page';
import { Panel } from '@/components/ui/panel';
import { cardStatementOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardFacts } from '../card-facts';
import { StatusNotice } from '../status-line';
import { CardTitle, WalletCardFace } from '../wallet-card-face';
import { CardRequests, isLost, LostNotice, NewSecretsNotice } from './card-requests';
import { CardTools, DoneNotice } from './card-tools';
import { ownServices } from './own-services';
import { Spending } from './spending';
import { Statement } from './statement';
import { statementPages } from './statement-pages';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params, searchParams }: PageProps<'/cards/[id]'>): Promise<Metadata> {
  await ownStatement((await params).id, beforeOf(await searchParams));
  const t = await getTranslations('wallet.card');
  return { title: t('title') };
}

export default pageOrNotFound(CardPage);

async function CardPage({ params, searchParams }: PageProps<'/cards/[id]'>) {
  const [t, { id }, search] = await Promise.all([getTranslations('wallet.card'), params, searchParams]);
  const before = beforeOf(search);
  const [statement, newest] = await Promise.all([
    ownStatement(id, before),
    before ? ownStatement(id, undefined) : null,
  ]);
  const { card } = statement;
  const services = await ownServices(card.id);
  return (
    <Page title={<CardTitle card={card} />} width="wide" back={{ href: '/cards', label: t('back') }}>
      <div className="grid items-start gap-6 lg:grid-cols-[420px_minmax(0,1fr)] lg:gap-10">
        <div className="flex min-w-0 flex-col gap-4">
          <WalletCardFace card={card} />
          <DoneNotice done={search.done} />
          {isLost(services) ? <LostNotice services={services} /> : <StatusNotice card={card} asks />}
          <NewSecretsNotice services={services} />
          <CardFacts card={card} />
          <Panel title={t('where')}>
            <Spending card={card} />
          </Panel>
          <CardTools card={card} />
          <CardRequests services={services} />
        </div>
        <Statement statement={statement} pages={statementPages(statement, newest ?? statement)} />
      </div>
    </Page>
  );
}

/** Read once for the title and the page. */
const ownStatement = cache(async (cardId: string, before: string | undefined) => {
  const user = await requireUser();
  const statement = await cardStatementOf({ db: database(), now: new Date() }, user.id, { cardId, before });
  return statement ?? notFound();
});

function beforeOf({ before }: Record<string, string | string[] | undefined>): string | undefined {
  return typeof before === 'string' ? before : undefined;
}
