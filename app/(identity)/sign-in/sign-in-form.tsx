'use client';

import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
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
    <ServerForm form={form} texts={texts} labels={labels} hidden={{ next }}>
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
    </ServerForm>
  );
}
