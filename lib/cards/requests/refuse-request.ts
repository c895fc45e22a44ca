import { commitUnit, type GuardedUpdate } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import { REPORTED_LOST } from '../model';
import type { MoveContext } from '../move-card';
import { decidable } from './decidable';
import type { CardRequest, DecisionRefusal } from './model';
import type { Decision } from './reissue-card';
import { retryWhileChanging } from './retry-while-changing';
import { endRequest, findRequest, requestRecords } from './store';

/**
 * Refuses a request, with the answer that the holder reads. A card whose loss is refused stays frozen, by support and for
 * that reason: who reported it was not who they said, or could not show it. A freeze of support's own beside the report
 * goes on with the reason that it has.
 */
export function refuseRequest(
  { db, now }: MoveContext,
  decision: Decision,
): Promise<Result<{ readonly request: CardRequest }, DecisionRefusal>> {
  return retryWhileChanging(async () => {
    const known = await findRequest(db, decision.requestId);
    if (!known) return refuse({ code: 'request_not_found' });
    const seen = await decidable(db, { ...decision, kind: known.kind });
    if (!seen.ok) return seen;
    const request = seen.value;
    const { actor, answer } = decision;
    const outcome = await commitUnit(db, {
      updates: [
        endRequest(request, { state: 'refused', by: actor.id, answer, now }),
        ...(request.kind === 'loss' ? [keepFrozen(request, answer)] : []),
      ],
      inserts: requestRecords({
        request,
        actor,
        reason: answer,
        now,
        event: null,
        topic: 'request.decided',
        action: 'request.refused',
      }),
    });
    return outcome.outcome === 'committed' ? ok({ request }) : null;
  });
}

function keepFrozen({ cardId, userId, evidence }: CardRequest, answer: string): GuardedUpdate {
  const beside = evidence.frozenBefore?.by === 'issuer' ? evidence.frozenBefore.reason : null;
  return {
    table: 'Card',
    key: { id: cardId },
    expect: { state: 'frozen', frozenReason: REPORTED_LOST, holderId: userId },
    set: { frozenReason: beside ?? answer },
  };
}
