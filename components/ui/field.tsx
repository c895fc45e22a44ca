import type { ReactNode } from 'react';
import { Quoting } from './as-written';
import { classNames } from './class-names';

/** What every field shows around its control. */
export interface FieldTexts {
  label: ReactNode;
  /** One line below the control; stays visible while there is an error. */
  hint?: ReactNode;
  /** What is wrong and what to do, the same words as in the `ErrorSummary`. */
  error?: string | undefined;
  /** Shown after the label of a field that may be left empty ("选填"). */
  optionalLabel?: string | undefined;
}

/**
 * Label, control, hint and error of one field, wired by `id`: the control gets `aria-describedby={describedBy(id, …)}`.
 * `action` stands at the label's end (a link such as "忘记密码").
 */
export function Field({
  id,
  label,
  hint,
  error,
  optionalLabel,
  action,
  children,
}: FieldTexts & { id: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-bold">
          {label}
          {optionalLabel ? (
            <span className="ml-2 font-normal text-ink-2 text-sm">{optionalLabel}</span>
          ) : null}
        </label>
        {action ? <span className="text-sm">{action}</span> : null}
      </div>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

/** Hint and error below a control, with the ids that `describedBy` names. */
export function FieldNotes({ id, hint, error }: { id: string } & Pick<FieldTexts, 'hint' | 'error'>) {
  return (
    <>
      {error ? (
        <p id={`${id}-error`} className="font-bold text-cinnabar text-sm">
          <Quoting>{error}</Quoting>
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-2 text-sm">
          {hint}
        </p>
      ) : null}
    </>
  );
}

/** The `aria-describedby` of a control whose notes are drawn by `Field` or `FieldNotes`. */
export function describedBy(id: string, notes: { hint?: unknown; error?: unknown }): string | undefined {
  return classNames(notes.error ? `${id}-error` : null, notes.hint ? `${id}-hint` : null) || undefined;
}

/** Frame of a text-like control; put it on the element that holds the border. */
export const CONTROL_FRAME =
  'flex min-h-control w-full items-center rounded-md border-[1.5px] border-edge bg-surface text-ink ' +
  'has-[:focus-visible]:border-focus has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-focus/35 ' +
  'has-[[aria-invalid=true]]:border-cinnabar has-[:disabled]:opacity-60';

/** The control itself inside the frame: no border or ring of its own. */
export const CONTROL_INNER =
  'min-h-control w-full min-w-0 flex-1 bg-transparent px-3.5 outline-none placeholder:text-ink-2';
