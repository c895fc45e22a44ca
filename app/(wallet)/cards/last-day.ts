import { env } from '@/lib/env';
import { dayIn, formatDay, plusMs } from '@/lib/kernel';

/** The last day on which a card is good, in the issuer's zone (`2029-11-30`); `null` when it has no end. */
export function lastDayOf(expiresAt: Date | null): string | null {
  return expiresAt && formatDay(dayIn(env().issuerZone, plusMs(expiresAt, -1)));
}
