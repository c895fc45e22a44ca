import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { FreezeRequest } from './freeze-card';
import { type MoveRefusal, REPORTED_LOST } from './model';
import { type MoveContext, moveCard } from './move-card';

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
    terms: async ({ frozenReason }) =>
      frozenReason === REPORTED_LOST ? refuse({ code: 'reported_lost' }) : ok([]),
  });
}
