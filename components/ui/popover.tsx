import { type ReactNode, useId } from 'react';
import { buttonClasses } from './button';

/**
 * A short explanation behind a small button ("为什么？"). `trigger`: its words; `children`: the explanation. A native
 * popover: no JavaScript; it leaves by Escape or a press elsewhere, and stands in the middle where the browser cannot
 * tie it to its button.
 */
export function Popover({
  trigger,
  title,
  children,
}: {
  trigger: ReactNode;
  title: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClasses({ look: 'quiet', size: 'md' })}>
        {trigger}
      </button>
      <div id={id} popover="auto" role="dialog" aria-labelledby={`${id}-title`} className="bubble">
        <p id={`${id}-title`} className="mb-1 font-bold">
          {title}
        </p>
        <div className="text-ink-2">{children}</div>
      </div>
    </>
  );
}
