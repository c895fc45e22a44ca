'use client';

import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { PhoneCheckFields } from '@/components/gifts/phone-check-fields';
import { RecipientFields } from '@/components/gifts/recipient-fields';
import { recipientSchema } from '@/lib/gifts/schemas';
import { changeRecipientAction } from '../../../sender-actions';

export function RecipientForm({
  giftId,
  texts,
  labels,
}: {
  giftId: string;
  texts: { readonly form: FormTexts; readonly plan: Readonly<Record<string, string>> };
  labels: Record<'submit' | 'pending', string>;
}) {
  const form = useServerForm({ action: changeRecipientAction, schema: recipientSchema, texts: texts.form });
  return (
    <ServerForm
      form={form}
      texts={texts.form}
      labels={labels}
      hidden={{ giftId }}
      className="group/plan flex flex-col gap-5"
    >
      <RecipientFields control={form.field} plan={texts.plan} />
      <PhoneCheckFields control={form.field} plan={texts.plan} />
    </ServerForm>
  );
}
