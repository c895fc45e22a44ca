import { HOUR_MS, invariant } from '@/lib/kernel';

/** `12.05` for 1205 fen: yuan with two digits, as every Alipay amount is written. */
export function formatAmount(minor: bigint): string {
  invariant(minor >= 0n, 'Alipay amounts are not negative');
  return `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;
}

/** Fen of `12.05`, `12.5` or `12`; `null` for anything else, a third digit included. */
export function parseAmount(text: string): bigint | null {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  return BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

const BEIJING_OFFSET_MS = 8 * HOUR_MS;

/** `2026-03-01 08:00:00`: every Alipay time is Beijing time without an offset, wherever our process runs. */
export function formatBeijingTime(instant: Date): string {
  const iso = new Date(instant.getTime() + BEIJING_OFFSET_MS).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** The instant of a Beijing time with whole seconds or a fraction; `null` when it is not one. */
export function parseBeijingTime(text: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?$/.exec(text);
  if (!match) return null;
  const instant = new Date(`${match[1]}T${match[2]}+08:00`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** Alipay's out_trade_no and out_request_no take at most 64 letters, digits and underscores; our ids fit as they are. */
export function isMerchantNumber(text: string): boolean {
  return /^[A-Za-z0-9_]{1,64}$/.test(text);
}

/**
 * The text under a signature of request parameters or of a notification: the named parameters without `except`,
 * sorted by name, `name=value` joined by `&` (Alipay's RSA2 scheme).
 */
export function signedText(fields: Readonly<Record<string, string>>, except: readonly string[]): string {
  return Object.keys(fields)
    .filter((name) => !except.includes(name))
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}
