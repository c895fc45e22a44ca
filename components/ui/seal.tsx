import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { classNames } from './class-names';
import { Icon } from './icon';
import type { Tone } from './notice';
import { SEAL_RADIUS, sealOf } from './rosette';

/**
 * An icon in an engraved ring: how something ended, or what is missing. Decorative; the words stand below it.
 * - `seed`: what the ring follows from (an order's number, say), so that each receipt has a seal of its own.
 * - `id`: given where two pages must not differ in anything: React's own ids count what was ready first.
 */
export function Seal({
  icon,
  tone = 'neutral',
  seed,
  id,
}: {
  icon: LucideIcon;
  tone?: Tone;
  seed: string;
  id?: string;
}) {
  return (
    <span
      aria-hidden="true"
      className={classNames('relative grid size-24 shrink-0 place-items-center', TONES[tone])}
    >
      <svg
        aria-hidden="true"
        viewBox={`${-SEAL_RADIUS} ${-SEAL_RADIUS} ${2 * SEAL_RADIUS} ${2 * SEAL_RADIUS}`}
        className="absolute inset-0 size-full overflow-visible opacity-55 forced-colors:hidden"
      >
        <SealLines seed={seed} id={id} strokeWidth="1" />
      </svg>
      <span className={classNames('grid size-14 place-items-center rounded-full', GROUNDS[tone])}>
        <Icon as={icon} size={28} />
      </span>
    </span>
  );
}

/** The ring itself, around the origin of the drawing that it stands in, as large as `SEAL_RADIUS`; in the text's colour. */
export function SealLines({
  seed,
  strokeWidth,
  id: given,
}: {
  seed: string;
  strokeWidth: string;
  id?: string | undefined;
}) {
  const own = useId().replace(/[^\w-]/g, '');
  const id = given ?? own;
  const { path, fold } = sealOf(seed);
  return (
    <g className="fill-none stroke-current" strokeWidth={strokeWidth}>
      <path id={`${id}s`} d={path} />
      {Array.from({ length: fold - 1 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sectors of a ring never change places
        <use key={index} href={`#${id}s`} transform={`rotate(${turnOf(index + 1, fold)})`} />
      ))}
    </g>
  );
}

function turnOf(sector: number, fold: number): number {
  return Math.round((36_000 * sector) / fold) / 100;
}

const TONES: Record<Tone, string> = {
  neutral: 'text-ink-2',
  jade: 'text-jade',
  amber: 'text-amber',
  danger: 'text-cinnabar',
};

const GROUNDS: Record<Tone, string> = {
  neutral: 'bg-sunken',
  jade: 'bg-jade-wash',
  amber: 'bg-amber-wash',
  danger: 'bg-cinnabar-wash',
};
