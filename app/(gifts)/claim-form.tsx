'use client';

import type { ReactNode } from 'react';
import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { claimSchema } from '@/lib/gifts/claim-form';
import { claimAction } from './redeem-actions';

type Label =
  | 'claim'
  | 'claiming'
  | 'passphrase'
  | 'phone'
  | 'phoneHint'
  | 'sendCode'
  | 'sendingCode'
  | 'code'
  | 'codeHint';

/** The last step: what the sender asks for, if anything, and one press. */
export function ClaimForm({
  token,
  asks,
  texts,
  labels,
}: {
  token: string;
  asks: { readonly passphrase: boolean; readonly phone: boolean };
  texts: FormTexts;
  labels: Record<Label, string> & { readonly passphraseHint: ReactNode };
}) {
  const form = useServerForm({ action: claimAction, schema: claimSchema, texts });
  return (
    <ServerForm
      form={form}
      texts={texts}
      labels={{ submit: labels.claim, pending: labels.claiming }}
      hidden={{ token }}
    >
      {asks.phone ? (
        <>
          <TextField
            {...form.field('phone')}
            label={labels.phone}
            hint={labels.phoneHint}
            inputMode="tel"
            autoComplete="tel"
          />
          {form.state.message ? <Notice tone="jade" live title={form.state.message} /> : null}
          <SubmitButton
            name="sendCode"
            value="1"
            look="ghost"
            pending={form.pending}
            pendingLabel={labels.sendingCode}
          >
            {labels.sendCode}
          </SubmitButton>
          <TextField
            {...form.secret('code')}
            label={labels.code}
            hint={labels.codeHint}
            inputMode="numeric"
            autoComplete="one-time-code"
            figures
          />
        </>
      ) : null}
      {asks.passphrase ? (
        <TextField
          {...form.secret('passphrase')}
          label={labels.passphrase}
          hint={labels.passphraseHint}
          autoComplete="off"
        />
      ) : null}
    </ServerForm>
  );
}
