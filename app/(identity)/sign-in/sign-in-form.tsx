'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { signInSchema } from '@/lib/identity/schemas';
import { signInAction } from '../actions';

export function SignInForm({
  next,
  texts,
  labels,
}: {
  next: string | null;
  texts: FormTexts;
  labels: Record<'login' | 'password' | 'submit' | 'pending', string>;
}) {
  const form = useServerForm({ action: signInAction, schema: signInSchema, texts });
  return (
    <form {...form.formProps} className="flex flex-col gap-5">
      <FormErrors form={form} texts={texts} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextField
        {...form.field('login')}
        label={labels.login}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        inputMode="email"
        required
      />
      <PasswordField
        {...form.secret('password')}
        label={labels.password}
        showLabel={texts.showPassword}
        hideLabel={texts.hidePassword}
        autoComplete="current-password"
        required
      />
      <SubmitButton pending={form.pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
    </form>
  );
}
