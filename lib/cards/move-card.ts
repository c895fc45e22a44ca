import { recordAudit } from '@/lib/audit';
import {
  commitUnit,
  type Database,
  failureOf,
  type GuardedUpdate,
  type Row,
  type Tx,
  transaction,
} from '@/lib/database';
import { type Id, invariant, ok, parseId, type Result, refuse } from '@/lib/kernel';
import { type Card, type CardMove, type CardState, type MoveRefusal, stateAfter } from './model';
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

/** What a move brings with it. */
export interface MovePlan {
  /** Further columns of the card to set. */
  readonly set?: Row;
  /** Rows that must still look as they were read, and what becomes of them. */
  readonly updates?: readonly GuardedUpdate[];
  /** The state it leads to, where that is not the table's: a freeze set or lifted beside another. */
  readonly state?: CardState;
  /** Nothing changes for the holder, so no message is sent. */
  readonly quiet?: true;
}

interface Planned {
  /** By the card as it was read: what the move brings with it, or why it is not made. */
  readonly plan?: (card: Card) => Promise<Result<MovePlan, MoveRefusal>>;
}

/**
 * Makes a move of the card's state table and writes its event, its audit line and its message in the same transaction.
 * The only way a card's state changes after it was made, but for a card that is handed over (`handOverCard`), for one whose
 * purchase is undone (`takeBackSoldCards`), and for a loss that is reported, taken back or decided (`requests/`).
 */
export async function moveCard(
  { db, now }: MoveContext,
  move: CardMove,
  request: MoveRequest & Planned,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  const cardId = parseId('crd', request.cardId);
  if (cardId === null) return refuse({ code: 'card_not_found' });
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const card = await findCard(db, cardId);
    if (!card) return refuse({ code: 'card_not_found' });
    const plan: Result<MovePlan, MoveRefusal> = (await request.plan?.(card)) ?? ok({});
    if (!plan.ok) return plan;
    const next = plan.value.state ?? stateAfter(card.state, move);
    if (next !== null) {
      const made = { card, next, plan: plan.value, request, now };
      const moved = await transaction(db, (tx) => makeMove(tx, move, made)).catch(falseForDeadlock);
      if (moved) return ok({ cardId });
    } else if (!(await hasChanged(db, card))) {
      return refuse({ code: 'not_possible_in_state', state: card.state });
    }
  }
  invariant(false, `card ${cardId} kept changing while it was moved`);
}

/** A card that was changed meanwhile is read anew; people do not change it this often during one move. */
const MOST_TRIES = 4;

/** Units that are committed together hold rows of several cards: one of two who wait for each other is given up, unharmed. */
function falseForDeadlock(error: unknown): false {
  if (failureOf(error) === 'deadlock') return false;
  throw error;
}

async function makeMove(
  tx: Tx,
  move: CardMove,
  made: {
    readonly card: Card;
    readonly next: CardState;
    readonly plan: MovePlan;
    readonly request: MoveRequest;
    readonly now: Date;
  },
): Promise<boolean> {
  const { card, next, plan, now } = made;
  const { actor, reason, requestId } = made.request;
  const { kind, topic } = WORDS[move];
  const cardId = card.id;
  const payload = { cardId, ...(card.holderId === null ? {} : { userId: card.holderId }) };
  const outcome = await commitUnit(tx, {
    updates: [
      // First: whoever decides a request takes it before its card, and nobody must wait for the other way round.
      ...(plan.updates ?? []),
      {
        table: 'Card',
        key: { id: cardId },
        expect: { state: card.state, holderId: card.holderId, frozenReason: card.frozenReason },
        set: { state: next, ...plan.set },
      },
    ],
    inserts: [
      {
        table: 'CardEvent',
        rows: [cardEventRow({ cardId, kind, actorId: actor?.id ?? null, reason, at: now })],
      },
      // The holder is told; the reason stays with us.
      ...(plan.quiet
        ? []
        : [{ table: 'OutboxMessage' as const, rows: [outboxRow({ topic, payload, now })] }]),
    ],
  });
  if (outcome.outcome !== 'committed') return false;
  await recordAudit(tx, {
    at: now,
    actor,
    action: topic,
    subject: { type: 'card', id: cardId },
    ...(reason === null ? {} : { reason }),
    ...(requestId === undefined ? {} : { requestId }),
  });
  return true;
}

/** A plan reads more than the card, and later: what it refuses for may have ended since the card was read. */
async function hasChanged(db: Database, card: Card): Promise<boolean> {
  const now = await findCard(db, card.id);
  return now?.state !== card.state || now.frozenReason !== card.frozenReason;
}

const WORDS = {
  activate: { kind: 'activated', topic: 'card.activated' },
  freeze: { kind: 'frozen', topic: 'card.frozen' },
  unfreeze: { kind: 'unfrozen', topic: 'card.unfrozen' },
  close: { kind: 'closed', topic: 'card.closed' },
  reopen: { kind: 'reopened', topic: 'card.reopened' },
} as const satisfies Record<CardMove, { kind: CardEventKind; topic: `card.${string}` }>;
