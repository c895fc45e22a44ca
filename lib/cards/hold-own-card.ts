import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { Card, MoveRefusal } from './model';
import { type MoveContext, type MoveRequest, moveCard } from './move-card';
import { UNFROZEN } from './unfreeze-card';

export interface OwnCardRequest {
  readonly cardId: string;
  readonly userId: Id<'usr'>;
  readonly requestId?: string;
}

/**
 * Freezes one's own card at once, also while a payment holds value of it: that payment goes on and settles or is called
 * off, and no other begins. Another's card does not exist.
 */
export function freezeOwnCard(
  context: MoveContext,
  request: OwnCardRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  return moveCard(context, 'freeze', {
    ...asHolder(request),
    plan: async (card) =>
      isOwn(card, request)
        ? ok({ set: { frozenReason: null, frozenBy: 'holder' } })
        : refuse({ code: 'card_not_found' }),
  });
}

/** Undoes a freeze of one's own. What support or risk froze stays frozen. */
export function unfreezeOwnCard(
  context: MoveContext,
  request: OwnCardRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  return moveCard(context, 'unfreeze', {
    ...asHolder(request),
    plan: async (card) => {
      if (!isOwn(card, request)) return refuse({ code: 'card_not_found' });
      return card.frozenBy === 'issuer' ? refuse({ code: 'frozen_by_issuer' }) : ok({ set: UNFROZEN });
    },
  });
}

export function asHolder({ cardId, userId, requestId }: OwnCardRequest): MoveRequest {
  const actor = { id: userId, role: 'shopper' };
  return { cardId, actor, reason: null, ...(requestId === undefined ? {} : { requestId }) };
}

export function isOwn(card: Pick<Card, 'holderId'>, { userId }: OwnCardRequest): boolean {
  return card.holderId === userId;
}
