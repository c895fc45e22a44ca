import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AdminPage } from '@/app/admin/admin-page';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { RequestTable } from '@/components/admin/request-table';
import { ButtonLink, buttonClasses } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SelectField } from '@/components/ui/select-field';
import { Tabs } from '@/components/ui/tabs';
import { REQUEST_KINDS } from '@/lib/cards/requests/model';
import { database } from '@/lib/database';
import { viewRequests } from '@/lib/support';
import { requestFilterSchema } from '@/lib/support/schemas';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  const t = await getTranslations('requestDesk');
  return { title: t('title'), robots: { index: false } };
}

export default pageOrNotFound(RequestsPage);

/** What holders ask of the issuer: what is overdue stands first. */
async function RequestsPage({ searchParams }: PageProps<'/admin/requests'>) {
  const user = await requireRole('support');
  const filter = requestFilterSchema.parse(await searchParams);
  const { state, kind, page } = filter;
  const list = await viewRequests(
    { db: database(), now: new Date() },
    { actor: user, filter: { open: state === 'open', kind, page } },
  );
  if (!list) notFound();
  const t = await getTranslations('requestDesk');
  const { open, overdue } = list.waiting;
  return (
    <AdminPage user={user} title={t('title')} tab="requests">
      {overdue > 0 ? <Notice tone="danger">{t('overdue', { count: overdue })}</Notice> : null}
      <Tabs
        label={t('title')}
        current={state}
        tabs={[
          {
            value: 'open',
            label: t('open'),
            href: addressOf({ ...filter, state: 'open', page: 1 }),
            count: open,
          },
          {
            value: 'decided',
            label: t('decided'),
            href: addressOf({ ...filter, state: 'decided', page: 1 }),
          },
        ]}
      />
      <KindFilter filter={filter} />
      <RequestTable lines={list.lines} />
      <div className="flex flex-wrap gap-3">
        {page > 1 ? (
          <ButtonLink href={addressOf({ ...filter, page: page - 1 })} size="md" prefetch={false}>
            {t('previous')}
          </ButtonLink>
        ) : null}
        {list.hasNext ? (
          <ButtonLink href={addressOf({ ...filter, page: page + 1 })} size="md" prefetch={false}>
            {t('next')}
          </ButtonLink>
        ) : null}
      </div>
    </AdminPage>
  );
}

type Filter = ReturnType<typeof requestFilterSchema.parse>;

/** An ordinary form that asks for an address, so that it works without a script. */
async function KindFilter({ filter: { state, kind } }: { filter: Filter }) {
  const t = await getTranslations('requestDesk');
  const kinds = await getTranslations('requests');
  return (
    <form action="/admin/requests" method="get" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="state" value={state} />
      <SelectField
        name="kind"
        label={t('kind')}
        defaultValue={kind ?? ''}
        options={[
          { value: '', label: t('anyKind') },
          ...REQUEST_KINDS.map((each) => ({ value: each, label: kinds(`${each}.name`) })),
        ]}
      />
      <button type="submit" className={buttonClasses({ size: 'lg' })}>
        {t('filter')}
      </button>
    </form>
  );
}

function addressOf({ state, kind, page }: Filter) {
  const query = new URLSearchParams({
    state,
    ...(kind ? { kind } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString();
  return `/admin/requests?${query}` as const;
}
