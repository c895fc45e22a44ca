import type { ComponentProps } from 'react';
import { classNames } from './class-names';
import { CONTROL_FRAME, CONTROL_INNER, describedBy, Field, type FieldTexts } from './field';

/** A native select: right on every phone, with a keyboard and without JavaScript. */
export function SelectField({
  label,
  hint,
  error,
  optionalLabel,
  options,
  id,
  name,
  className,
  ...select
}: FieldTexts & {
  name: string;
  options: readonly { value: string; label: string; disabled?: boolean }[];
} & Omit<ComponentProps<'select'>, 'name' | 'children'>) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} optionalLabel={optionalLabel}>
      <span className={classNames(CONTROL_FRAME, 'relative')}>
        <select
          {...select}
          id={fieldId}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, { hint, error })}
          className={classNames(CONTROL_INNER, 'appearance-none pr-11 text-lg', className)}
        >
          {options.map((option) => (
            <option
              key={option.value}
              value={option.value}
              disabled={option.disabled}
              className="bg-surface text-ink"
            >
              {option.label}
            </option>
          ))}
        </select>
        <svg
          viewBox="0 0 24 24"
          aria-hidden="true"
          className="pointer-events-none absolute right-3.5 size-5 fill-none stroke-[1.75] stroke-current text-ink-2"
        >
          <path d="m6 9 6 6 6-6" />
        </svg>
      </span>
    </Field>
  );
}
