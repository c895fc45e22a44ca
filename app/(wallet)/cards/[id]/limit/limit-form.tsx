'use client';

import type { FormTexts } from '@/components/forms/form-state';
import { ServerForm } from '@/components/forms/server-form';
import { useServerForm } from '@/components/forms/use-server-form';
import { ChoiceCards } from '@/components/ui/choice';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { dayLimitSchema } from '@/lib/cards/schemas';
import { setDayLimitAction } from '../own-card-actions';

/** A first limit is one field; who has one may also lift it, and shows by the password who it is to get more. */
export function LimitForm({
  cardId,
  limit,
  texts,
  labels,
}: {
  cardId: string;
  /** As the field shows it, `200.00`; null: there is none. */
  limit: string | null;
  texts: FormTexts;
  labels: Record<
    | 'limit'
    | 'limitHint'
    | 'prefix'
    | 'lift'
    | 'liftLegend'
    | 'liftHint'
    | 'password'
    | 'passwordHint'
    | 'submit'
    | 'pending',
    string
  >;
}) {
  const form = useServerForm({ action: setDayLimitAction, schema: dayLimitSchema, texts });
  const { defaultValue = limit ?? '', ...field } = form.field('limit');
  const { defaultValue: lifted, error: _, ...lift } = form.field('lift');
  return (
    <ServerForm form={form} texts={texts} labels={labels} hidden={{ cardId }}>
      <TextField
        {...field}
        defaultValue={defaultValue}
        label={labels.limit}
        hint={labels.limitHint}
        prefix={labels.prefix}
        inputMode="decimal"
        autoComplete="off"
        figures
      />
      {limit === null ? null : (
        <>
          <ChoiceCards
            kind="checkbox"
            legend={labels.liftLegend}
            name="lift"
            choices={[{ value: 'on', label: labels.lift, description: labels.liftHint }]}
            defaultValue={lifted ?? ''}
            input={lift}
          />
          <PasswordField
            {...form.secret('currentPassword')}
            showLabel={texts.showPassword}
            hideLabel={texts.hidePassword}
            label={labels.password}
            hint={labels.passwordHint}
            autoComplete="current-password"
          />
        </>
      )}
    </ServerForm>
  );
}
