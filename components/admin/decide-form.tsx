'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { Checkbox, ChoiceCards } from '@/components/ui/choice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea, TextField } from '@/components/ui/text-field';
import { decisionSchema } from '@/lib/support/schemas';

export interface DecideTexts {
  readonly decision: string;
  readonly approve: string;
  readonly approveText: string;
  readonly refuse: string;
  readonly refuseText: string;
  readonly lastDay: string;
  readonly lastDayHint: string;
  readonly name: string;
  readonly document: string;
  readonly documentHint: string;
  readonly seen: string;
  readonly answer: string;
  readonly answerHint: string;
  readonly submit: string;
  readonly pending: string;
  readonly form: FormTexts;
}

/** What a request is decided with, by its kind: a last day, or who the caller is; always an answer. */
export function DecideForm({
  action,
  requestId,
  asks,
  texts,
}: {
  action: FormAction;
  requestId: string;
  /** Beside the answer: the card's new last day, what the caller says of themselves, or that a document was seen. */
  asks: {
    readonly lastDay?: { readonly suggested: string };
    readonly identity?: boolean;
    readonly seen?: boolean;
  };
  texts: DecideTexts;
}) {
  const form = useServerForm({ action, schema: decisionSchema, texts: texts.form });
  return (
    <form {...form.formProps} className="flex flex-col gap-4">
      <FormErrors form={form} texts={texts.form} />
      <input type="hidden" name="requestId" value={requestId} />
      <ChoiceCards
        legend={texts.decision}
        name="decision"
        defaultValue="approve"
        choices={[
          { value: 'approve', label: texts.approve, description: texts.approveText },
          { value: 'refuse', label: texts.refuse, description: texts.refuseText },
        ]}
      />
      {asks.lastDay ? (
        <TextField
          {...form.field('lastDay')}
          inputMode="numeric"
          autoComplete="off"
          figures
          label={texts.lastDay}
          hint={texts.lastDayHint}
          defaultValue={form.state.values.lastDay ?? asks.lastDay.suggested}
        />
      ) : null}
      {asks.identity ? (
        <>
          <TextField {...form.secret('name')} label={texts.name} autoComplete="off" />
          <TextField
            {...form.secret('document')}
            label={texts.document}
            hint={texts.documentHint}
            autoComplete="off"
          />
        </>
      ) : null}
      {asks.seen ? <Checkbox name="seen" label={texts.seen} /> : null}
      <TextArea {...form.field('answer')} label={texts.answer} hint={texts.answerHint} required />
      <SubmitButton pending={form.pending} pendingLabel={texts.pending}>
        {texts.submit}
      </SubmitButton>
    </form>
  );
}
