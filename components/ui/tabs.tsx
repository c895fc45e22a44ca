import type { Route } from 'next';
import Link from 'next/link';

/**
 * Views of one page, each with its own address: links, so that they work without JavaScript, can be shared, and
 * go back. `current` is the `value` of the view that is shown.
 */
export function Tabs<Path extends string>({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly { value: string; label: string; href: Route<Path>; count?: number }[];
  current: string;
}) {
  return (
    <nav aria-label={label} className="-mx-page overflow-x-auto px-page">
      <ul className="flex w-max min-w-full gap-1 border-line border-b">
        {tabs.map((tab) => (
          <li key={tab.value}>
            <Link
              href={tab.href}
              aria-current={tab.value === current ? 'page' : undefined}
              className="relative inline-flex min-h-target min-w-target items-center justify-center gap-1.5 whitespace-nowrap px-3 text-ink-2 hover:text-ink aria-[current]:font-bold aria-[current]:text-ink aria-[current]:after:absolute aria-[current]:after:inset-x-2 aria-[current]:after:-bottom-px aria-[current]:after:h-[3px] aria-[current]:after:rounded-full aria-[current]:after:bg-cinnabar forced-colors:aria-[current]:after:bg-[Highlight]"
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="font-normal text-ink-2 text-sm tabular-nums">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
