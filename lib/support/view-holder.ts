import { type SupportCard, supportCards } from '@/lib/cards';
import { parseId } from '@/lib/kernel';
import { askSources, type CaseRequest, mayHelp, partOf, recordView, storyQuery } from './case-context';
import { type HolderLine, type OrderLine, SEARCH_LIMIT } from './model';
import { accountActs, messagesParked, messagesTold, staffActs } from './record-store';
import type { SupportContext } from './search';
import { countLiveSessions, findHolders, findOrders } from './store';
import { mergeStory, type StoryPage, type StoryPart } from './story-model';
import { cardEvents, ordersPlaced, paymentEvents, refundsOf } from './story-store';

/** A holder's case, masked. Amounts in minor units. */
export interface HolderCase {
  readonly holder: HolderLine;
  readonly liveSessions: number;
  readonly cards: readonly SupportCard[];
  readonly usableMinor: bigint;
  readonly heldMinor: bigint;
  /** The latest, at most `SEARCH_LIMIT`. */
  readonly orders: readonly OrderLine[];
  readonly story: StoryPage;
  readonly part: StoryPart | null;
}

/** How many cards a case lists; a wallet beyond this is found card by card. */
const CARDS_SHOWN = 100;

/** Shows a holder's case and records the view in the audit; `null` for those who are no staff as for a holder who does not exist. */
export async function viewHolder(context: SupportContext, request: CaseRequest): Promise<HolderCase | null> {
  const id = parseId('usr', request.id);
  if (!id || !mayHelp(request.actor)) return null;
  const [holder] = await findHolders(context.db, { ids: [id] }, 1);
  if (!holder) return null;
  await recordView(context, request.actor, { action: 'holder.viewed', subject: { type: 'user', id } });
  const query = await storyQuery(context, request);
  const part = partOf(request.part);
  const [cards, orders, liveSessions, sources] = await Promise.all([
    supportCards(context, { holderId: id }, CARDS_SHOWN),
    findOrders(context.db, { userId: id }, SEARCH_LIMIT),
    countLiveSessions(context.db, id, context.now),
    askSources(part, {
      account: [() => accountActs(query, id)],
      cards: [() => cardEvents(query, { holderId: id })],
      money: [
        () => ordersPlaced(query, { userId: id }),
        () => paymentEvents(query, { userId: id }),
        () => refundsOf(query, { userId: id }),
      ],
      messages: [() => messagesTold(query, { userId: id, about: null }), () => messagesParked(query, [id])],
      staff: [() => staffActs(query, [id])],
    }),
  ]);
  return {
    holder,
    liveSessions,
    cards,
    usableMinor: cards.reduce((sum, card) => sum + card.usableMinor, 0n),
    heldMinor: cards.reduce((sum, card) => sum + card.heldMinor, 0n),
    orders,
    story: mergeStory(sources),
    part,
  };
}
