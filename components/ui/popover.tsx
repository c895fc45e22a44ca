'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { buttonClasses } from './button';

/** A short explanation behind a small button ("为什么？"). `trigger`: its words; `children`: the explanation. */
export function Popover({
  trigger,
  title,
  children,
}: {
  trigger: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger className={buttonClasses({ look: 'quiet', size: 'md' })}>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={8} collisionPadding={12} className="z-50">
          <Base.Popup className="w-[min(340px,calc(100vw-24px))] rounded-md border border-line bg-surface p-4 text-ink shadow-panel outline-none transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            <Base.Title className="mb-1 font-bold">{title}</Base.Title>
            <div className="text-ink-2">{children}</div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
