import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { LinkPending } from './link-pending';

export interface Column<Row> {
  key: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Amounts and counts stand at the end of their column. */
  align?: 'start' | 'end';
  /** Direction in which this column is sorted now, and where its heading leads to sort by it. */
  sort?: { direction: 'ascending' | 'descending' | null; href: Route };
}

/**
 * A dense table for staff. Server-rendered: filters and order stand in the address. It scrolls sideways inside its own
 * frame, which takes focus so that the arrow keys move it. `caption` names it; the first column heads each row.
 */
export function DataTable<Row extends { id: string }>({
  caption,
  captionHidden = true,
  columns,
  rows,
  empty,
}: {
  caption: string;
  captionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What stands there when no row matches. */
  empty: ReactNode;
}) {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-surface"
    >
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className={captionHidden ? 'sr-only' : 'px-3 py-2 text-left font-bold'}>{caption}</caption>
        <thead>
          <tr className="border-line border-b bg-sunken text-left text-ink-2">
            {columns.map((column) => (
              <Heading key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.id} className="relative hover:bg-sunken/60 has-[:focus-visible]:bg-sunken">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" className={cellClasses(column, 'font-normal')}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={cellClasses(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/**
 * The link of a row, in its first cell: pressed anywhere on the row. Another link in the row stands above it with
 * `relative`. Never fetched ahead: for staff, a look that was not made must not be on record.
 */
export function RowLink<Path extends string>({
  href,
  className,
  children,
}: {
  href: Route<Path>;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      className={classNames(
        'inline-flex min-h-6 min-w-6 items-center gap-2 font-bold underline-offset-4 after:absolute after:inset-0 hover:underline',
        className,
      )}
    >
      {children}
      <LinkPending />
    </Link>
  );
}

function Heading<Row>({ column }: { column: Column<Row> }) {
  const { sort } = column;
  if (!sort) {
    return (
      <th scope="col" className={cellClasses(column, 'whitespace-nowrap')}>
        {column.heading}
      </th>
    );
  }
  return (
    <th
      scope="col"
      aria-sort={sort.direction ?? undefined}
      className={cellClasses(column, 'whitespace-nowrap')}
    >
      <Link href={sort.href} className="-my-2 inline-flex min-h-target items-center gap-1 hover:text-ink">
        {column.heading}
        <span aria-hidden="true">
          {sort.direction === 'ascending' ? '↑' : sort.direction === 'descending' ? '↓' : '↕'}
        </span>
      </Link>
    </th>
  );
}

function cellClasses<Row>(column: Column<Row>, more?: string): string {
  return classNames(
    'px-3 py-2 align-middle desk:py-1.5 simple:py-3.5',
    // Chinese breaks anywhere: on a phone a cell would else become a column of single characters.
    column.align === 'end' ? 'text-right' : 'min-w-24 text-left',
    more,
  );
}
