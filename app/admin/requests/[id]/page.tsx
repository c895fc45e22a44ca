import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { RequestPill } from '@/components/admin/request-table';
import { Notice } from '@/components/ui/notice';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { STORY_PARTS, viewRequest } from '@/lib/support';
import { AdminPage } from '../../admin-page';
import { CaseFacts } from '../../cards/[id]/case-facts';
import { caseLook } from '../../case-look';
import { CaseStory } from '../../case-story';
import { Decide } from './decide';
import { RequestFacts } from './request-facts';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('requestDesk');
  return { title: t('request'), robots: { index: false } };
}

export default pageOrNotFound(RequestPage);

/** One request with the card's own story beside it, and what it is decided with. */
async function RequestPage({ params, searchParams }: PageProps<'/admin/requests/[id]'>) {
  const user = await requireRole('support');
  const query = await searchParams;
  const look = caseLook(user, await params, query);
  const found = await viewRequest({ db: database(), now: new Date(), zone: env().issuerZone }, look);
  if (!found) notFound();
  const [t, kinds] = await Promise.all([getTranslations('requestDesk'), getTranslations('requests')]);
  const { request, overdue, card } = found;
  const words = { kind: kinds(`${request.kind}.name`), lastFour: card.card.lastFour };
  return (
    <AdminPage
      user={user}
      title={t('one', words)}
      tab="requests"
      aside={<RequestPill state={request.state} overdue={overdue} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[400px_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {query.done === undefined ? null : (
            <Notice tone="jade" live>
              {t('done')}
            </Notice>
          )}
          <RequestFacts found={found} mayOpen={user.role === 'supervisor'} />
          <Decide found={found} isSupervisor={user.role === 'supervisor'} />
          <CaseFacts found={card} />
        </div>
        <CaseStory
          story={card.story}
          part={card.part}
          parts={STORY_PARTS.filter((each) => each !== 'account')}
          path={`/admin/requests/${request.id}`}
          paged={look.before !== undefined}
        />
      </div>
    </AdminPage>
  );
}
