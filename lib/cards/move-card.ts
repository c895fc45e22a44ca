import { recordAudit } from '@/lib/audit';
import { commitUnit, type Database, type GuardedUpdate, type Row, transaction } from '@/lib/database';
import { type Id, invariant, ok, parseId, type Result, refuse } from '@/lib/kernel';
import { type Card, type CardMove, type MoveRefusal, stateAfter } from './model';
import { type CardEventKind, cardEventRow, findCard, outboxRow } from './store';

export interface MoveContext {
  readonly db: Database;
  readonly now: Date;
}

export interface CardActor {
  readonly id: string;
  readonly role: string;
}

export interface MoveRequest {
  readonly cardId: string;
  /** null: the system itself. */
  readonly actor: CardActor | null;
  /** In the words of the person who acts. */
  readonly reason: string | null;
  readonly requestId?: string;
}

/** What a move depends on and brings with it, by the card as it was read. */
interface MoveTerms {
  /** Further columns to set. */
  readonly also?: (card: Card) => Row;
  /** Why it is not made; else rows that must still look as they were read when it is. */
  readonly terms?: (card: Card) => Promise<Result<readonly GuardedUpdate[], MoveRefusal>>;
  /** The card is in the state that the move leads to, and is still to be written anew. */
  readonly takesOver?: (card: Card) => boolean;
}

/**
 * Makes a move of the card's state table and writes its event, its audit line and its message in the same transaction.
 * The only way a card's state changes after it was made, but for a card that is handed over (`handOverCard`), for one whose
 * purchase is undone (`takeBackSoldCards`), and for a loss that is reported, taken back or decided (`requests/`).
 */
export async function moveCard(
  { db, now }: MoveContext,
  move: CardMove,
  request: MoveRequest & MoveTerms,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  const cardId = parseId('crd', request.cardId);
  if (cardId === null) return refuse({ code: 'card_not_found' });
  for (let look = 1; look <= LOOKS; look += 1) {
    const card = await findCard(db, cardId);
    if (!card) return refuse({ code: 'card_not_found' });
    const terms = (await request.terms?.(card)) ?? ok([]);
    if (!terms.ok) return terms;
    const next = request.takesOver?.(card) ? card.state : stateAfter(card.state, move);
    if (next === null) return refuse({ code: 'not_possible_in_state', state: card.state });
    const moved = await transaction(db, async (tx) => {
      const { kind, topic } = WORDS[move];
      const { actor, reason } = request;
      const outcome = await commitUnit(tx, {
        updates: [
          {
            table: 'Card',
            key: { id: cardId },
            expect: { state: card.state, holderId: card.holderId, frozenReason: card.frozenReason },
            set: { state: next, ...request.also?.(card) },
          },
          ...terms.value,
        ],
        inserts: [
          {
            table: 'CardEvent',
            rows: [cardEventRow({ cardId, kind, actorId: actor?.id ?? null, reason, at: now })],
          },
          {
            table: 'OutboxMessage',
            // The holder is told; the reason stays with us.
            rows: [
              outboxRow({
                topic,
                payload: { cardId, ...(card.holderId === null ? {} : { userId: card.holderId }) },
                now,
              }),
            ],
          },
        ],
      });
      if (outcome.outcome !== 'committed') return false;
      await recordAudit(tx, {
        at: now,
        actor,
        action: topic,
        subject: { type: 'card', id: cardId },
        ...(reason === null ? {} : { reason }),
        ...(request.requestId === undefined ? {} : { requestId: request.requestId }),
      });
      return true;
    });
    if (moved) return ok({ cardId });
  }
  invariant(false, `card ${cardId} kept changing while it was moved`);
}

const LOOKS = 4;

const WORDS = {
  activate: { kind: 'activated', topic: 'card.activated' },
  freeze: { kind: 'frozen', topic: 'card.frozen' },
  unfreeze: { kind: 'unfrozen', topic: 'card.unfrozen' },
  close: { kind: 'closed', topic: 'card.closed' },
  reopen: { kind: 'reopened', topic: 'card.reopened' },
} as const satisfies Record<CardMove, { kind: CardEventKind; topic: `card.${string}` }>;
