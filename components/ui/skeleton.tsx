import { classNames } from './class-names';

/**
 * A stand-in with the final geometry, so that nothing jumps when the content comes. Give it the size by class
 * (`h-6 w-40`, `aspect-[1.586]`). Hidden from assistive technology: put one `LoadingStatus` on the page.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('block animate-shimmer rounded-sm bg-line/70', className)}
    />
  );
}

/** Rows of a list that is on its way, as tall as `ListRow`. */
export function SkeletonRows({ rows = 4 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="divide-y divide-line rounded-md border border-line bg-surface px-4">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
        <div key={row} className="flex min-h-control items-center justify-between gap-6 py-3">
          <span className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </span>
          <Skeleton className="h-5 w-20" />
        </div>
      ))}
    </div>
  );
}

/** A card that is on its way. */
export function SkeletonCard() {
  return <Skeleton className="aspect-[1.586] w-full max-w-[420px] rounded-lg" />;
}

/** Tells those who cannot see the skeleton that something is coming. */
export function LoadingStatus({ children }: { children: string }) {
  return (
    <p role="status" className="sr-only">
      {children}
    </p>
  );
}
