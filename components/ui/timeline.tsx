import type { ReactNode } from 'react';
import type { Tone } from './notice';

export interface TimelineEntry {
  id: string;
  title: ReactNode;
  /** A formatted time; `dateTime` is the same instant as ISO text. */
  time: string;
  dateTime: string;
  detail?: ReactNode;
  tone?: Tone;
}

/** What happened, newest first (the caller orders it). */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="relative pb-5 pl-7 desk:pb-3 before:absolute before:top-4 before:bottom-[-6px] before:left-[7px] before:w-px before:bg-line last:pb-0 last:before:hidden"
        >
          <span
            aria-hidden="true"
            className={`absolute top-[0.4em] left-[2px] size-[11px] rounded-full ring-4 ring-surface forced-colors:border ${DOTS[entry.tone ?? 'neutral']}`}
          />
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-bold">{entry.title}</span>
            <time dateTime={entry.dateTime} className="text-ink-2 text-sm tabular-nums">
              {entry.time}
            </time>
          </p>
          {entry.detail ? <div className="text-ink-2 text-sm">{entry.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}

const DOTS: Record<Tone, string> = {
  neutral: 'bg-edge',
  jade: 'bg-jade',
  amber: 'bg-amber',
  danger: 'bg-cinnabar',
};
