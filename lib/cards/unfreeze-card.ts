import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { FreezeRequest } from './freeze-card';
import type { MoveRefusal } from './model';
import { type MoveContext, moveCard } from './move-card';
import { findOpenRequest, freezeBeside } from './requests/store';

/** The freeze's columns of a card that is not frozen. */
export const UNFROZEN = { frozenReason: null, frozenBy: null } as const;

/**
 * Unfreezes a card (解冻): it is what it was before. From one whose loss is reported only the freeze beside the report is
 * lifted, if there is one; the card waits for the end of the report.
 */
export async function unfreezeCard(
  context: MoveContext,
  request: FreezeRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  const reason = request.reason.trim();
  if (reason === '') return refuse({ code: 'reason_missing' });
  return moveCard(context, 'unfreeze', {
    ...request,
    reason,
    plan: async ({ id: cardId, state }) => {
      // Somebody may have typed the words of a loss as a reason: only a report that is open keeps a card frozen.
      const loss = await findOpenRequest(context.db, { cardId, kind: 'loss' });
      if (!loss) return ok({ set: UNFROZEN });
      if (!loss.evidence.frozenBefore) return refuse({ code: 'reported_lost' });
      return ok({ state, updates: [freezeBeside(loss, undefined)], quiet: true });
    },
  });
}
