import type { useFormatter } from 'next-intl';
import { env } from '@/lib/env';
import { dayIn, formatDay, plusMs } from '@/lib/kernel';

/** The last day on which a card is good, in the issuer's zone (`2029-11-30`); `null` when it has no end. */
export function lastDayOf(expiresAt: Date | null): string | null {
  return expiresAt && formatDay(dayIn(env().issuerZone, plusMs(expiresAt, -1)));
}

export type Formatter = Pick<ReturnType<typeof useFormatter>, 'dateTime'>;

/** A day (`2029-11-30`) in words. It has no zone: noon in UTC is that day wherever it is put into words. */
export function dayInWords(format: Formatter, day: string): string {
  return format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
}
