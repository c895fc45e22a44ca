import { type SupportCard, supportCards } from '@/lib/cards';
import { parseId } from '@/lib/kernel';
import { askSources, type CaseRequest, mayHelp, partOf, recordView, storyQuery } from './case-context';
import type { HolderLine } from './model';
import { messagesParked, messagesTold, staffActs } from './record-store';
import type { SupportContext } from './search';
import { findHeldPayments, findHolders, type HeldPayment } from './store';
import { mergeStory, type StoryPage, type StoryPart } from './story-model';
import { cardEvents, cardMovements } from './story-store';

/** A card's case. Never its number beyond the last four, never its password. Amounts in minor units. */
export interface CardCase {
  readonly card: SupportCard;
  /** `null`: nobody has bound it. */
  readonly holder: HolderLine | null;
  /** What it holds back, payment by payment. */
  readonly held: readonly HeldPayment[];
  readonly story: StoryPage;
  readonly part: StoryPart | null;
}

/** Shows a card's case and records the view in the audit; `null` for those who are no staff as for a card that does not exist. */
export async function viewCard(context: SupportContext, request: CaseRequest): Promise<CardCase | null> {
  const id = parseId('crd', request.id);
  if (!id || !mayHelp(request.actor)) return null;
  const [card] = await supportCards(context, { ids: [id] }, 1);
  if (!card) return null;
  await recordView(context, request.actor, { action: 'card.viewed', subject: { type: 'card', id } });
  const query = await storyQuery(context, request);
  const part = partOf(request.part);
  const { holderId } = card;
  const [holders, held, sources] = await Promise.all([
    holderId ? findHolders(context.db, { ids: [holderId] }, 1) : [],
    findHeldPayments(context.db, id),
    askSources(part, {
      cards: [() => cardEvents(query, { cardId: id })],
      money: [() => cardMovements(query, card)],
      messages: [
        ...(holderId ? [() => messagesTold(query, { userId: holderId, about: [id] })] : []),
        () => messagesParked(query, [id]),
      ],
      staff: [() => staffActs(query, [id])],
    }),
  ]);
  return { card, holder: holders[0] ?? null, held, story: mergeStory(sources), part };
}
