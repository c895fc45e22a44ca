import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { articleOf } from '@/app/(sales)/sale-words';
import { formTexts } from '@/components/forms/form-texts';
import { AsWritten } from '@/components/ui/as-written';
import { Notice } from '@/components/ui/notice';
import type { RequestKind } from '@/lib/cards';
import type { RuleReference } from '@/lib/policy';
import type { RequestFormTexts } from './request-form';

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
