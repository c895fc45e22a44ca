import { commitUnit } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { requestAnsweredBy } from '@/lib/policy';
import type { CardActor } from '../move-card';
import type { RequestKind, RequestRefusal } from './model';
import { packOf, type RequestContext } from './request-context';
import { retryWhileChanging } from './retry-while-changing';
import {
  findOpenRequest,
  findRequestedCard,
  newRequest,
  type RequestedCard,
  requestRecords,
  requestRow,
} from './store';

export interface Wish {
  readonly cardId: string;
  /** The holder. */
  readonly actor: CardActor & { readonly id: Id<'usr'> };
  readonly statement: string;
  /** What shows it, in words; empty: nothing. */
  readonly evidence: string;
}

/**
 * Asks for a card to be good for longer (延期), before or after its last day. It is answered by support, until the day
 * that the policy names; nothing changes on the card until then.
 */
export function requestExtension(
  context: RequestContext,
  wish: Wish,
): Promise<Result<{ readonly requestId: Id<'req'> }, RequestRefusal>> {
  return retryWhileChanging(async () => {
    const found = await findRequestedCard(context.db, wish.cardId);
    if (found?.holderId !== wish.actor.id) return refuse({ code: 'card_not_found' });
    if (found.card.state === 'closed') return refuse({ code: 'not_possible_in_state', state: 'closed' });
    if (found.card.expiresAt === null) return refuse({ code: 'never_ends' });
    return askSupport(context, { wish, found, kind: 'extension' });
  });
}

/** Opens a request that support decides; `null` when the card changed hands or the same was asked in between. */
export async function askSupport(
  { db, now, zone }: RequestContext,
  ask: { readonly wish: Wish; readonly found: RequestedCard; readonly kind: Exclude<RequestKind, 'loss'> },
): Promise<Result<{ readonly requestId: Id<'req'> }, RequestRefusal> | null> {
  const { wish, kind } = ask;
  const { card, programme, holderId } = ask.found;
  const open = await findOpenRequest(db, { cardId: card.id, kind });
  if (open) return refuse({ code: 'already_open', requestId: open.id });
  const request = newRequest({
    cardId: card.id,
    userId: holderId,
    kind,
    statement: wish.statement,
    evidence: wish.evidence === '' ? {} : { words: wish.evidence },
    dueAt: requestAnsweredBy(packOf(programme), now, zone),
    now,
  });
  const outcome = await commitUnit(db, {
    updates: [{ table: 'Card', key: { id: card.id }, expect: { state: card.state, holderId }, set: {} }],
    inserts: [
      { table: 'CardRequest', rows: [requestRow(request)] },
      ...requestRecords({
        request,
        actor: wish.actor,
        reason: null,
        now,
        event: null,
        topic: 'request.opened',
        action: 'request.opened',
      }),
    ],
  });
  return outcome.outcome === 'committed' ? ok({ requestId: request.id }) : null;
}
