import { CircleAlert, CircleCheck, Clock, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';

export type Tone = 'neutral' | 'jade' | 'amber' | 'danger';

/**
 * Something the reader should know, in place and staying there (there are no toasts).
 * - `tone`: jade = went well, amber = time or money runs out, danger = went wrong, neutral = good to know.
 * - `live`: set on a notice that appears as the answer to an action, so that it is read aloud.
 */
export function Notice({
  tone = 'neutral',
  title,
  live = false,
  children,
}: {
  tone?: Tone;
  title?: ReactNode;
  live?: boolean;
  children?: ReactNode;
}) {
  return (
    <div
      {...(live ? { role: tone === 'danger' ? 'alert' : 'status' } : {})}
      className={classNames('flex gap-3 rounded-md border px-4 py-3', TONES[tone])}
    >
      <Icon as={ICONS[tone]} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-bold">{title}</p> : null}
        {children ? <div className="text-ink">{children}</div> : null}
      </div>
    </div>
  );
}

const ICONS = { neutral: Info, jade: CircleCheck, amber: Clock, danger: CircleAlert } as const;

const TONES: Record<Tone, string> = {
  neutral: 'border-line bg-surface text-ink',
  jade: 'border-jade/30 bg-jade-wash text-jade',
  amber: 'border-amber/30 bg-amber-wash text-amber',
  danger: 'border-cinnabar/40 bg-cinnabar-wash text-cinnabar',
};
