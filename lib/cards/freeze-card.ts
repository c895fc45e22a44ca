import { type Id, type Result, refuse } from '@/lib/kernel';
import type { MoveRefusal } from './model';
import { type CardActor, type MoveContext, moveCard } from './move-card';

export interface FreezeRequest {
  readonly cardId: string;
  readonly actor: CardActor;
  /** Why, in the words of the person who acts; not empty. */
  readonly reason: string;
  readonly requestId?: string;
}

/**
 * Freezes a card (冻结) for the issuer: it can be neither bound nor spent until the issuer unfreezes it. What is held for
 * payments under way stays held. A freeze of the holder's own becomes the issuer's.
 */
export async function freezeCard(
  context: MoveContext,
  request: FreezeRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  const reason = request.reason.trim();
  if (reason === '') return refuse({ code: 'reason_missing' });
  return moveCard(context, 'freeze', {
    ...request,
    reason,
    takesOver: ({ frozenBy }) => frozenBy === 'holder',
    also: () => ({ frozenReason: reason, frozenBy: 'issuer' }),
  });
}
