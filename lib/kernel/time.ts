import { invariant } from './invariant';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function plusMs(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}

/** A calendar day without a time, `2029-11-30`. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The calendar day that `instant` falls on in `zone` (IANA name). */
export function dayIn(zone: string, instant: Date): CalendarDay {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .format(instant)
    .split('-')
    .map(Number);
  const [year, month, day] = parts;
  invariant(year && month && day, 'a formatted day has three parts');
  return { year, month, day };
}

/** The same day `months` later; a day that the target month lacks becomes its last day (31 Jan + 1 = 28/29 Feb). */
export function addMonths(from: CalendarDay, months: number): CalendarDay {
  const index = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: Math.min(from.day, lastDay) };
}

/**
 * The first instant after `day` in `zone`: a card that ends on that day is good while `now` is before it.
 * Correct across offset changes, because the offset is read at the result.
 */
export function endOfDay(zone: string, day: CalendarDay): Date {
  const nextMidnightUtc = Date.UTC(day.year, day.month - 1, day.day + 1);
  const guess = nextMidnightUtc - offsetMs(zone, new Date(nextMidnightUtc));
  return new Date(nextMidnightUtc - offsetMs(zone, new Date(guess)));
}

/**
 * The instant at which the clocks of `zone` show `minutes` after midnight on `day`. A time that clocks skip when they are
 * put forward is as long after the skip began (02:30 becomes 03:30); of one that they show twice it is the first.
 */
export function instantIn(zone: string, day: CalendarDay, minutes: number): Date {
  const asUtc = Date.UTC(day.year, day.month - 1, day.day) + minutes * MINUTE_MS;
  const before = offsetMs(zone, new Date(asUtc - DAY_MS));
  const after = offsetMs(zone, new Date(asUtc + DAY_MS));
  const shown = [before, after].map((offset) => new Date(asUtc - offset));
  const fits = shown.filter((instant) => instant.getTime() + offsetMs(zone, instant) === asUtc);
  return new Date(Math.min(...(fits.length > 0 ? fits : shown.slice(0, 1)).map(Number)));
}

/** Whether `name` is a zone that this runtime knows (IANA name). */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function formatDay(day: CalendarDay): string {
  return `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
}

/** Reads `2029-11-30`; `null` when no such day exists. */
export function parseDay(text: string): CalendarDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? { year, month, day } : null;
}

function offsetMs(zone: string, instant: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const field = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return local - Math.floor(instant.getTime() / SECOND_MS) * SECOND_MS;
}
