import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { TIME } from '@/components/admin/formats';
import { InvoicePill } from '@/components/sales/invoice-pill';
import { ButtonLink, buttonClasses } from '@/components/ui/button';
import { DataTable, RowLink } from '@/components/ui/data-table';
import { TextField } from '@/components/ui/text-field';
import type { NotedInvoice } from '@/lib/sales';
import { AmountOf, MadeOutTo } from './invoices';

/** Invoices whose numbers are noted, the last ones or those with a number; each leads to where a wrong one is corrected. */
export function Noted({ rows, sought }: { rows: readonly NotedInvoice[]; sought: string | null }) {
  const [t, format] = [useTranslations('sales.desk'), useFormatter()];
  const none = sought === null ? t('noNoted') : t('notFound', { number: sought });
  return (
    <>
      <search>
        <form action="/admin/shipments" className="flex flex-wrap items-end gap-2">
          <div className="w-66 simple:w-80">
            <TextField
              id="find-number"
              name="number"
              label={t('find')}
              defaultValue={sought ?? ''}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          <button type="submit" className={buttonClasses({ size: 'md' })}>
            {t('findSubmit')}
          </button>
          {sought === null ? null : (
            <ButtonLink href="/admin/shipments" look="quiet" size="md">
              {t('latest')}
            </ButtonLink>
          )}
        </form>
      </search>
      <DataTable
        caption={t('noted')}
        rows={rows}
        empty={<p className="text-ink-2">{none}</p>}
        columns={[
          {
            key: 'number',
            heading: t('number'),
            cell: ({ id, number }) => (
              <RowLink href={`/admin/shipments/invoices/${id}`} className="whitespace-nowrap">
                {number}
              </RowLink>
            ),
          },
          { key: 'title', heading: t('invoiceTitle'), cell: (row) => <MadeOutTo row={row} /> },
          { key: 'amount', heading: t('amount'), align: 'end', cell: (row) => <AmountOf row={row} /> },
          { key: 'state', heading: t('standing'), cell: ({ state }) => <InvoicePill state={state} /> },
          {
            key: 'reversal',
            heading: t('reversal'),
            cell: ({ reversal }) => <span className="whitespace-nowrap">{reversal?.number ?? '—'}</span>,
          },
          {
            key: 'notedAt',
            heading: t('notedAt'),
            cell: ({ issuedAt, reversal }) => {
              const at = reversal?.at ?? issuedAt;
              return <span className="whitespace-nowrap">{at ? format.dateTime(at, TIME) : '—'}</span>;
            },
          },
          {
            key: 'purchase',
            heading: t('purchase'),
            cell: ({ orderId, purchaseId }) => (
              <Link
                href={`/admin/orders/${orderId}`}
                prefetch={false}
                className="link relative inline-flex min-h-6 items-center"
              >
                {purchaseId.slice(-6)}
              </Link>
            ),
          },
        ]}
      />
    </>
  );
}
