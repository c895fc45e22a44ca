import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { MoveRefusal } from './model';
import { type CardActor, type MoveContext, moveCard } from './move-card';
import { findOpenRequest, freezeBeside } from './requests/store';

export interface FreezeRequest {
  readonly cardId: string;
  readonly actor: CardActor;
  /** Why, in the words of the person who acts; not empty. */
  readonly reason: string;
  readonly requestId?: string;
}

/**
 * Freezes a card (冻结) for the issuer: it can be neither bound nor spent until the issuer unfreezes it. What is held for
 * payments under way stays held. A freeze of the holder's own becomes the issuer's; one of a card whose loss is reported
 * is laid beside the report and stays when that has ended.
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
    plan: async (card) => {
      const loss = await findOpenRequest(context.db, { cardId: card.id, kind: 'loss' });
      if (!loss) {
        const set = { frozenReason: reason, frozenBy: 'issuer' };
        const byHolder = card.state === 'frozen' && card.frozenBy === 'holder';
        return ok(byHolder ? { set, state: card.state } : { set });
      }
      if (loss.evidence.frozenBefore?.by === 'issuer') return ok({});
      return ok({ state: card.state, updates: [freezeBeside(loss, { reason, by: 'issuer' })] });
    },
  });
}
