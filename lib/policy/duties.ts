import { addMonths, type CalendarDay, dayIn, endOfDay, ok, type Result, refuse } from '@/lib/kernel';
import type { PolicyPack, PolicyRefusal } from './model';

/**
 * What must lie in custody (存管) for `lastQuarterBalanceMinor` (minor units), rounded up. Refused when the pack asks
 * for custody but does not know this class of issuer.
 */
export function custodyRequired(
  pack: PolicyPack,
  issuerClass: string,
  lastQuarterBalanceMinor: bigint,
): Result<bigint, Extract<PolicyRefusal, { code: 'issuer_class_unknown' }>> {
  const ratios = new Map(Object.entries(pack.rules.custodyBasisPoints));
  if (ratios.size === 0) return ok(0n);
  const rule = ratios.get(issuerClass);
  if (rule === undefined) return refuse({ code: 'issuer_class_unknown', issuerClass });
  return ok((lastQuarterBalanceMinor * rule.value + 9_999n) / 10_000n);
}

/** Until when (exclusive) a record made at `madeAt` is kept; null = the pack does not say. */
export function recordsKeptUntil(pack: PolicyPack, madeAt: Date, zone: string): Date | null {
  const years = pack.rules.recordYears.value;
  return years === null ? null : endOfDay(zone, addMonths(dayIn(zone, madeAt), years * 12));
}

/**
 * Until when (exclusive) a consumer may hand back an unused card bought at `boughtAt`; null = the pack grants no such
 * right. The day of purchase does not count, which is the reading in the buyer's favour.
 */
export function withdrawalEndsAt(pack: PolicyPack, boughtAt: Date, zone: string): Date | null {
  const days = pack.rules.withdrawalDays.value;
  return days === null ? null : endOfDay(zone, addDays(dayIn(zone, boughtAt), days));
}

/** The same clock days `days` later. */
export function addDays(from: CalendarDay, days: number): CalendarDay {
  const date = new Date(Date.UTC(from.year, from.month - 1, from.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
