import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { AccountPill, CardTable, OrderTable } from '@/components/admin/case-tables';
import { TIME } from '@/components/admin/formats';
import { RevealPhone } from '@/components/admin/reveal-phone';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { Facts, Panel } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { type HolderCase, STORY_PARTS, viewHolder } from '@/lib/support';
import { showPhoneAction } from '../../actions';
import { AdminPage } from '../../admin-page';
import { caseLook } from '../../case-look';
import { CaseStory } from '../../case-story';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('admin');
  return { title: t('holder.title'), robots: { index: false } };
}

export default pageOrNotFound(HolderPage);

async function HolderPage({ params, searchParams }: PageProps<'/admin/holders/[id]'>) {
  const user = await requireRole('support');
  const look = caseLook(user, await params, await searchParams);
  const found = await viewHolder({ db: database(), now: new Date() }, look);
  if (!found) notFound();
  const t = await getTranslations('admin.holder');
  const { holder, cards, orders, story, part } = found;
  return (
    <AdminPage
      user={user}
      title={<AsWritten>{holder.maskedName}</AsWritten>}
      aside={<AccountPill holder={holder} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[360px_minmax(0,1fr)]">
        <HolderFacts found={found} />
        <div className="flex min-w-0 flex-col gap-5">
          <section className="flex flex-col gap-2">
            <h2>{t('cards', { count: cards.length })}</h2>
            <CardTable
              cards={cards}
              caption={t('cards', { count: cards.length })}
              empty={<p className="text-ink-2">{t('noCards')}</p>}
            />
          </section>
          <section className="flex flex-col gap-2">
            <h2>{t('orders')}</h2>
            <OrderTable
              orders={orders}
              caption={t('orders')}
              empty={<p className="text-ink-2">{t('noOrders')}</p>}
            />
          </section>
          <CaseStory
            story={story}
            part={part}
            parts={STORY_PARTS}
            path={`/admin/holders/${holder.id}`}
            paged={look.before !== undefined}
          />
        </div>
      </div>
    </AdminPage>
  );
}

async function HolderFacts({ found }: { found: HolderCase }) {
  const [t, format] = await Promise.all([getTranslations('admin.holder'), getFormatter()]);
  const { holder } = found;
  const phone = holder.maskedPhone && (
    <RevealPhone
      action={showPhoneAction}
      holderId={holder.id}
      masked={holder.maskedPhone}
      texts={{ show: t('show'), showLabel: t('showLabel'), showing: t('showing') }}
    />
  );
  return (
    <Panel title={t('facts')}>
      <Facts
        facts={[
          ...(phone ? [{ term: t('phone'), value: phone }] : []),
          ...(holder.maskedEmail ? [{ term: t('email'), value: holder.maskedEmail }] : []),
          { term: t('usable'), value: <Amount minor={found.usableMinor} /> },
          { term: t('held'), value: <Amount minor={found.heldMinor} quiet /> },
          { term: t('sessions'), value: found.liveSessions },
          { term: t('since'), value: format.dateTime(holder.createdAt, TIME) },
        ]}
      />
    </Panel>
  );
}
