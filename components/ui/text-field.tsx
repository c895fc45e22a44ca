import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { CONTROL_FRAME, CONTROL_INNER, describedBy, Field, type FieldTexts } from './field';

/**
 * One line of text. Every attribute of `<input>` passes through, so `{...register('name')}` of react-hook-form works.
 * - `id` is `name` unless given. `figures`: large tabular digits for numbers and codes.
 * - `prefix` / `suffix`: a short text or a control inside the frame (¥, a "扫码" button).
 */
export function TextField({
  label,
  hint,
  error,
  optionalLabel,
  action,
  prefix,
  suffix,
  figures = false,
  id,
  name,
  className,
  ...input
}: FieldTexts & {
  name: string;
  action?: ReactNode;
  prefix?: ReactNode;
  suffix?: ReactNode;
  figures?: boolean;
} & Omit<ComponentProps<'input'>, 'prefix' | 'name'>) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} optionalLabel={optionalLabel} action={action}>
      <span className={CONTROL_FRAME}>
        {prefix ? <span className="pl-3.5 text-ink-2">{prefix}</span> : null}
        <input
          type="text"
          {...input}
          id={fieldId}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, { hint, error })}
          className={classNames(
            CONTROL_INNER,
            figures
              ? 'text-xl tabular-nums tracking-[0.04em] simple:text-lg simple:tracking-normal'
              : 'text-lg',
            className,
          )}
        />
        {suffix ? <span className="shrink-0 pr-2 text-ink-2 text-sm">{suffix}</span> : null}
      </span>
    </Field>
  );
}

/** Several lines of text (a gift message, a reason). Same promise as `TextField`. */
export function TextArea({
  label,
  hint,
  error,
  optionalLabel,
  id,
  name,
  rows = 3,
  className,
  ...area
}: FieldTexts & { name: string } & Omit<ComponentProps<'textarea'>, 'name'>) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} optionalLabel={optionalLabel}>
      <span className={CONTROL_FRAME}>
        <textarea
          {...area}
          id={fieldId}
          name={name}
          rows={rows}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, { hint, error })}
          className={classNames(CONTROL_INNER, 'py-3 text-lg', className)}
        />
      </span>
    </Field>
  );
}
