'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea } from '@/components/ui/text-field';
import { cardActSchema } from '@/lib/support/schemas';

export interface CardActTexts {
  readonly trigger: string;
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly submit: string;
  readonly pending: string;
  readonly cancel: string;
  readonly form: FormTexts;
}

/** Freezes or unfreezes a card, after a question that asks for the reason. */
export function CardActForm({
  action,
  cardId,
  look,
  reasonId = 'reason',
  texts,
}: {
  action: FormAction;
  cardId: string;
  look: 'danger' | 'primary';
  /** Where two of these stand on a page, each has a field of its own. */
  reasonId?: string;
  texts: CardActTexts;
}) {
  const form = useServerForm({ action, schema: cardActSchema, texts: texts.form });
  return (
    <ConfirmDialog
      trigger={texts.trigger}
      triggerLook={look}
      triggerSize="md"
      title={texts.title}
      text={texts.text}
      cancelLabel={texts.cancel}
    >
      <form {...form.formProps} className="flex flex-col gap-4">
        <FormErrors form={form} texts={texts.form} />
        <input type="hidden" name="cardId" value={cardId} />
        <TextArea
          {...form.field('reason')}
          id={reasonId}
          label={texts.reason}
          hint={texts.reasonHint}
          required
        />
        <SubmitButton look={look} pending={form.pending} pendingLabel={texts.pending}>
          {texts.submit}
        </SubmitButton>
      </form>
    </ConfirmDialog>
  );
}
