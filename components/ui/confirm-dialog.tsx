'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { type ButtonLook, buttonClasses } from './button';

/**
 * Asks before something that cannot be undone. The dialog holds focus, Escape and the cancel button leave it, focus
 * goes back to the trigger.
 * - `trigger`: the words of the button that opens it. `children`: what goes below the text, usually the `<form>` with
 *   its fields and `SubmitButton`, so that the action is an ordinary server action.
 */
export function ConfirmDialog({
  trigger,
  triggerLook = 'danger',
  triggerSize = 'lg',
  title,
  text,
  cancelLabel,
  children,
}: {
  trigger: ReactNode;
  triggerLook?: ButtonLook;
  triggerSize?: 'md' | 'lg';
  title: string;
  text?: ReactNode;
  cancelLabel: string;
  children: ReactNode;
}) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={buttonClasses({ look: triggerLook, size: triggerSize })}>
        {trigger}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-200 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <AlertDialog.Popup className="fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col gap-4 overflow-y-auto rounded-t-lg bg-surface px-page pt-5 pb-[calc(20px+env(safe-area-inset-bottom))] text-ink shadow-panel outline-none transition-[opacity,translate] duration-200 ease-out data-[ending-style]:translate-y-4 data-[starting-style]:translate-y-4 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(440px,calc(100vw-32px))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-lg sm:border sm:border-line">
          <AlertDialog.Title className="text-xl">{title}</AlertDialog.Title>
          {text ? <AlertDialog.Description className="text-ink-2">{text}</AlertDialog.Description> : null}
          {children}
          <AlertDialog.Close className={buttonClasses({ look: 'ghost', block: true })}>
            {cancelLabel}
          </AlertDialog.Close>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
