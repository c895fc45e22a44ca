import { useTranslations } from 'next-intl';
import { AsWritten } from '@/components/ui/as-written';
import { buttonClasses } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { TextField } from '@/components/ui/text-field';
import type { ReversalLine } from '@/lib/sales';
import { invoiceReversedAction } from './actions';

/** Invoices of purchases that went back whole, until each is reversed. */
export function Reversals({ rows }: { rows: readonly ReversalLine[] }) {
  const t = useTranslations('sales.desk');
  return (
    <DataTable
      caption={t('reversals')}
      rows={rows}
      empty={<p className="text-ink-2">{t('noReversals')}</p>}
      columns={[
        {
          key: 'title',
          heading: t('invoiceTitle'),
          cell: ({ title, taxNumber }) => (
            <span className="font-bold">
              <AsWritten>{[title, taxNumber].filter(Boolean).join(' · ')}</AsWritten>
            </span>
          ),
        },
        { key: 'email', heading: 'E-mail', cell: (row) => row.email },
        { key: 'number', heading: t('number'), cell: (row) => row.number },
        { key: 'reversal', heading: t('reversal'), cell: (row) => <Reversal row={row} /> },
      ]}
    />
  );
}

function Reversal({ row }: { row: ReversalLine }) {
  const t = useTranslations('sales.desk');
  return (
    <form action={invoiceReversedAction} className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="invoiceId" value={row.id} />
      <TextField id={`reversal-${row.id}`} name="number" label={t('reversal')} required />
      <button type="submit" className={buttonClasses({ size: 'md' })}>
        {t('markReversed')}
      </button>
    </form>
  );
}
