'use client';

import { FormErrors } from '@/components/forms/form-errors';
import type { FormTexts } from '@/components/forms/form-state';
import { useServerForm } from '@/components/forms/use-server-form';
import { PhoneCheckFields } from '@/components/gifts/phone-check-fields';
import { RecipientFields } from '@/components/gifts/recipient-fields';
import { SubmitButton } from '@/components/ui/submit-button';
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
    <form {...form.formProps} className="group/plan flex flex-col gap-5">
      <FormErrors form={form} texts={texts.form} />
      <input type="hidden" name="giftId" value={giftId} />
      <RecipientFields control={form.field} plan={texts.plan} />
      <PhoneCheckFields control={form.field} plan={texts.plan} />
      <SubmitButton pending={form.pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
    </form>
  );
}
