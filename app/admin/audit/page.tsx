import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { AuditTable } from '@/components/admin/audit-table';
import { ButtonLink, buttonClasses } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { database } from '@/lib/database';
import { AUDITED_ACTIONS, type AuditPage, listAudit } from '@/lib/support';
import { type AuditFilter, auditFilterSchema } from '@/lib/support/schemas';
import { AdminPage } from '../admin-page';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('supervisor');
  const t = await getTranslations('admin.audit');
  return { title: t('title'), robots: { index: false } };
}

export default pageOrNotFound(AuditLogPage);

async function AuditLogPage({ searchParams }: PageProps<'/admin/audit'>) {
  const user = await requireRole('supervisor');
  const filter = auditFilterSchema.parse(await searchParams);
  const page = await listAudit({ db: database(), now: new Date() }, { actor: user, filter });
  if (!page) notFound();
  const t = await getTranslations('admin.audit');
  return (
    <AdminPage user={user} tab="audit" title={t('title')}>
      <p className="-mt-2 text-ink-2">{t('lead')}</p>
      <Filters filter={filter} staff={page.staff} />
      <AuditTable
        lines={page.lines}
        empty={<EmptyState icon={ScrollText} title={t('empty')} />}
        filter={filter}
      />
      <div className="flex flex-wrap gap-3">
        {filter.before ? (
          <ButtonLink href={address({ ...filter, before: undefined })} size="md" prefetch={false}>
            {t('newest')}
          </ButtonLink>
        ) : null}
        {page.nextBefore ? (
          <ButtonLink href={address({ ...filter, before: page.nextBefore })} size="md" prefetch={false}>
            {t('older')}
          </ButtonLink>
        ) : null}
      </div>
    </AdminPage>
  );
}

/** An ordinary form that asks for an address: nothing in it is secret, and it works without a script. */
async function Filters({ filter, staff }: { filter: AuditFilter; staff: AuditPage['staff'] }) {
  const t = await getTranslations('admin.audit');
  const filtered = filter.actor ?? filter.action ?? filter.subject;
  return (
    <form
      action="/admin/audit"
      method="get"
      className="grid items-end gap-3 md:grid-cols-2 xl:grid-cols-[1fr_1fr_1.4fr_auto]"
    >
      <SelectField
        name="actor"
        label={t('actor')}
        defaultValue={filter.actor ?? ''}
        options={[
          { value: '', label: t('anyone') },
          ...staff.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SelectField
        name="action"
        label={t('action')}
        defaultValue={filter.action ?? ''}
        options={[
          { value: '', label: t('anything') },
          ...AUDITED_ACTIONS.map((action) => ({
            value: action,
            label: t(`actions.${action.replace('.', '_')}`),
          })),
        ]}
      />
      <TextField
        name="subject"
        label={t('subject')}
        placeholder={t('subjectHint')}
        defaultValue={filter.subject ?? ''}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="flex gap-2">
        <button type="submit" className={buttonClasses({ look: 'primary', size: 'lg' })}>
          {t('apply')}
        </button>
        {filtered ? (
          <ButtonLink href="/admin/audit" prefetch={false}>
            {t('clear')}
          </ButtonLink>
        ) : null}
      </div>
    </form>
  );
}

function address(filter: AuditFilter) {
  const given = Object.entries(filter).flatMap(([key, value]) => (value ? [[key, value]] : []));
  const query = new URLSearchParams(given).toString();
  return query ? (`/admin/audit?${query}` as const) : '/admin/audit';
}
