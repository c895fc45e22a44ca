import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { FreezeRequest } from './freeze-card';
import { type MoveRefusal, REPORTED_LOST } from './model';
import { type MoveContext, moveCard } from './move-card';
import { findOpenRequest } from './requests/store';

/** What a card that is not frozen has in its place. */
export const THAWED = { frozenReason: null, frozenBy: null } as const;

/** Unfreezes a card (解冻): it is what it was before. One whose loss is reported waits for the end of that. */
export async function unfreezeCard(
  context: MoveContext,
  request: FreezeRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  const reason = request.reason.trim();
  if (reason === '') return refuse({ code: 'reason_missing' });
  return moveCard(context, 'unfreeze', {
    ...request,
    reason,
    also: () => THAWED,
    terms: async ({ id: cardId, frozenReason }) => {
      // Somebody may have typed these very words as a reason: only a report that is open keeps a card frozen.
      const lost =
        frozenReason === REPORTED_LOST && (await findOpenRequest(context.db, { cardId, kind: 'loss' }));
      return lost ? refuse({ code: 'reported_lost' }) : ok([]);
    },
  });
}
