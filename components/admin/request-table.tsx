import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { AsWritten } from '@/components/ui/as-written';
import { type Column, DataTable, RowLink } from '@/components/ui/data-table';
import type { Tone } from '@/components/ui/notice';
import { Pill } from '@/components/ui/pill';
import type { RequestState } from '@/lib/cards';
import type { RequestLine } from '@/lib/support';
import { DAY, TIME } from './formats';

/** Requests, masked, each leading to its own page. */
export function RequestTable({ lines }: { lines: readonly RequestLine[] }) {
  const [t, kinds] = [useTranslations('requestDesk'), useTranslations('requests')];
  const heads = useTranslations('admin.columns');
  const format = useFormatter();
  const english = useLocale() === 'en';
  const columns: Column<RequestLine>[] = [
    {
      key: 'request',
      heading: t('request'),
      cell: ({ id, request }) => (
        <RowLink href={`/admin/requests/${id}`} className="whitespace-nowrap">
          {kinds(`${request.kind}.name`)}
        </RowLink>
      ),
    },
    {
      key: 'state',
      heading: heads('state'),
      cell: ({ request, overdue }) => <RequestPill state={request.state} overdue={overdue} />,
    },
    {
      key: 'due',
      heading: t('due'),
      cell: ({ request }) => (
        <span className="whitespace-nowrap">
          {format.dateTime(new Date(request.dueAt.getTime() - 1), DAY)}
        </span>
      ),
    },
    {
      key: 'card',
      heading: heads('card'),
      cell: ({ card: { programme, lastFour } }) => (
        <span className="whitespace-nowrap">
          {english ? programme.nameEn : programme.nameZh} •{lastFour}
        </span>
      ),
    },
    {
      key: 'holder',
      heading: heads('holder'),
      cell: ({ holder }) => <AsWritten>{holder.maskedName}</AsWritten>,
    },
    {
      key: 'asked',
      heading: t('asked'),
      cell: ({ request }) => (
        <span className="whitespace-nowrap">{format.dateTime(request.createdAt, TIME)}</span>
      ),
    },
  ];
  const empty = <p className="text-ink-2">{t('none')}</p>;
  return <DataTable caption={t('title')} columns={columns} rows={lines} empty={empty} />;
}

/** How far a request has come; an open one past its deadline says so. */
export function RequestPill({ state, overdue }: { state: RequestState; overdue: boolean }) {
  const [t, states] = [useTranslations('requestDesk'), useTranslations('requests.states')];
  if (overdue) return <Pill tone="danger">{t('isOverdue')}</Pill>;
  return <Pill tone={TONES[state]}>{states(state)}</Pill>;
}

const TONES: Record<RequestState, Tone> = {
  open: 'amber',
  approved: 'jade',
  refused: 'danger',
  withdrawn: 'neutral',
};
