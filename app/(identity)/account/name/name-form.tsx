'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { changeNameSchema } from '@/lib/identity/schemas';
import { changeNameAction } from '../../actions';

export function NameForm({
  name,
  texts,
  labels,
}: {
  name: string;
  texts: FormTexts;
  labels: Record<'name' | 'nameHint' | 'submit' | 'pending', string>;
}) {
  const form = useServerForm({ action: changeNameAction, schema: changeNameSchema, texts });
  const { defaultValue = name, ...field } = form.field('name');
  return (
    <form {...form.formProps} className="flex flex-col gap-5">
      <FormErrors form={form} texts={texts} />
      <TextField
        {...field}
        defaultValue={defaultValue}
        label={labels.name}
        hint={labels.nameHint}
        autoComplete="nickname"
        required
      />
      <SubmitButton pending={form.pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
    </form>
  );
}
