import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { AsWritten } from '@/components/ui/as-written';
import { DataTable } from '@/components/ui/data-table';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { formatMoney } from '@/lib/kernel';
import type { InvoiceLine, ReversalLine } from '@/lib/sales';
import { invoiceIssuedAction, invoiceReversedAction } from './actions';

/** Invoices that were asked for, until each is issued. */
export function Invoices({ rows }: { rows: readonly InvoiceLine[] }) {
  const t = useTranslations('sales.desk');
  return (
    <DataTable
      caption={t('invoices')}
      rows={rows}
      empty={<p className="text-ink-2">{t('noInvoices')}</p>}
      columns={[
        {
          key: 'title',
          heading: t('invoiceTitle'),
          cell: (row) => (
            <>
              <MadeOutTo row={row} />
              {row.replaces === null ? null : (
                <span className="block text-sm">{t('replaces', { number: row.replaces })}</span>
              )}
            </>
          ),
        },
        { key: 'email', heading: t('email'), cell: (row) => row.email },
        { key: 'amount', heading: t('amount'), align: 'end', cell: (row) => <AmountOf row={row} /> },
        {
          key: 'step',
          heading: t('step'),
          cell: (row) => (
            <form action={invoiceIssuedAction} className="flex items-end gap-2">
              <input type="hidden" name="invoiceId" value={row.id} />
              <input type="hidden" name="amountMinor" value={row.amountMinor.toString()} />
              <NumberField id={`number-${row.id}`} label={t('number')} />
              <Note>{t('markIssued')}</Note>
            </form>
          ),
        },
      ]}
    />
  );
}

/** Invoices of purchases that went back whole, until each is reversed. */
export function Reversals({ rows }: { rows: readonly ReversalLine[] }) {
  const t = useTranslations('sales.desk');
  return (
    <DataTable
      caption={t('reversals')}
      rows={rows}
      empty={<p className="text-ink-2">{t('noReversals')}</p>}
      columns={[
        { key: 'title', heading: t('invoiceTitle'), cell: (row) => <MadeOutTo row={row} /> },
        { key: 'email', heading: t('email'), cell: (row) => row.email },
        {
          key: 'number',
          heading: t('number'),
          cell: ({ id, number }) => (
            <Link
              href={`/admin/shipments/invoices/${id}`}
              prefetch={false}
              className="link inline-flex min-h-6 items-center whitespace-nowrap"
            >
              {number}
            </Link>
          ),
        },
        {
          key: 'step',
          heading: t('step'),
          cell: (row) => (
            <form action={invoiceReversedAction} className="flex items-end gap-2">
              <input type="hidden" name="invoiceId" value={row.id} />
              <NumberField id={`reversal-${row.id}`} label={t('reversal')} />
              <Note>{t('markReversed')}</Note>
            </form>
          ),
        },
      ]}
    />
  );
}

/** As wide as the twenty digits of an electronic invoice. */
function NumberField({ id, label }: { id: string; label: string }) {
  return (
    <div className="w-66 shrink-0 simple:w-80">
      <TextField id={id} name="number" label={label} autoComplete="off" spellCheck={false} required />
    </div>
  );
}

function Note({ children }: { children: string }) {
  const t = useTranslations('sales.desk');
  return (
    <SubmitButton look="ghost" size="md" block={false} pendingLabel={t('noting')}>
      <span className="whitespace-nowrap">{children}</span>
    </SubmitButton>
  );
}

export function AmountOf({ row }: { row: Pick<InvoiceLine, 'amountMinor'> }) {
  return <span className="whitespace-nowrap">{formatMoney(row.amountMinor)}</span>;
}

export function MadeOutTo({ row }: { row: Pick<InvoiceLine, 'title' | 'taxNumber'> }) {
  return (
    <span className="font-bold">
      <AsWritten>{[row.title, row.taxNumber].filter(Boolean).join(' · ')}</AsWritten>
    </span>
  );
}
