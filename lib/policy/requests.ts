import {
  addMonths,
  type CalendarDay,
  dayIn,
  endOfDay,
  formatDay,
  ok,
  type Result,
  refuse,
} from '@/lib/kernel';
import { addDays } from './duties';
import type { CardKind, ExtensionRefusal, PolicyPack } from './model';
import { referenceTo } from './rule-reference';

/** Whether a lost card of this kind may be replaced at all; where the operator decides, support does. */
export function mayReplaceLost(pack: PolicyPack, kind: CardKind): boolean {
  return pack.rules.lostCard[kind].value !== 'not_replaced';
}

/** Until when (exclusive) a request made at `madeAt` is to be answered. The day it is made does not count. */
export function requestAnsweredBy(pack: PolicyPack, madeAt: Date, zone: string): Date {
  return endOfDay(zone, addDays(dayIn(zone, madeAt), pack.rules.requestAnswerDays.value));
}

/** The latest last day that may be granted now; null = no limit. */
export function latestExtension(
  pack: PolicyPack,
  kind: CardKind,
  { now, zone }: { readonly now: Date; readonly zone: string },
): CalendarDay | null {
  const months = pack.rules.extensionMaxMonths[kind].value;
  return months === null ? null : addMonths(dayIn(zone, now), months);
}

/** The end of a card whose last day becomes `lastDay`: the first instant after it. `now` is the moment of the decision. */
export function checkExtension(
  pack: PolicyPack,
  card: { readonly kind: CardKind; readonly expiresAt: Date | null },
  wish: { readonly lastDay: CalendarDay; readonly now: Date; readonly zone: string },
): Result<Date, ExtensionRefusal> {
  const { lastDay, now, zone } = wish;
  if (card.expiresAt === null) return refuse({ code: 'card_never_ends' });
  const expiresAt = endOfDay(zone, lastDay);
  const endsToday = endOfDay(zone, dayIn(zone, now));
  if (expiresAt <= card.expiresAt || expiresAt <= endsToday) return refuse({ code: 'extension_not_after' });
  const limit = latestExtension(pack, card.kind, wish);
  if (limit !== null && formatDay(lastDay) > formatDay(limit)) {
    const rule = referenceTo(pack.rules.extensionMaxMonths[card.kind]);
    return refuse({ code: 'extension_above_limit', rule, limit });
  }
  return ok(expiresAt);
}
