import { type CardContext, type RequestRefusal, reportLoss } from '@/lib/cards';
import { type Id, type Result, refuse } from '@/lib/kernel';
import { mayHelp } from './case-context';
import type { Agent } from './model';

/** Reports a card lost for a caller who has it bound; the card is frozen at once. To those who are no staff there is no card. */
export async function reportLossFor(
  context: Pick<CardContext, 'db' | 'now' | 'zone'>,
  report: { readonly actor: Agent; readonly cardId: string; readonly reason: string },
): Promise<Result<{ readonly requestId: Id<'req'> }, RequestRefusal>> {
  const { actor, cardId, reason } = report;
  if (!mayHelp(actor)) return refuse({ code: 'card_not_found' });
  return reportLoss(context, { cardId, actor, holderId: null, statement: reason });
}
