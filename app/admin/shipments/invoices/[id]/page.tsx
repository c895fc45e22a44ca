import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { AdminPage } from '@/app/admin/admin-page';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireRole } from '@/app/viewer';
import { TIME } from '@/components/admin/formats';
import { formTexts } from '@/components/forms/form-texts';
import { CorrectInvoice } from '@/components/sales/correct-invoice';
import { InvoicePill } from '@/components/sales/invoice-pill';
import { AsWritten } from '@/components/ui/as-written';
import { Facts, Panel } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { hasRole } from '@/lib/identity';
import { formatMoney } from '@/lib/kernel';
import { type NotedInvoice, notedInvoice } from '@/lib/sales';
import { correctInvoiceAction } from '../../actions';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  await requireRole('support');
  return { title: (await getTranslations('sales.desk.correct'))('heading'), robots: { index: false } };
}

export default pageOrNotFound(InvoicePage);

/** An invoice whose number is noted, and where a wrong one is corrected: a page of its own, so that no slip does it. */
async function InvoicePage({ params }: PageProps<'/admin/shipments/invoices/[id]'>) {
  const user = await requireRole('support');
  const [t, invoice] = await Promise.all([
    getTranslations('sales.desk.correct'),
    notedInvoice(database(), (await params).id),
  ]);
  if (!invoice) notFound();
  return (
    <AdminPage
      user={user}
      title={t('title', { end: invoice.number.slice(-6) })}
      aside={<InvoicePill state={invoice.state} />}
    >
      <Link
        href="/admin/shipments"
        prefetch={false}
        className="link inline-flex min-h-target items-center self-start"
      >
        {t('back')}
      </Link>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <InvoiceFacts invoice={invoice} mayRead={hasRole(user.role, 'supervisor')} />
        <Correction invoice={invoice} />
      </div>
    </AdminPage>
  );
}

async function InvoiceFacts({ invoice, mayRead }: { invoice: NotedInvoice; mayRead: boolean }) {
  const [t, format] = await Promise.all([getTranslations('sales.desk'), getFormatter()]);
  const { reversal, issuedAt } = invoice;
  return (
    <Panel
      title={t('correct.facts')}
      action={
        mayRead ? (
          <Link
            href={`/admin/audit?subject=${invoice.id}`}
            prefetch={false}
            className="link -my-3 inline-flex min-h-target items-center"
          >
            {t('correct.history')}
          </Link>
        ) : null
      }
    >
      <Facts
        facts={[
          { term: t('invoiceTitle'), value: <AsWritten>{invoice.title}</AsWritten> },
          ...(invoice.taxNumber ? [{ term: t('taxNumber'), value: invoice.taxNumber }] : []),
          { term: t('email'), value: invoice.email },
          { term: t('amount'), value: formatMoney(invoice.amountMinor) },
          { term: t('number'), value: invoice.number },
          ...(issuedAt ? [{ term: t('notedAt'), value: format.dateTime(issuedAt, TIME) }] : []),
          ...(reversal
            ? [
                { term: t('reversal'), value: reversal.number },
                { term: t('notedAt'), value: format.dateTime(reversal.at, TIME) },
              ]
            : []),
          {
            term: t('purchase'),
            value: (
              <Link
                href={`/admin/orders/${invoice.orderId}`}
                prefetch={false}
                className="link inline-flex min-h-6 items-center"
              >
                {invoice.purchaseId.slice(-6)}
              </Link>
            ),
          },
        ]}
      />
    </Panel>
  );
}

async function Correction({ invoice: { id, number, reversal } }: { invoice: NotedInvoice }) {
  const [t, desk, texts] = await Promise.all([
    getTranslations('sales.desk.correct'),
    getTranslations('sales.desk'),
    formTexts('sales'),
  ]);
  return (
    <Panel title={t('heading')}>
      <p className="pb-4 text-ink-2">{t('text')}</p>
      <CorrectInvoice
        action={correctInvoiceAction}
        invoice={{ id, number, reversalNumber: reversal?.number ?? null }}
        texts={{
          which: t('which'),
          number: desk('number'),
          reversalNumber: desk('reversal'),
          to: t('to'),
          toHint: t('toHint'),
          reason: t('reason'),
          reasonHint: t('reasonHint'),
          submit: t('submit'),
          pending: t('pending'),
          form: texts,
        }}
      />
    </Panel>
  );
}
