import Link from 'next/link';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { type Column, DataTable } from '@/components/ui/data-table';
import type { CaseOrder, CaseOrderLine, CasePayment, CaseTender } from '@/lib/support';
import { TIME } from './formats';

/** What was bought, and how much of it went back. */
export function OrderLines({ order }: { order: CaseOrder }) {
  const t = useTranslations('admin');
  const english = useLocale() === 'en';
  const money = (minor: bigint, quiet: boolean) => (
    <Amount minor={minor} currency={order.currency} quiet={quiet} />
  );
  const columns: Column<CaseOrderLine>[] = [
    {
      key: 'item',
      heading: t('columns.item'),
      cell: (line) => <span className="block min-w-40">{english ? line.titleEn : line.titleZh}</span>,
    },
    { key: 'quantity', heading: t('columns.quantity'), align: 'end', cell: ({ quantity }) => quantity },
    {
      key: 'total',
      heading: t('columns.total'),
      align: 'end',
      cell: ({ amountMinor }) => money(amountMinor, false),
    },
    {
      key: 'refunded',
      heading: t('columns.refunded'),
      align: 'end',
      cell: ({ refundedMinor }) => money(refundedMinor, true),
    },
  ];
  return <DataTable caption={t('order.lines')} columns={columns} rows={order.lines} empty={null} />;
}

/** One attempt to pay: what each card and the other method paid, and got back. */
export function PaymentTenders({
  payment,
  currency,
}: {
  payment: CasePayment;
  currency: CaseOrder['currency'];
}) {
  const t = useTranslations('admin');
  const states = useTranslations('admin.tenderState');
  const payments = useTranslations('admin.paymentState');
  const format = useFormatter();
  const columns: Column<CaseTender>[] = [
    { key: 'tender', heading: t('columns.tender'), cell: (tender) => <TenderName tender={tender} /> },
    {
      key: 'state',
      heading: t('columns.state'),
      cell: ({ state }) => (states.has(state) ? states(state) : state),
    },
    {
      key: 'total',
      heading: t('columns.total'),
      align: 'end',
      cell: ({ amountMinor }) => <Amount minor={amountMinor} currency={currency} />,
    },
    {
      key: 'refunded',
      heading: t('columns.refunded'),
      align: 'end',
      cell: ({ refundedMinor }) => <Amount minor={refundedMinor} currency={currency} quiet />,
    },
    { key: 'reference', heading: t('columns.reference'), cell: ({ gatewayReference }) => gatewayReference },
  ];
  const at = format.dateTime(payment.createdAt, TIME);
  const state = payments.has(payment.state) ? payments(payment.state) : payment.state;
  return (
    <DataTable
      caption={`${t('order.payment', { at })} · ${state}`}
      captionHidden={false}
      columns={columns}
      rows={payment.tenders}
      empty={null}
    />
  );
}

function TenderName({ tender }: { tender: CaseTender }) {
  const english = useLocale() === 'en';
  const gateways = useTranslations('admin.gateway');
  const { card, gateway } = tender;
  if (!card) return <>{gateways(gateway && gateways.has(gateway) ? gateway : 'other')}</>;
  return (
    <Link
      href={`/admin/cards/${card.id}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center whitespace-nowrap underline underline-offset-4"
    >
      {english ? card.nameEn : card.nameZh} •{card.lastFour}
    </Link>
  );
}
