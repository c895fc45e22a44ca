import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { WalletCardFace } from '@/app/(wallet)/cards/wallet-card-face';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { CardPill } from '@/components/admin/case-tables';
import { Amount } from '@/components/money/amount';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { type CardCase, STORY_PARTS, viewCard } from '@/lib/support';
import { AdminPage } from '../../admin-page';
import { caseLook } from '../../case-look';
import { CaseStory } from '../../case-story';
import { CardActs } from './card-acts';
import { CaseFacts } from './case-facts';
import { LossAct } from './loss-act';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('admin');
  return { title: t('columns.card'), robots: { index: false } };
}

export default pageOrNotFound(CardCasePage);

async function CardCasePage({ params, searchParams }: PageProps<'/admin/cards/[id]'>) {
  const user = await requireRole('support');
  const query = await searchParams;
  const look = caseLook(user, await params, query);
  const found = await viewCard({ db: database(), now: new Date() }, look);
  if (!found) notFound();
  const t = await getTranslations('admin.card');
  const { card, story, part } = found;
  return (
    <AdminPage
      user={user}
      title={t('title', { lastFour: card.lastFour })}
      aside={<CardPill status={card.status} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[360px_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Done done={query.done} lost={card.freezes.includes('lost')} />
          <WalletCardFace card={card} />
          <CaseFacts found={found} />
          <Held found={found} />
          <CardActs key={card.moves.join()} card={card} />
          <LossAct card={card} />
        </div>
        <CaseStory
          story={story}
          part={part}
          parts={STORY_PARTS.filter((each) => each !== 'account')}
          path={`/admin/cards/${card.id}`}
          paged={look.before !== undefined}
        />
      </div>
    </AdminPage>
  );
}

/** What was just done, after the act led back here. */
async function Done({ done, lost }: { done: string | string[] | undefined; lost: boolean }) {
  const t = await getTranslations('admin.card');
  if (done !== 'freeze' && done !== 'unfreeze') return null;
  return (
    <Notice tone="jade" live>
      {t(done === 'freeze' ? 'frozenDone' : lost ? 'unfrozenStillLost' : 'unfrozenDone')}
    </Notice>
  );
}

async function Held({ found }: { found: CardCase }) {
  const t = await getTranslations('admin');
  if (found.held.length === 0) return null;
  return (
    <Panel title={t('card.heldFor')}>
      <ul className="divide-y divide-line">
        {found.held.map(({ order, amountMinor }) => (
          <li key={order.id} className="flex items-center justify-between gap-4 py-1">
            <Link
              href={`/admin/orders/${order.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center tabular-nums"
            >
              {t('story.aboutOrder', { label: order.number })}
            </Link>
            <Amount minor={amountMinor} currency={found.card.currency} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
