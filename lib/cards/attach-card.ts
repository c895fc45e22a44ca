import { commitUnit } from '@/lib/database';
import { type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import type { CardContext } from './issue-cards';
import { FORGOTTEN } from './kept-secrets';
import { type BindRefusal, bindObstacle, type Card } from './model';
import { cardEventRow, findCard, outboxRow } from './store';

/**
 * Makes a card the shopper's, once: of any number of shoppers at the same moment one gets it, because the row is
 * changed only as long as it has no holder. Only for somebody who has proved a right to the card.
 */
export async function attachCard(
  { db, now }: Pick<CardContext, 'db' | 'now'>,
  { card, userId }: { readonly card: Card; readonly userId: Id<'usr'> },
): Promise<Result<{ readonly cardId: Id<'crd'> }, BindRefusal>> {
  let seen = card;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const obstacle = bindObstacle(seen, userId, now);
    if (obstacle === 'already_yours') return refuse({ code: obstacle, cardId: seen.id });
    if (obstacle !== null) return refuse({ code: obstacle });
    const outcome = await commitUnit(db, {
      updates: [
        {
          table: 'Card',
          key: { id: seen.id },
          expect: { holderId: null, state: 'active' },
          set: { holderId: userId, boundAt: now.toISOString(), ...FORGOTTEN },
        },
      ],
      inserts: [
        {
          table: 'CardEvent',
          rows: [cardEventRow({ cardId: seen.id, kind: 'bound', actorId: userId, reason: null, at: now })],
        },
        {
          table: 'OutboxMessage',
          rows: [outboxRow({ topic: 'card.bound', payload: { cardId: seen.id, userId }, now })],
        },
      ],
    });
    if (outcome.outcome === 'committed') return ok({ cardId: seen.id });
    const changed = await findCard(db, seen.id);
    invariant(changed, 'cards are never deleted');
    seen = changed;
  }
  throw new Error(`card ${card.id} kept changing while it was bound`);
}

/** A card that was changed meanwhile is read anew; people do not change a card this often during one bind. */
const MOST_TRIES = 4;
