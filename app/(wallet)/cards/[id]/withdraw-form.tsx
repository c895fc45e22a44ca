'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { withdrawRequestSchema } from '@/lib/cards/requests/schemas';
import { withdrawRequestAction } from './request-actions';

/** Takes a request back. `proof`: the words of the field for the password, where one is asked for. */
export function WithdrawForm({
  requestId,
  proof,
  texts,
  labels,
}: {
  requestId: string;
  proof: { readonly label: string; readonly hint: string } | null;
  texts: FormTexts;
  labels: Record<'submit' | 'pending', string>;
}) {
  const form = useServerForm({ action: withdrawRequestAction, schema: withdrawRequestSchema, texts });
  return (
    <form {...form.formProps} className="flex flex-col gap-3">
      <FormErrors form={form} texts={texts} />
      <input type="hidden" name="requestId" value={requestId} />
      {proof ? (
        <PasswordField
          {...form.secret('currentPassword')}
          showLabel={texts.showPassword}
          hideLabel={texts.hidePassword}
          label={proof.label}
          hint={proof.hint}
          autoComplete="current-password"
          required
        />
      ) : null}
      <SubmitButton look="ghost" pending={form.pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
    </form>
  );
}
