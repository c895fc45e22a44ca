import { ChevronLeft } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';

/**
 * The frame of a page's content: its one `h1`, the way back, and a measured width.
 * - `width`: `narrow` for a form or one decision (520 px), `content` for reading and lists (760), `wide` for two
 *   columns and grids (1120), `full` for dense tables.
 * - `back`: where the chevron leads and its words.
 * - `aside`: at the title's end (a step count, a pill, a button). `lead`: one sentence below the title.
 * - `titleHidden`: the title is only read aloud, because something larger says it.
 */
export function Page<Path extends string>({
  title,
  lead,
  back,
  aside,
  width = 'content',
  titleHidden = false,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  back?: { href: Route<Path>; label: string };
  aside?: ReactNode;
  width?: 'narrow' | 'content' | 'wide' | 'full';
  titleHidden?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={classNames(
        'mx-auto flex w-full flex-col gap-4 px-page pb-8 lg:gap-5',
        back ? 'pt-1 lg:pt-4' : 'pt-5 lg:pt-8',
        WIDTHS[width],
      )}
    >
      {back ? (
        <Link
          href={back.href}
          data-print="no"
          className="-mb-3 -ml-1.5 inline-flex min-h-target items-center gap-1 self-start rounded-sm pr-2 text-ink-2 text-sm hover:text-ink"
        >
          <Icon as={ChevronLeft} size={18} />
          {back.label}
        </Link>
      ) : null}
      <div
        className={
          titleHidden && !aside ? 'sr-only' : 'flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1'
        }
      >
        <h1 className={titleHidden ? 'sr-only' : undefined}>{title}</h1>
        {aside ? <div className="-my-2 text-ink-2 text-sm">{aside}</div> : null}
      </div>
      {lead ? <p className="-mt-2 text-ink-2">{lead}</p> : null}
      {children}
    </div>
  );
}

/**
 * Two columns from 960 px (list and detail; content and a summary that stays in view), one below the other on a phone.
 * `aside` follows `children` in reading order; `below` comes after it, under `children` where there are two columns.
 */
export function Columns({
  children,
  aside,
  below,
  asideSticky = true,
}: {
  children: ReactNode;
  aside: ReactNode;
  below?: ReactNode;
  asideSticky?: boolean;
}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px] lg:grid-rows-[auto_1fr] lg:gap-x-8">
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
      <div
        className={classNames(
          'flex min-w-0 flex-col gap-4 lg:col-start-2 lg:row-span-2 lg:row-start-1',
          asideSticky && 'lg:sticky lg:top-[calc(var(--bar)+24px)]',
        )}
      >
        {aside}
      </div>
      {below ? <div className="flex min-w-0 flex-col gap-4">{below}</div> : null}
    </div>
  );
}

const WIDTHS = {
  narrow: 'max-w-[560px]',
  content: 'max-w-[800px]',
  wide: 'max-w-[1120px]',
  full: 'max-w-none',
} as const;
