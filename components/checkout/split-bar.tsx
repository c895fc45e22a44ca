import type { ReactNode } from 'react';
import { Amount } from '@/components/money/amount';
import { classNames } from '@/components/ui/class-names';

export interface SplitPart {
  id: string;
  /** `card` parts take the tender colours in their order; `other` (the method that pays the rest) is always ink. */
  kind: 'card' | 'other';
  /** `#rrggbb` of the card's own face, instead of a tender colour. */
  colour?: string | undefined;
  name: ReactNode;
  /** Why this tender pays this much ("先用：6 天后到期，全部用完"). */
  reason: ReactNode;
  /** Fen, as `bigint` or decimal string. */
  amountMinor: bigint | string;
}

/**
 * How an order is paid: one bar, one colour per tender, and below it each tender with its reason and amount. The list
 * carries the meaning; the bar is a picture of it and hidden from assistive technology.
 */
export function SplitBar({
  label,
  parts,
  currency = 'CNY',
  framed = true,
}: {
  label: string;
  parts: readonly SplitPart[];
  currency?: 'CNY' | 'USD';
  /** Whether the list stands in a panel of its own; not where it lies on one already. */
  framed?: boolean;
}) {
  const shown = parts.filter((part) => BigInt(part.amountMinor) > 0n);
  return (
    <div className={classNames('flex flex-col', framed ? 'gap-4' : 'gap-2')}>
      <Bar parts={shown} />
      <ul
        aria-label={label}
        className={classNames(
          'divide-y divide-line',
          framed && 'rounded-md border border-line bg-surface px-4',
        )}
      >
        {shown.map((part) => (
          <li key={part.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-3">
            <Swatch parts={shown} part={part} />
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-bold">{part.name}</span>
              <Amount minor={part.amountMinor} currency={currency} size="lg" className="ml-auto" />
            </span>
            <span className="col-start-2 text-ink-2 text-sm">{part.reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The tender's colour beside its name, in the shape of a card. */
function Swatch({ parts, part }: { parts: readonly SplitPart[]; part: SplitPart }) {
  return (
    <svg
      viewBox="0 0 24 16"
      aria-hidden="true"
      className="mt-[0.45em] h-3 w-4.5 shrink-0 rounded-[3px] simple:mt-[0.35em] simple:h-4.5 simple:w-6.75 forced-colors:border"
    >
      <rect width="24" height="16" {...paint(parts, part)} />
    </svg>
  );
}

const GAP = 3;
const WIDTH = 1000;

/** Every part is at least a sliver, so that one fen can be seen. */
const LEAST = 10;

function Bar({ parts }: { parts: readonly SplitPart[] }) {
  const widths = shares(parts.map((part) => BigInt(part.amountMinor)));
  let left = 0;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 12`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="split-bar h-3.5 w-full overflow-hidden rounded-full bg-sunken simple:h-5 lg:h-4"
    >
      {parts.map((part, index) => {
        const start = left;
        left += widths[index] ?? 0;
        return (
          <rect
            key={part.id}
            x={start}
            width={Math.max((widths[index] ?? 0) - (index < parts.length - 1 ? GAP : 0), 0)}
            height="12"
            className={classNames('transition-[x,width] duration-200', paint(parts, part).className)}
            fill={paint(parts, part).fill}
          />
        );
      })}
    </svg>
  );
}

/** Widths that add up to `WIDTH`, in proportion, none below `LEAST`. Drawing only: never used for money. */
function shares(amounts: readonly bigint[]): number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return amounts.map(() => 0);
  const room = BigInt(WIDTH - LEAST * amounts.length);
  return amounts.map((amount) => LEAST + Number((amount * room) / total));
}

function colourIndex(parts: readonly SplitPart[], part: SplitPart): number {
  return part.kind === 'other' ? FILLS.length - 1 : parts.indexOf(part) % (FILLS.length - 1);
}

/** A presentation attribute, because the page's policy drops `style`. */
function paint(parts: readonly SplitPart[], part: SplitPart): { fill?: string; className?: string } {
  return part.colour ? { fill: part.colour } : { className: FILLS[colourIndex(parts, part)] ?? '' };
}

const FILLS = [
  'fill-(--tender-1)',
  'fill-(--tender-2)',
  'fill-(--tender-3)',
  'fill-(--tender-4)',
  'fill-(--tender-5)',
  'fill-(--tender-other)',
] as const;
