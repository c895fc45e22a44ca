import type { ReactNode } from 'react';

/**
 * The page's decision, always in reach: on a phone it sticks to the lower edge in place of the tab bar, from 960 px
 * it stands where it is written. Put the one primary button in it; `note` is one line above (a total, a promise).
 */
export function ActionBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className="action-bar sticky bottom-0 z-20 -mx-page mt-auto border-line border-t bg-surface px-page pt-3 pb-[calc(12px+env(safe-area-inset-bottom))] lg:static lg:mx-0 lg:border-0 lg:bg-transparent lg:p-0">
      {note ? <div className="mb-2 text-ink-2 text-sm">{note}</div> : null}
      <div className="flex flex-col gap-2">{children}</div>
    </div>
  );
}
