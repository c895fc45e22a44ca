'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import type { ButtonLook } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-field';
import { requestFormSchema } from '@/lib/cards/requests/schemas';

export interface RequestFormTexts {
  readonly statement: string;
  readonly statementHint: string;
  /** Left out: nothing is asked that shows it. */
  readonly evidence?: string;
  readonly evidenceHint?: string;
  readonly optional: string;
  readonly submit: string;
  readonly pending: string;
  readonly form: FormTexts;
}

/** What a holder writes to report a loss or to ask for an extension or an exchange. */
export function RequestForm({
  action,
  cardId,
  look = 'primary',
  texts,
}: {
  action: FormAction;
  cardId: string;
  look?: ButtonLook;
  texts: RequestFormTexts;
}) {
  const form = useServerForm({ action, schema: requestFormSchema, texts: texts.form });
  return (
    <form {...form.formProps} className="flex flex-col gap-5">
      <FormErrors form={form} texts={texts.form} />
      <input type="hidden" name="cardId" value={cardId} />
      <TextArea {...form.field('statement')} label={texts.statement} hint={texts.statementHint} required />
      {texts.evidence ? (
        <TextArea
          {...form.field('evidence')}
          label={texts.evidence}
          hint={texts.evidenceHint}
          optionalLabel={texts.optional}
          rows={2}
        />
      ) : null}
      <SubmitButton look={look} pending={form.pending} pendingLabel={texts.pending}>
        {texts.submit}
      </SubmitButton>
    </form>
  );
}
