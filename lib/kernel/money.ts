import { invariant } from './invariant';

/** ISO 4217 codes in use; both have two minor digits. */
export type Currency = 'CNY' | 'USD';

/** An amount in minor units (fen, cents) with its currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/**
 * Splits `totalMinor` over `weights` without losing a minor unit (largest remainder; ties go to the earlier
 * part). Refuses negative input and all-zero weights by throwing.
 */
export function allocate(totalMinor: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  invariant(totalMinor >= 0n && weights.every((w) => w >= 0n), 'allocate takes no negative amounts');
  invariant(sum > 0n, 'allocate needs a positive weight');
  const parts = weights.map((weight) => (totalMinor * weight) / sum);
  const rest = totalMinor - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (totalMinor * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(rest))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** Sign, grouped whole part and two minor digits: `-1,234.05` → `{ sign: '−', whole: '1,234', cents: '05' }`. */
export function moneyParts(minor: bigint): { sign: '' | '−'; whole: string; cents: string } {
  const absolute = minor < 0n ? -minor : minor;
  const whole = (absolute / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return { sign: minor < 0n ? '−' : '', whole, cents: (absolute % 100n).toString().padStart(2, '0') };
}

/** `¥1,234.05`, with a real minus sign before the currency sign. */
export function formatMoney(minor: bigint, currency: Currency = 'CNY'): string {
  const { sign, whole, cents } = moneyParts(minor);
  return `${sign}${currency === 'CNY' ? '¥' : '$'}${whole}.${cents}`;
}

/** Reads what a person types (`1234`, `1,234.5`, `¥12.05`) as minor units; `null` when it is not an amount ≥ 0. */
export function parseMoney(text: string): bigint | null {
  const match = /^[¥¥$]?\s*(\d{1,12}|\d{1,3}(?:[,,]\d{3}){1,3})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const whole = (match[1] ?? '').replace(/[,,]/g, '');
  return BigInt(whole) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}
