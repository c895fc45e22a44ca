import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Seal } from './seal';

/** Nothing here yet: says so, says why that is fine, and offers the next step (`children`: one or two buttons). */
export function EmptyState({
  icon,
  title,
  text,
  art,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text?: ReactNode;
  /** A picture in place of the icon in its seal; decorative. */
  art?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-md border border-line bg-surface px-5 py-9 text-center lg:py-12">
      {art ?? <Seal icon={icon} seed={title} />}
      <p className="mt-2 text-balance font-bold text-lg">{title}</p>
      {text ? <p className="max-w-[28em] text-balance text-ink-2">{text}</p> : null}
      {children ? <div className="mt-3 flex w-full max-w-[320px] flex-col gap-2.5">{children}</div> : null}
    </div>
  );
}
