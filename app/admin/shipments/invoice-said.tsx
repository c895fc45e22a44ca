import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { NotedInvoice } from '@/lib/sales';

/** What came of noting or correcting a number, or of another press on the desk that was refused. */
export function InvoiceSaid({
  done,
  refused,
  number,
  noted,
}: {
  done: string | string[] | undefined;
  refused: string | string[] | undefined;
  number: string | null;
  /** The invoices with that number. */
  noted: readonly NotedInvoice[];
}) {
  const t = useTranslations('sales.desk');
  if (refused !== undefined) {
    const known = refused === 'own_number' || refused === 'number_unreadable';
    return (
      <Notice tone="danger" live>
        {known
          ? t(`problem.${refused}`)
          : refused === 'other_number' && number !== null
            ? t('problem.other_number', { number })
            : t('refused')}
        {refused === 'other_number' ? <ToCorrect noted={noted} /> : null}
      </Notice>
    );
  }
  if (number === null || (done !== 'issued' && done !== 'reversed' && done !== 'corrected')) return null;
  return (
    <Notice tone="jade" live>
      {t(`done.${done}`, { number })}
      <ToCorrect noted={noted} />
    </Notice>
  );
}

function ToCorrect({ noted: [invoice, ...others] }: { noted: readonly NotedInvoice[] }) {
  const t = useTranslations('sales.desk');
  if (!invoice || others.length > 0) return null;
  return (
    <Link
      href={`/admin/shipments/invoices/${invoice.id}`}
      prefetch={false}
      className="link flex min-h-target w-fit items-center"
    >
      {t('toCorrect')}
    </Link>
  );
}
