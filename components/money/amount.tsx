import { classNames } from '@/components/ui/class-names';
import { type Currency, moneyParts } from '@/lib/kernel';

/**
 * An amount of money: tabular figures, small currency sign and cents, never wrapped, a real minus.
 * - `minor`: fen, as `bigint` or as the decimal string that JSON carries; never a float.
 * - `sign`: `auto` shows a minus only; `always` puts + before what comes in and paints it jade (statements);
 *   `never` hides the sign (a column that says 支出 already).
 * - `size`: `inherit` takes the surrounding size; `xl`, `2xl`, `3xl` for the largest thing of the page.
 * - `quiet`: normal weight, for amounts inside a sentence.
 * Read aloud as one amount.
 */
export function Amount({
  minor,
  currency = 'CNY',
  size = 'inherit',
  sign = 'auto',
  quiet = false,
  symbol = true,
  className,
}: {
  minor: bigint | string;
  currency?: Currency;
  size?: 'inherit' | 'sm' | 'lg' | 'xl' | '2xl' | '3xl';
  sign?: 'auto' | 'always' | 'never';
  quiet?: boolean;
  symbol?: boolean;
  className?: string;
}) {
  const value = BigInt(minor);
  const { sign: minus, whole, cents } = moneyParts(value);
  const shownSign = sign === 'never' ? '' : sign === 'always' && value > 0n ? '+' : minus;
  const currencySign = symbol ? SYMBOLS[currency] : '';
  return (
    <span
      className={classNames(
        'figures inline-block',
        !quiet && 'font-bold',
        sign === 'always' && value > 0n && 'text-jade',
        SIZES[size],
        className,
      )}
    >
      <span className="sr-only">{`${shownSign}${currencySign}${whole}.${cents}`}</span>
      <span aria-hidden="true">
        {shownSign}
        {currencySign ? (
          <span
            className={classNames(
              'mr-[0.12em]',
              LARGE.has(size) && 'text-[max(0.55em,var(--type-xs))] align-[0.42em]',
            )}
          >
            {currencySign}
          </span>
        ) : null}
        {whole}
        <span className={LARGE.has(size) ? 'text-[0.6em]' : undefined}>.{cents}</span>
      </span>
    </span>
  );
}

const SYMBOLS: Record<Currency, string> = { CNY: '¥', USD: '$' };

const LARGE: ReadonlySet<string> = new Set(['xl', '2xl', '3xl']);

const SIZES = {
  inherit: '',
  sm: 'text-sm',
  lg: 'text-lg',
  xl: 'text-xl',
  '2xl': 'text-2xl',
  '3xl': 'text-3xl',
} as const;
