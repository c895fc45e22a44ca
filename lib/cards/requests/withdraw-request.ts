import { commitUnit, type GuardedUpdate } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { REPORTED_LOST } from '../model';
import type { CardActor, MoveContext } from '../move-card';
import type { CardRequest, WithdrawRefusal } from './model';
import { asBefore } from './reissue-card';
import { retryWhileChanging } from './retry-while-changing';
import { endRequest, findRequest, requestRecords } from './store';

export interface Withdrawal {
  readonly requestId: string;
  readonly actor: CardActor & { readonly id: Id<'usr'> };
  /** Whether the holder has just proved their identity again, by the password. */
  readonly proven: boolean;
}

/**
 * Takes a request back, for the holder who made it and as long as nobody has decided it. A card that was found again is
 * what it was before its loss was reported: since it may pay again, that takes a proof of who asks, which whoever found the
 * phone together with the card does not have.
 */
export function withdrawRequest(
  { db, now }: MoveContext,
  { requestId, actor, proven }: Withdrawal,
): Promise<Result<{ readonly request: CardRequest }, WithdrawRefusal>> {
  return retryWhileChanging(async () => {
    const request = await findRequest(db, requestId);
    if (!request || request.userId !== actor.id) return refuse({ code: 'request_not_found' });
    if (request.state !== 'open') return refuse({ code: 'already_decided', state: request.state });
    const found = request.kind === 'loss';
    if (found && !proven) return refuse({ code: 'proof_needed' });
    const unfrozen = found && request.evidence.frozenBefore === undefined;
    const outcome = await commitUnit(db, {
      updates: [
        endRequest(request, { state: 'withdrawn', by: actor.id, answer: null, now }),
        ...(found ? [freeAgain(request)] : []),
      ],
      inserts: requestRecords({
        request,
        actor,
        reason: null,
        now,
        event: found ? 'found' : null,
        topic: unfrozen ? 'card.unfrozen' : null,
        action: 'request.withdrawn',
      }),
    });
    return outcome.outcome === 'committed' ? ok({ request }) : null;
  });
}

function freeAgain({ cardId, userId, evidence }: CardRequest): GuardedUpdate {
  return {
    table: 'Card',
    key: { id: cardId },
    expect: { state: 'frozen', frozenReason: REPORTED_LOST, holderId: userId },
    set: asBefore(evidence.frozenBefore),
  };
}
