import { ErrorSummary } from '@/components/ui/error-summary';
import type { FormTexts } from './form-state';

/** The error summary of a form made by `useServerForm`; put it first inside the form. */
export function FormErrors({
  form,
  texts,
}: {
  form: { readonly summary: readonly { fieldId?: string; message: string }[] };
  texts: FormTexts;
}) {
  const correctable = form.summary.some((error) => error.fieldId !== undefined);
  const title = correctable ? texts.summary : texts.refused;
  return <ErrorSummary title={title} titlePrefix={texts.titlePrefix} errors={form.summary} />;
}
