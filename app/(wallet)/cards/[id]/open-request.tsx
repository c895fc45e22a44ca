import { getFormatter, getTranslations } from 'next-intl/server';
import { formTexts } from '@/components/forms/form-texts';
import { AsWritten } from '@/components/ui/as-written';
import { Notice } from '@/components/ui/notice';
import { Facts } from '@/components/ui/panel';
import type { CardRequest } from '@/lib/cards';
import { answerDay, issuerDay } from './request-days';
import { WithdrawForm } from './withdraw-form';

/** A request that waits, until when it is answered, and the way to take it back. */
export async function OpenRequest({ request, isNew }: { request: CardRequest; isNew: boolean }) {
  const [t, format, form] = await Promise.all([
    getTranslations('requests'),
    getFormatter(),
    formTexts('requests'),
  ]);
  return (
    <>
      <Notice tone="amber" title={t(`${request.kind}.open`)} live={isNew}>
        <p>{t(`${request.kind}.openText`)}</p>
      </Notice>
      <Facts
        facts={[
          { term: t('asked'), value: issuerDay(format, request.createdAt) },
          { term: t('due'), value: t('dueBy', { day: answerDay(format, request) }) },
        ]}
      />
      <p>
        <span className="block text-ink-2 text-sm">{t('statement')}</span>
        <AsWritten>{request.statement}</AsWritten>
      </p>
      <WithdrawForm
        requestId={request.id}
        texts={form}
        labels={{ submit: t(`${request.kind}.withdraw`), pending: t('withdrawing') }}
        proof={request.kind === 'loss' ? { label: t('password'), hint: t('passwordHint') } : null}
      />
    </>
  );
}
