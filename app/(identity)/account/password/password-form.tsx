'use client';

import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';
import { changePasswordSchema } from '@/lib/identity/schemas';
import { changePasswordAction } from '../../actions';

export function PasswordForm({
  login,
  texts,
  labels,
}: {
  /** Whose password it is; only password managers see it. */
  login: string;
  texts: FormTexts;
  labels: Record<'currentPassword' | 'newPassword' | 'passwordHint' | 'submit' | 'pending', string>;
}) {
  const form = useServerForm({ action: changePasswordAction, schema: changePasswordSchema, texts });
  const show = { showLabel: texts.showPassword, hideLabel: texts.hidePassword };
  return (
    <ServerForm form={form} texts={texts} labels={labels}>
      {form.state.message ? (
        <Notice tone="jade" live>
          {form.state.message}
        </Notice>
      ) : null}
      <input type="text" autoComplete="username" value={login} readOnly hidden />
      <PasswordField
        {...form.secret('currentPassword')}
        {...show}
        label={labels.currentPassword}
        autoComplete="current-password"
        required
      />
      <PasswordField
        {...form.secret('newPassword')}
        {...show}
        label={labels.newPassword}
        hint={labels.passwordHint}
        autoComplete="new-password"
        required
      />
    </ServerForm>
  );
}
