import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { FieldNotes } from './field';

export interface Choice {
  value: string;
  label: ReactNode;
  /** Second line: what this choice means. */
  description?: ReactNode;
  /** Stands at the end of the row (an amount, a pill). */
  aside?: ReactNode;
  disabled?: boolean;
}

/**
 * One of several (radio) or any of several (checkbox), each a card that is pressed anywhere on it.
 * - `name`, `defaultValue` (one value, or several for `checkbox`): an uncontrolled native group, works without JavaScript.
 * - `input`: more attributes for every input (`{...register('name')}`, `onChange`).
 */
export function ChoiceCards({
  kind = 'radio',
  legend,
  hint,
  error,
  name,
  choices,
  defaultValue = [],
  columns = 1,
  input,
}: {
  kind?: 'radio' | 'checkbox';
  legend: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  name: string;
  choices: readonly Choice[];
  defaultValue?: string | readonly string[];
  columns?: 1 | 2 | 3;
  input?: Omit<ComponentProps<'input'>, 'type' | 'name' | 'value' | 'defaultChecked'>;
}) {
  const chosen = typeof defaultValue === 'string' ? [defaultValue] : defaultValue;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-bold">{legend}</legend>
      <div className={classNames('grid gap-2', COLUMNS[columns])}>
        {choices.map((choice) => (
          <label key={choice.value} className={CARD}>
            <input
              {...input}
              type={kind}
              name={name}
              id={`${name}-${choice.value}`}
              value={choice.value}
              defaultChecked={chosen.includes(choice.value)}
              disabled={choice.disabled}
              aria-invalid={error ? true : undefined}
              className="size-5 shrink-0 accent-cinnabar simple:size-7"
            />
            <span className="min-w-0 flex-1">
              <span className="block font-bold">{choice.label}</span>
              {choice.description ? (
                <span className="block text-ink-2 text-sm">{choice.description}</span>
              ) : null}
            </span>
            {choice.aside ? <span className="shrink-0">{choice.aside}</span> : null}
          </label>
        ))}
      </div>
      <FieldNotes id={name} hint={hint} error={error} />
    </fieldset>
  );
}

/** A single box to tick, with its words beside it. */
export function Checkbox({
  label,
  name,
  id,
  ...input
}: { label: ReactNode; name: string } & Omit<ComponentProps<'input'>, 'type' | 'name'>) {
  return (
    <label className="flex min-h-target items-center gap-3">
      <input
        {...input}
        type="checkbox"
        id={id ?? name}
        name={name}
        className="size-5 shrink-0 accent-cinnabar simple:size-7"
      />
      <span className="min-w-0">{label}</span>
    </label>
  );
}

const CARD =
  'flex min-h-control cursor-pointer items-center gap-3 rounded-md border-[1.5px] border-line bg-surface px-4 py-2.5 ' +
  'hover:border-edge has-[:checked]:border-cinnabar has-[:checked]:bg-cinnabar-wash ' +
  'has-[:disabled]:cursor-not-allowed has-[:disabled]:opacity-60 ' +
  'has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-focus';

const COLUMNS = {
  1: 'grid-cols-1',
  2: 'grid-cols-1 sm:grid-cols-2 simple:grid-cols-1',
  3: 'grid-cols-1 sm:grid-cols-3 simple:grid-cols-1',
} as const;
