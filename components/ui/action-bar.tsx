import type { ReactNode } from 'react';

/**
 * The page's decision, always in reach: on a phone it lies at the lower edge in place of the tab bar, from 960 px
 * it stands where it is written. Put the one primary button in it; `note` is one line above (a total, a promise).
 */
export function ActionBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className="action-bar fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface px-page pt-3 pb-[calc(12px+env(safe-area-inset-bottom))] shadow-bar lg:static lg:z-auto lg:border-0 lg:bg-transparent lg:p-0 lg:shadow-none">
      <div className="mx-auto flex max-w-[560px] flex-col gap-2 lg:max-w-none">
        {note ? <div className="text-ink-2 text-sm">{note}</div> : null}
        {children}
      </div>
    </div>
  );
}
