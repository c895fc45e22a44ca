'use client';

import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { classNames } from './class-names';
import { CONTROL_FRAME, CONTROL_INNER, describedBy, Field, type FieldTexts } from './field';

/**
 * A password with a show/hide button; hidden again when its form is submitted. Never give it a value from the server.
 * - `showLabel`, `hideLabel`: the button's words (`common.password.show` / `.hide`).
 * - `figures`: spaced capitals for a card password.
 * Without JavaScript it is an ordinary password input, and the button does not appear.
 */
export function PasswordField({
  label,
  hint,
  error,
  optionalLabel,
  showLabel,
  hideLabel,
  figures = false,
  id,
  name,
  className,
  ...input
}: FieldTexts & {
  name: string;
  showLabel: string;
  hideLabel: string;
  figures?: boolean;
} & Omit<ComponentProps<'input'>, 'type' | 'name' | 'value' | 'defaultValue'>) {
  const fieldId = id ?? name;
  const frame = useRef<HTMLSpanElement>(null);
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState(false);

  useEffect(() => {
    setReady(true);
    const form = frame.current?.closest('form');
    const hide = () => setShown(false);
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);

  return (
    <Field id={fieldId} label={label} hint={hint} error={error} optionalLabel={optionalLabel}>
      <span ref={frame} className={CONTROL_FRAME}>
        <input
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...input}
          id={fieldId}
          name={name}
          type={shown ? 'text' : 'password'}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, { hint, error })}
          className={classNames(
            CONTROL_INNER,
            figures ? 'text-xl uppercase tabular-nums tracking-[0.06em]' : 'text-lg',
            className,
          )}
        />
        {ready ? (
          <button
            type="button"
            aria-pressed={shown}
            aria-controls={fieldId}
            onClick={() => setShown(!shown)}
            className="mr-1 min-h-target min-w-target shrink-0 rounded-sm px-2 text-ink-2 text-sm hover:text-ink"
          >
            {shown ? hideLabel : showLabel}
          </button>
        ) : null}
      </span>
    </Field>
  );
}
