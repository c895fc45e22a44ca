import type { Database, Tx, Unit } from '@/lib/database';
import { type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { expiryAtActivation } from './activate-cards';
import { FORGOTTEN } from './kept-secrets';
import { type CardState, stateAfter } from './model';
import { cardEventRow, findCard, findProgramme, outboxRow } from './store';

/** What hands a card over, for the caller's own unit of work. */
export type HandOver = Required<Pick<Unit, 'updates' | 'inserts'>>;

/**
 * The parts of a unit of work that activates a card which nobody has yet and makes it a person's, both or neither: its
 * validity begins now. Of any number of such units for one card, one commits; the others are refused as `row_changed`.
 * The caller adds what decides who gets it.
 */
export async function handOverCard(
  client: Database | Tx,
  to: { readonly cardId: Id<'crd'>; readonly userId: Id<'usr'>; readonly now: Date; readonly zone: string },
): Promise<Result<HandOver, { readonly code: 'not_possible_in_state'; readonly state: CardState }>> {
  const { cardId, userId, now } = to;
  const card = await findCard(client, cardId);
  invariant(card, 'cards are never deleted');
  const next = stateAfter(card.state, 'activate');
  if (next === null || card.holderId !== null) {
    return refuse({ code: 'not_possible_in_state', state: card.state });
  }
  const programme = await findProgramme(client, card.programmeId);
  invariant(programme, 'a card belongs to a programme');
  const expiresAt = expiryAtActivation(card, programme, to)?.toISOString() ?? null;
  const event = { cardId, actorId: userId, reason: null, at: now };
  return ok({
    updates: [
      {
        table: 'Card',
        key: { id: cardId },
        expect: { state: card.state, holderId: null },
        set: { state: next, holderId: userId, boundAt: now.toISOString(), expiresAt, ...FORGOTTEN },
      },
    ],
    inserts: [
      {
        table: 'CardEvent',
        rows: [cardEventRow({ ...event, kind: 'activated' }), cardEventRow({ ...event, kind: 'bound' })],
      },
      {
        table: 'OutboxMessage',
        rows: [outboxRow({ topic: 'card.bound', payload: { cardId, userId }, now })],
      },
    ],
  });
}
