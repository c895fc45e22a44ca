'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormAction, FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { ChoiceCards } from '@/components/ui/choice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextArea, TextField } from '@/components/ui/text-field';
import { invoiceCorrectionSchema } from '@/lib/sales/invoices/schemas';

type Word =
  | 'which'
  | 'number'
  | 'reversalNumber'
  | 'to'
  | 'toHint'
  | 'reason'
  | 'reasonHint'
  | 'submit'
  | 'pending';

/** Puts the right number in place of a wrong one: which of the two, the right one, and why. */
export function CorrectInvoice({
  action,
  invoice,
  texts,
}: {
  action: FormAction;
  /** The numbers as they are noted; a reversal's only if it has one. */
  invoice: { readonly id: string; readonly number: string; readonly reversalNumber: string | null };
  texts: Readonly<Record<Word, string>> & { readonly form: FormTexts };
}) {
  const form = useServerForm({ action, schema: invoiceCorrectionSchema, texts: texts.form });
  const { id, number, reversalNumber } = invoice;
  return (
    <form {...form.formProps} className="flex flex-col gap-4">
      <FormErrors form={form} texts={texts.form} />
      <input type="hidden" name="invoiceId" value={id} />
      <input type="hidden" name="number" value={number} />
      {reversalNumber === null ? (
        <input type="hidden" name="which" value="number" />
      ) : (
        <>
          <input type="hidden" name="reversalNumber" value={reversalNumber} />
          <ChoiceCards
            legend={texts.which}
            name="which"
            defaultValue={form.field('which').defaultValue ?? []}
            error={form.field('which').error}
            choices={[
              { value: 'number', label: texts.number, description: number },
              { value: 'reversalNumber', label: texts.reversalNumber, description: reversalNumber },
            ]}
          />
        </>
      )}
      <TextField
        {...form.field('to')}
        label={texts.to}
        hint={texts.toHint}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <TextArea {...form.field('reason')} label={texts.reason} hint={texts.reasonHint} required />
      <SubmitButton pending={form.pending} pendingLabel={texts.pending}>
        {texts.submit}
      </SubmitButton>
    </form>
  );
}
