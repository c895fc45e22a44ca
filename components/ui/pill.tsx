import type { ReactNode } from 'react';
import { classNames } from './class-names';
import type { Tone } from './notice';

/** A state in one or two words (即将过期, 已退款). The words carry it; the colour only helps. */
export function Pill({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center whitespace-nowrap rounded-full px-2.5 py-0.5 text-xs forced-colors:border',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-2',
  jade: 'bg-jade-wash text-jade',
  amber: 'bg-amber-wash text-amber',
  danger: 'bg-cinnabar-wash text-cinnabar',
};
