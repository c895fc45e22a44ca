import { ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';
import { LinkPending } from './link-pending';

/** A surface on the paper. `title` becomes an `h2` above the content; `action` stands at its end. */
export function Panel({
  title,
  action,
  padded = true,
  className,
  children,
}: {
  title?: ReactNode;
  action?: ReactNode;
  padded?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      className={classNames(
        'rounded-md border border-line bg-surface',
        // Rows bring their own air: the panel adds none above or below them.
        padded && 'px-4 py-3 has-[>:is(ul,dl):first-child]:pt-0.5 has-[>:is(ul,dl):last-child]:pb-0.5',
        className,
      )}
    >
      {title || action ? (
        <div className={classNames('flex items-baseline justify-between gap-3 pb-2', !padded && 'px-4 pt-3')}>
          {title ? <h2>{title}</h2> : null}
          {action ? <span className="text-sm">{action}</span> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** A panel of rows divided by lines. Its children are `ListRow`s. */
export function List({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line bg-surface px-4">
      {children}
    </ul>
  );
}

/**
 * One row: `title` and `detail` at the start, `aside` (amount, pill, value) at the end. With `href` the whole row is
 * the link and shows a chevron; then nothing inside it may be a link or a button.
 */
export function ListRow<Path extends string>({
  title,
  detail,
  aside,
  leading,
  href,
  among = false,
}: {
  title: ReactNode;
  detail?: ReactNode;
  aside?: ReactNode;
  /** Before the words: an icon, a colour swatch, a picture. */
  leading?: ReactNode;
  href?: Route<Path>;
  /** The row is among links without being one: its `aside` is aligned with theirs. */
  among?: boolean;
}) {
  const content = (
    <>
      {leading}
      <span className="min-w-0 flex-1">
        <span className="block font-bold">{title}</span>
        {detail ? <span className="block text-ink-2 text-sm">{detail}</span> : null}
      </span>
      {aside ? <span className="shrink-0 text-right">{aside}</span> : null}
    </>
  );
  const row = 'flex min-h-control items-center gap-3 py-2.5';
  if (!href) return <li className={classNames(row, among && 'pr-[30px]')}>{content}</li>;
  return (
    <li>
      <Link href={href} className={classNames(row, 'relative -mx-4 rounded-md px-4 hover:bg-sunken')}>
        {content}
        <Icon as={ChevronRight} size={18} className="text-ink-2" />
        <LinkPending />
      </Link>
    </li>
  );
}

/** Names and values ("卡号 •••• 4417"), the value at the end of its line. */
export function Facts({ facts }: { facts: readonly { term: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts are a fixed list without ids
        <div key={index} className="flex flex-wrap justify-between gap-x-4 py-2.5 desk:py-1.5">
          <dt className="text-ink-2">{fact.term}</dt>
          <dd className="ml-auto min-w-0 text-right tabular-nums">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
