import { commitUnit, type Row } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { CardContext } from '../issue-cards';
import { REPORTED_LOST } from '../model';
import type { CardActor } from '../move-card';
import { UNFROZEN } from '../unfreeze-card';
import { decidable } from './decidable';
import type { CardRequest, DecisionRefusal, FrozenBefore } from './model';
import { renewSecrets } from './renew-secrets';
import { retryWhileChanging } from './retry-while-changing';
import { endRequest, findRequestedCard, requestRecords } from './store';

export interface Decision {
  readonly requestId: string;
  readonly actor: CardActor;
  /** For the holder to read. */
  readonly answer: string;
}

/**
 * Replaces a card that was reported lost (补办), for who has made sure of the holder's identity: new number, new password,
 * same card, same ledger account. It can pay again, unless it was frozen before the report. Of several who decide at once
 * one does.
 */
export function reissueCard(
  context: Pick<CardContext, 'db' | 'keys' | 'now'>,
  decision: Decision,
): Promise<Result<{ readonly request: CardRequest }, DecisionRefusal>> {
  return retryWhileChanging(async () => {
    const seen = await decidable(context.db, { ...decision, kind: 'loss' });
    if (!seen.ok) return seen;
    const request = seen.value;
    const found = await findRequestedCard(context.db, request.cardId);
    if (!found) return refuse({ code: 'request_not_found' });
    if (found.card.state !== 'frozen') {
      return refuse({ code: 'not_possible_in_state', state: found.card.state });
    }
    const { actor, answer } = decision;
    const { now } = context;
    const { set, retired } = await renewSecrets(context, found);
    const outcome = await commitUnit(context.db, {
      updates: [
        endRequest(request, { state: 'approved', by: actor.id, answer, now }),
        {
          table: 'Card',
          key: { id: found.card.id },
          expect: {
            state: 'frozen',
            frozenReason: REPORTED_LOST,
            holderId: request.userId,
            numberHmac: found.numberHmac,
          },
          set: { ...set, ...asBefore(request.evidence.frozenBefore) },
        },
      ],
      inserts: [
        { table: 'RetiredNumber', rows: [retired] },
        ...requestRecords({
          request,
          actor,
          reason: answer,
          now,
          event: 'reissued',
          topic: 'card.reissued',
          action: 'card.reissued',
        }),
      ],
    });
    return outcome.outcome === 'committed' ? ok({ request }) : null;
  });
}

/** What a card is once its loss has come to an end: as it was when that was reported. */
export function asBefore(before: FrozenBefore | undefined): Row {
  return before
    ? { state: 'frozen', frozenReason: before.reason, frozenBy: before.by }
    : { state: 'active', ...UNFROZEN };
}
