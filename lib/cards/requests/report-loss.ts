import { commitUnit } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { mayReplaceLost, requestAnsweredBy } from '@/lib/policy';
import { REPORTED_LOST } from '../model';
import type { CardActor } from '../move-card';
import type { RequestRefusal } from './model';
import { packOf, type RequestContext } from './request-context';
import { retryWhileChanging } from './retry-while-changing';
import {
  findOpenRequest,
  findRequestedCard,
  newRequest,
  type RequestedCard,
  requestRecords,
  requestRow,
} from './store';

export interface LossReport {
  readonly cardId: string;
  /** Who must have the card; null: whoever has it, for support, who has a caller. */
  readonly holderId: Id<'usr'> | null;
  readonly actor: CardActor;
  /** How it was lost. */
  readonly statement: string;
}

/**
 * Reports a card lost (挂失): it is frozen in the same unit, so that nothing new is paid from it. What payments hold stays
 * held, and is captured or let go as if nothing had happened. A card that was frozen already keeps that freeze for the
 * time after. Refused for kinds whose lost cards the policy does not replace: such a card can be frozen, not reported.
 */
export function reportLoss(
  context: RequestContext,
  report: LossReport,
): Promise<Result<{ readonly requestId: Id<'req'> }, RequestRefusal>> {
  return retryWhileChanging(async () => {
    const { db } = context;
    const found = await findRequestedCard(db, report.cardId);
    if (!found || (report.holderId !== null && found.holderId !== report.holderId)) {
      return refuse({ code: 'card_not_found' });
    }
    const { card, programme } = found;
    const pack = packOf(programme);
    if (!mayReplaceLost(pack, programme.kind)) {
      return refuse({ code: 'not_replaced', rule: pack.rules.lostCard[programme.kind] });
    }
    const open = await findOpenRequest(db, { cardId: card.id, kind: 'loss' });
    if (open) return refuse({ code: 'already_open', requestId: open.id });
    if (card.state !== 'active' && card.state !== 'frozen') {
      return refuse({ code: 'not_possible_in_state', state: card.state });
    }
    return freezeAndAsk(context, { report, found });
  });
}

async function freezeAndAsk(
  { db, now, zone }: RequestContext,
  { report, found }: { readonly report: LossReport; readonly found: RequestedCard },
) {
  const { card, programme, holderId } = found;
  const request = newRequest({
    cardId: card.id,
    userId: holderId,
    kind: 'loss',
    statement: report.statement,
    evidence:
      card.frozenBy === null ? {} : { frozenBefore: { reason: card.frozenReason, by: card.frozenBy } },
    dueAt: requestAnsweredBy(packOf(programme), now, zone),
    now,
  });
  const outcome = await commitUnit(db, {
    updates: [
      {
        table: 'Card',
        key: { id: card.id },
        expect: { state: card.state, holderId, frozenReason: card.frozenReason },
        set: { state: 'frozen', frozenReason: REPORTED_LOST, frozenBy: 'issuer' },
      },
    ],
    inserts: [
      { table: 'CardRequest', rows: [requestRow(request)] },
      ...requestRecords({
        request,
        actor: report.actor,
        reason: null,
        now,
        event: 'lost',
        topic: 'card.lost',
        action: 'card.lost',
      }),
    ],
  });
  return outcome.outcome === 'committed' ? ok({ requestId: request.id }) : null;
}
