'use client';

import { type MouseEvent, type ReactNode, useId, useRef } from 'react';
import { type ButtonLook, buttonClasses } from './button';

/**
 * Asks before something that cannot be undone, in a native modal dialog: it holds focus, Escape and the cancel button
 * leave it, focus goes back to the trigger. Browsers with invoker commands open it without JavaScript.
 * - `trigger`: the words of the button that opens it. `children`: what goes below the text, usually a `<form>` with
 *   its fields and `SubmitButton`; so the whole must not stand inside another form.
 * - It stays open while the action runs: let the action redirect, or take the trigger off the page.
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
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  function openWithoutCommands(event: MouseEvent<HTMLButtonElement>) {
    if (!('commandForElement' in event.currentTarget)) dialog.current?.showModal();
  }

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        {...{ commandfor: id, command: 'show-modal' }}
        onClick={openWithoutCommands}
        className={buttonClasses({ look: triggerLook, size: triggerSize })}
      >
        {trigger}
      </button>
      <dialog
        ref={dialog}
        id={id}
        aria-labelledby={`${id}-title`}
        aria-describedby={text ? `${id}-text` : undefined}
        className="sheet"
      >
        <div className="flex flex-col gap-4">
          <h2 id={`${id}-title`} className="text-xl">
            {title}
          </h2>
          {text ? (
            <div id={`${id}-text`} className="text-ink-2">
              {text}
            </div>
          ) : null}
          {children}
          <form method="dialog">
            <button type="submit" className={buttonClasses({ look: 'ghost', block: true })}>
              {cancelLabel}
            </button>
          </form>
        </div>
      </dialog>
    </>
  );
}
