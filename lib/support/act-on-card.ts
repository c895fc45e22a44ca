import { freezeCard, type MoveRefusal, unfreezeCard } from '@/lib/cards';
import type { Id, Result } from '@/lib/kernel';
import { refuse } from '@/lib/kernel';
import { mayHelp } from './case-context';
import type { Agent } from './model';
import type { SupportContext } from './search';

export type CardAct = 'freeze' | 'unfreeze';

/**
 * Freezes or unfreezes a card for support, with a reason. Event, audit line and the message to the holder are written
 * with it by the cards themselves. To those who are no staff the card does not exist.
 */
export async function actOnCard(
  context: SupportContext,
  act: CardAct,
  request: { readonly actor: Agent; readonly cardId: string; readonly reason: string },
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  if (!mayHelp(request.actor)) return refuse({ code: 'card_not_found' });
  return act === 'freeze' ? freezeCard(context, request) : unfreezeCard(context, request);
}
