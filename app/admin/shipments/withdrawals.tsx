import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { TIME } from '@/components/admin/formats';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DataTable } from '@/components/ui/data-table';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatMoney } from '@/lib/kernel';
import type { HangingWithdrawal } from '@/lib/sales';
import { askRefundAgainAction } from './actions';

/** Money of cards that were handed back, until it is back. */
export function Withdrawals({ rows }: { rows: readonly HangingWithdrawal[] }) {
  const [t, format] = [useTranslations('sales.desk'), useFormatter()];
  return (
    <DataTable
      caption={t('refunds')}
      rows={rows}
      empty={<p className="text-ink-2">{t('noRefunds')}</p>}
      columns={[
        {
          key: 'purchase',
          heading: t('purchase'),
          cell: ({ orderId, purchaseId }) => (
            <Link
              href={`/admin/orders/${orderId}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold"
            >
              {purchaseId.slice(-6)}
            </Link>
          ),
        },
        { key: 'cards', heading: t('cards'), cell: ({ cards }) => t('count', { cards }) },
        {
          key: 'amount',
          heading: t('amount'),
          align: 'end',
          cell: ({ totalMinor, currency }) => (
            <span className="whitespace-nowrap">{formatMoney(totalMinor, currency)}</span>
          ),
        },
        {
          key: 'askedAt',
          heading: t('askedAt'),
          cell: ({ askedAt }) => (
            <span className="whitespace-nowrap">{askedAt ? format.dateTime(askedAt, TIME) : '—'}</span>
          ),
        },
        { key: 'state', heading: t('state'), cell: ({ refund }) => t(`refundState.${refund}`) },
        {
          key: 'step',
          heading: t('step'),
          cell: (row) => (row.refund === 'refused' ? <AskAgain row={row} /> : null),
        },
      ]}
    />
  );
}

function AskAgain({ row }: { row: HangingWithdrawal }) {
  const t = useTranslations('sales.desk.askAgain');
  return (
    <ConfirmDialog
      trigger={<span className="whitespace-nowrap">{t('open')}</span>}
      triggerLook="ghost"
      triggerSize="md"
      title={t('title')}
      text={t('text', { amount: formatMoney(row.totalMinor, row.currency) })}
      cancelLabel={t('cancel')}
    >
      <form action={askRefundAgainAction}>
        <input type="hidden" name="withdrawalId" value={row.id} />
        <input type="hidden" name="refusals" value={row.refusals} />
        <SubmitButton pendingLabel={t('pending')}>{t('submit')}</SubmitButton>
      </form>
    </ConfirmDialog>
  );
}
