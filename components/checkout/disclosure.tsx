import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';

/** A row that opens: the browser's own `details`, so it needs no script. */
export function Disclosure({
  summary,
  aside,
  open = false,
  children,
}: {
  summary: ReactNode;
  /** The answer in two words, at the row's end ("原路退回"). */
  aside?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group/open border-line border-t first:border-t-0">
      <summary className="-mx-4 flex min-h-control cursor-pointer list-none items-center gap-3 rounded-md px-4 py-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
          <span>{summary}</span>
          {aside ? <span className="text-ink-2 text-sm">{aside}</span> : null}
        </span>
        <Icon
          as={ChevronRight}
          size={18}
          className="text-ink-2 transition-transform duration-150 group-open/open:rotate-90"
        />
      </summary>
      <div className="pb-4">{children}</div>
    </details>
  );
}
