import { auditRow } from '@/lib/audit';
import { type Id, invariant, ok, parseId, type Result, refuse } from '@/lib/kernel';
import { changeSetting, settingsOf } from './card-settings';
import { isOwn, type OwnCardRequest } from './hold-own-card';
import type { Card, CardState } from './model';
import type { MoveContext } from './move-card';
import { cardEventRow, findCard, outboxRow } from './store';

export interface DayLimitRequest extends OwnCardRequest {
  /** The most that the card pays in a day of the issuer's zone, minor units; null = no limit. */
  readonly limitMinor: bigint | null;
  /** Whether the holder has just proved their identity again, by the password. */
  readonly proven: boolean;
}

export type DayLimitRefusal =
  | { readonly code: 'card_not_found' }
  | { readonly code: 'not_possible_in_state'; readonly state: CardState }
  /** It would pay more than before: that takes the password. */
  | { readonly code: 'proof_needed' };

/**
 * Sets the most that one's own card pays in a day (每日限额). A first limit and a lower one take effect at once and ask for
 * nothing: whoever is in a hurry to stop losses must not be stopped. A higher one and none at all also take effect at once,
 * but only for somebody who has just proved who it is: a limit is there for the phone that was left open or stolen, and a
 * waiting time would be of no use against a thief who waits while it vexes the holder at the till. The holder is told by
 * every way of each change. Payments that were begun before the change are not judged by it; what they took counts.
 */
export async function setDayLimit(
  { db, now }: MoveContext,
  request: DayLimitRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, DayLimitRefusal>> {
  const cardId = parseId('crd', request.cardId);
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const card = cardId && (await findCard(db, cardId));
    if (!card || !isOwn(card, request)) return refuse({ code: 'card_not_found' });
    if (card.state === 'closed') return refuse({ code: 'not_possible_in_state', state: card.state });
    const before = (await settingsOf(db, [card.id])).get(card.id);
    const limits = { before: before?.dayLimitMinor ?? null, after: request.limitMinor };
    if (limits.before === limits.after) return ok({ cardId: card.id });
    if (raises(limits) && !request.proven) return refuse({ code: 'proof_needed' });
    const changed = await changeSetting(db, card, {
      before,
      change: { dayLimitMinor: request.limitMinor },
      inserts: rowsOf(card, request, { limits, now }),
    });
    if (changed) return ok({ cardId: card.id });
  }
  invariant(false, `card ${request.cardId} kept changing while its limit was set`);
}

/** Settings that were changed meanwhile are read anew; people do not change them this often at once. */
const MOST_TRIES = 4;

interface Limits {
  readonly before: bigint | null;
  readonly after: bigint | null;
}

/** Whether the change lets the card pay more in a day than before. */
function raises({ before, after }: Limits): boolean {
  return before !== null && (after === null || after > before);
}

function rowsOf(
  card: Card,
  { userId, requestId }: DayLimitRequest,
  { limits, now }: { readonly limits: Limits; readonly now: Date },
) {
  const event = { cardId: card.id, kind: 'limit_changed' as const, actorId: userId, reason: null, at: now };
  const payload = { cardId: card.id, userId };
  const line = auditRow({
    at: now,
    actor: { id: userId, role: 'shopper' },
    action: 'card.limit_changed',
    subject: { type: 'card', id: card.id },
    detail: { before: limits.before?.toString() ?? null, after: limits.after?.toString() ?? null },
    ...(requestId === undefined ? {} : { requestId }),
  });
  return [
    { table: 'CardEvent' as const, rows: [cardEventRow(event)] },
    { table: 'OutboxMessage' as const, rows: [outboxRow({ topic: 'card.limit_changed', payload, now })] },
    { table: 'AuditEvent' as const, rows: [line] },
  ];
}
