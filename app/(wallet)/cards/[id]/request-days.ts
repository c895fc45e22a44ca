import type { CardRequest } from '@/lib/cards';
import { env } from '@/lib/env';
import { dayIn, formatDay, plusMs } from '@/lib/kernel';

/** The day on which an instant falls where cards end, `2026-12-03`. */
export function issuerDay(instant: Date): string {
  return formatDay(dayIn(env().issuerZone, instant));
}

/** The last day on which an answer is in time. */
export function answerDay({ dueAt }: Pick<CardRequest, 'dueAt'>): string {
  return issuerDay(plusMs(dueAt, -1));
}
