import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';

/** What came of noting or correcting a number, or of another press on the desk that was refused. */
export function InvoiceSaid({
  done,
  refused,
  number,
}: {
  done: string | string[] | undefined;
  refused: string | string[] | undefined;
  number: string | null;
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
      </Notice>
    );
  }
  if (number === null || (done !== 'issued' && done !== 'reversed' && done !== 'corrected')) return null;
  return (
    <Notice tone="jade" live>
      {t(`done.${done}`, { number })}
    </Notice>
  );
}
