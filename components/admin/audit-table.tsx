import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AsWritten } from '@/components/ui/as-written';
import { type Column, DataTable } from '@/components/ui/data-table';
import type { AuditLine } from '@/lib/support';
import type { AuditFilter } from '@/lib/support/schemas';
import { TIME } from './formats';

/** Lines of the audit, newest first. */
export function AuditTable({
  lines,
  filter,
  empty,
}: {
  lines: readonly AuditLine[];
  filter: AuditFilter;
  empty: ReactNode;
}) {
  const t = useTranslations('admin');
  const actions = useTranslations('admin.audit.actions');
  const format = useFormatter();
  const columns: Column<AuditLine>[] = [
    {
      key: 'time',
      heading: t('columns.time'),
      cell: ({ at }) => (
        <time dateTime={at.toISOString()} className="whitespace-nowrap">
          {format.dateTime(at, TIME)}
        </time>
      ),
    },
    { key: 'actor', heading: t('columns.actor'), cell: ({ actor }) => <Actor actor={actor} /> },
    {
      key: 'action',
      heading: t('columns.action'),
      cell: ({ action }) => {
        const key = action.replace('.', '_');
        return <span className="whitespace-nowrap">{actions.has(key) ? actions(key) : action}</span>;
      },
    },
    {
      key: 'subject',
      heading: t('columns.subject'),
      cell: ({ subject }) => (subject ? <Subject subject={subject} filter={filter} /> : null),
    },
    { key: 'reason', heading: t('columns.reason'), cell: (line) => <Reason line={line} /> },
  ];
  return <DataTable caption={t('audit.caption')} columns={columns} rows={lines} empty={empty} />;
}

function Actor({ actor }: { actor: AuditLine['actor'] }) {
  const t = useTranslations('admin');
  if (!actor) return <>{t('audit.nobody')}</>;
  const role = actor.role === 'support' || actor.role === 'supervisor' ? actor.role : 'shopper';
  return (
    <span className="block min-w-24">
      <AsWritten>{actor.name}</AsWritten>{' '}
      <span className="whitespace-nowrap text-ink-2">{t(`role.${role}`)}</span>
    </span>
  );
}

/** What it is about: a case to open, or its kind and the end of its id; and the way to all lines about it. */
function Subject({ subject, filter }: { subject: NonNullable<AuditLine['subject']>; filter: AuditFilter }) {
  const t = useTranslations('admin.audit');
  const { type, id } = subject;
  const known = type in CASES || type === 'session' || type === 'payment' || type === 'invoice';
  const name = `${t(`subjects.${known ? type : 'other'}`)} …${id.slice(-6)}`;
  const page = CASES[type];
  return (
    <span className="flex flex-wrap gap-x-3 whitespace-nowrap">
      {page ? (
        <Link
          href={`/admin/${page}/${id}`}
          prefetch={false}
          className="inline-flex min-h-6 items-center underline underline-offset-4"
        >
          {name}
        </Link>
      ) : (
        name
      )}
      {filter.subject === id ? null : (
        <Link
          href={`/admin/audit?subject=${id}`}
          prefetch={false}
          aria-label={`${t('all')}: ${name}`}
          className="inline-flex min-h-6 items-center text-ink-2 underline underline-offset-4 hover:text-ink"
        >
          {t('all')}
        </Link>
      )}
    </span>
  );
}

const CASES: Readonly<Record<string, 'holders' | 'cards' | 'orders'>> = {
  user: 'holders',
  card: 'cards',
  order: 'orders',
};

function Reason({ line }: { line: AuditLine }) {
  const t = useTranslations('admin');
  const [names, roles] = [useTranslations('admin.audit.detailNames'), useTranslations('admin.role')];
  const whats = useTranslations('admin.audit.whats');
  const { action, detail, reason } = line;
  if (action === 'search.made') {
    const words = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, value ?? '']));
    return <span className="block min-w-60">{t('audit.searched', { ...NO_SEARCH, ...strings(words) })}</span>;
  }
  const details = Object.entries(detail).map(([name, value]) =>
    t('audit.details', {
      name: names.has(name) ? names(name) : name,
      value:
        name === 'role' && roles.has(String(value))
          ? roles(String(value))
          : name === 'what' && whats.has(String(value))
            ? whats(String(value))
            : String(value),
    }),
  );
  return (
    <span className="block min-w-60">
      {reason ? <AsWritten>{t('story.note', { note: reason })}</AsWritten> : null} {details.join(' ')}
    </span>
  );
}

const NO_SEARCH = { kind: 'other', term: '', holders: '0', cards: '0', orders: '0' };

function strings(values: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
