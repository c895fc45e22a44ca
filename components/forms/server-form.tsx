import type { ComponentProps, ReactNode } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';
import { FormErrors } from './form-errors';
import type { FormTexts } from './form-state';

/**
 * A form made by `useServerForm`, with its errors above its fields and the button that sends it below.
 * - `hidden`: what is sent along unseen, by name; `null` is not sent.
 */
export function ServerForm({
  form,
  texts,
  labels,
  hidden = {},
  className = 'flex flex-col gap-5',
  children,
}: {
  form: {
    readonly formProps: ComponentProps<'form'>;
    readonly summary: ComponentProps<typeof FormErrors>['form']['summary'];
    readonly pending: boolean;
  };
  texts: FormTexts;
  labels: Readonly<Record<'submit' | 'pending', string>>;
  hidden?: Readonly<Record<string, string | null>>;
  className?: string;
  children: ReactNode;
}) {
  return (
    <form {...form.formProps} className={className}>
      <FormErrors form={form} texts={texts} />
      {Object.entries(hidden).map(([name, value]) =>
        value === null ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
      <SubmitButton pending={form.pending} pendingLabel={labels.pending}>
        {labels.submit}
      </SubmitButton>
    </form>
  );
}
