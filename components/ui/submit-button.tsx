'use client';

import type { ComponentProps, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { type ButtonLook, buttonClasses } from './button';
import { classNames } from './class-names';

/**
 * Submits the form around it, once: while the action runs it says so, keeps focus and ignores further presses.
 * - `pendingLabel`: the words while it runs ("正在付款…"); announced politely.
 * - `pending`: for forms that keep their own state (react-hook-form); otherwise the form's action decides.
 * Works without JavaScript as an ordinary submit button.
 */
export function SubmitButton({
  look = 'primary',
  size = 'lg',
  block = true,
  icon,
  pendingLabel,
  pending: ownPending = false,
  className,
  children,
  onClick,
  ...rest
}: {
  look?: ButtonLook;
  size?: 'md' | 'lg';
  block?: boolean;
  icon?: ReactNode;
  pendingLabel?: string;
  pending?: boolean;
} & ComponentProps<'button'>) {
  const { pending: formPending, action } = useFormStatus();
  const pending = formPending || ownPending;
  // Of several buttons with actions of their own, only the pressed one turns.
  const turning = pending && (rest.formAction === undefined || rest.formAction === action);
  return (
    <button
      type="submit"
      {...rest}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
      className={classNames(buttonClasses({ look, size, block }), className)}
    >
      {turning ? <Spinner /> : icon}
      <span aria-live="polite">{turning && pendingLabel ? pendingLabel : children}</span>
    </button>
  );
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-[1.1em] shrink-0 animate-turn rounded-full border-2 border-current border-r-transparent"
    />
  );
}
