'use client';

import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { signUpSchema } from '@/lib/identity/schemas';
import { signUpAction } from '../actions';

type Label =
  | 'login'
  | 'loginHint'
  | 'password'
  | 'passwordHint'
  | 'name'
  | 'nameHint'
  | 'optional'
  | 'submit'
  | 'pending';

export function SignUpForm({
  next,
  texts,
  labels,
}: {
  next: string | null;
  texts: FormTexts;
  labels: Record<Label, string>;
}) {
  const form = useServerForm({ action: signUpAction, schema: signUpSchema, texts });
  return (
    <ServerForm form={form} texts={texts} labels={labels} hidden={{ next }}>
      <TextField
        {...form.field('login')}
        label={labels.login}
        hint={labels.loginHint}
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
        hint={labels.passwordHint}
        showLabel={texts.showPassword}
        hideLabel={texts.hidePassword}
        autoComplete="new-password"
        required
      />
      <TextField
        {...form.field('name')}
        label={labels.name}
        hint={labels.nameHint}
        optionalLabel={labels.optional}
        autoComplete="nickname"
      />
    </ServerForm>
  );
}
