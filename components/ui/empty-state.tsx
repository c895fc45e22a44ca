import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

/** Nothing here yet: says so, says why that is fine, and offers the next step (`children`: one or two buttons). */
export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  icon: LucideIcon;
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-md border border-edge/60 border-dashed px-5 py-10 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-sunken text-ink-2">
        <Icon as={icon} size={28} />
      </span>
      <p className="font-bold text-lg">{title}</p>
      {text ? <p className="max-w-[28em] text-ink-2">{text}</p> : null}
      {children ? <div className="mt-2 flex w-full max-w-[320px] flex-col gap-2">{children}</div> : null}
    </div>
  );
}
