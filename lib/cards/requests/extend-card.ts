import { instantTexts } from '@/lib/database';
import { type CalendarDay, ok, type Result, refuse } from '@/lib/kernel';
import { commit } from '@/lib/ledger';
import { checkExtension, type ExtensionRefusal } from '@/lib/policy';
import { decidable } from './decidable';
import type { CardRequest, DecisionRefusal } from './model';
import type { Decision } from './reissue-card';
import { packOf, type RequestContext } from './request-context';
import { retryWhileChanging } from './retry-while-changing';
import { reviveTransfers } from './revive-value';
import { endRequest, findRequestedCard, requestRecords } from './store';

/**
 * Grants an extension until the end of `lastDay` in the issuer's zone, within the bounds of the policy. What had become
 * dormant is back on the card in the same unit. The unit commits only if card and value are as they were seen: against
 * another decision, an expiry and a payment at the last second there is one outcome.
 */
export function extendCard(
  context: RequestContext,
  decision: Decision & { readonly lastDay: CalendarDay },
): Promise<Result<{ readonly request: CardRequest }, DecisionRefusal | ExtensionRefusal>> {
  return retryWhileChanging(async () => {
    const { db, now, zone } = context;
    const seen = await decidable(db, { ...decision, kind: 'extension' });
    if (!seen.ok) return seen;
    const request = seen.value;
    const found = await findRequestedCard(db, request.cardId);
    if (!found) return refuse({ code: 'request_not_found' });
    const { card, programme } = found;
    if (card.state === 'closed') return refuse({ code: 'not_possible_in_state', state: 'closed' });
    const { lastDay, actor, answer } = decision;
    const end = checkExtension(
      packOf(programme),
      { kind: programme.kind, expiresAt: card.expiresAt },
      { lastDay, now, zone },
    );
    if (!end.ok) return end;
    const result = await commit(
      db,
      {
        updates: [
          endRequest(request, { state: 'approved', by: actor.id, answer, now }),
          {
            table: 'Card',
            key: { id: card.id },
            expect: {
              state: card.state,
              holderId: request.userId,
              expiresAt: card.expiresAt && instantTexts(card.expiresAt),
              dormantMinor: card.dormantMinor,
            },
            set: { expiresAt: end.value.toISOString() },
          },
        ],
        inserts: requestRecords({
          request,
          actor,
          reason: answer,
          now,
          event: 'extended',
          topic: 'card.extended',
          action: 'card.extended',
        }),
        transfers: reviveTransfers(found, request.id),
      },
      now,
    );
    return result.ok ? ok({ request }) : null;
  });
}
