import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { articleOf } from '@/app/(sales)/sale-words';
import { formTexts } from '@/components/forms/form-texts';
import { AsWritten } from '@/components/ui/as-written';
import { Notice } from '@/components/ui/notice';
import { Facts } from '@/components/ui/panel';
import type { CardRequest, RequestKind } from '@/lib/cards';
import { env } from '@/lib/env';
import { dayIn, formatDay, plusMs } from '@/lib/kernel';
import type { RuleReference } from '@/lib/policy';
import type { RequestFormTexts } from './request-form';
import { WithdrawForm } from './withdraw-form';

/** The day on which an instant falls where cards end, `2026-12-03`. */
export function issuerDay(instant: Date): string {
  return formatDay(dayIn(env().issuerZone, instant));
}

/** The last day on which an answer is in time. */
export function answerDay({ dueAt }: Pick<CardRequest, 'dueAt'>): string {
  return issuerDay(plusMs(dueAt, -1));
}

/** What a rule says, and where it stands. */
export async function RuleWords({
  rule,
  values = {},
}: {
  rule: RuleReference;
  values?: Readonly<Record<string, string | number>>;
}) {
  const [policy, t] = await Promise.all([getTranslations('policy'), getTranslations('requests')]);
  const article = await articleOf(rule);
  return (
    <p>
      {policy(rule.messageKey, values)}
      <span className="block text-ink-2 text-sm">
        {t('source')}
        <AsWritten>{article}</AsWritten>
      </span>
    </p>
  );
}

/** A request that waits, until when it is answered, and the way to take it back. */
export async function OpenRequest({ request, isNew }: { request: CardRequest; isNew: boolean }) {
  const [t, form] = await Promise.all([getTranslations('requests'), formTexts('requests')]);
  return (
    <>
      <Notice tone="amber" title={t(`${request.kind}.open`)} live={isNew}>
        <p>{t(`${request.kind}.openText`)}</p>
      </Notice>
      <Facts
        facts={[
          { term: t('asked'), value: issuerDay(request.createdAt) },
          { term: t('due'), value: t('dueBy', { day: answerDay(request) }) },
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

/** The words of a form for one kind. */
export async function requestFormTexts(kind: RequestKind): Promise<RequestFormTexts> {
  const [t, form] = await Promise.all([getTranslations('requests'), formTexts('requests')]);
  return {
    statement: t(`${kind}.statement`),
    statementHint: t(`${kind}.statementHint`),
    ...(kind === 'extension' ? { evidence: t('evidence'), evidenceHint: t('evidenceHint') } : {}),
    optional: t('optional'),
    submit: t(`${kind}.submit`),
    pending: t('sending'),
    form,
  };
}

/** Says that nothing can be asked for, and why. */
export function NotNow({ children }: { children: ReactNode }) {
  return <Notice>{children}</Notice>;
}
