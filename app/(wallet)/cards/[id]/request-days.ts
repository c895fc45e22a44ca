import type { CardRequest } from '@/lib/cards';
import { env } from '@/lib/env';
import { dayIn, formatDay, plusMs } from '@/lib/kernel';
import { dayInWords, type Formatter } from '../last-day';

/** The day on which an instant falls where cards end, in words. */
export function issuerDay(format: Formatter, instant: Date): string {
  return dayInWords(format, formatDay(dayIn(env().issuerZone, instant)));
}

/** The last day on which an answer is in time. */
export function answerDay(format: Formatter, { dueAt }: Pick<CardRequest, 'dueAt'>): string {
  return issuerDay(format, plusMs(dueAt, -1));
}
