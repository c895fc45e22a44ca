import { recordAudit } from '@/lib/audit';
import {
  type CardRequest,
  countOpenRequests,
  type RequestKind,
  requestsAtDesk,
  type SupportCard,
  supportCards,
} from '@/lib/cards';
import { mayHelp } from './case-context';
import type { Agent, HolderLine } from './model';
import type { SupportContext } from './search';
import { findHolders } from './store';

export interface RequestLine {
  readonly id: string;
  readonly request: CardRequest;
  readonly card: SupportCard;
  readonly holder: HolderLine;
  /** Open, and past the day on which it was to be answered. */
  readonly overdue: boolean;
}

export interface RequestList {
  readonly lines: readonly RequestLine[];
  readonly hasNext: boolean;
  readonly waiting: { readonly open: number; readonly overdue: number };
}

export interface RequestFilter {
  readonly open: boolean;
  readonly kind: RequestKind | null;
  /** From 1. */
  readonly page: number;
}

export const REQUEST_PAGE_SIZE = 20;

/**
 * What holders ask, masked: what waits by its deadline, so that what is overdue stands first, or what was decided, the
 * latest first. That it was read is written down; `null` for those who are no staff.
 */
export async function viewRequests(
  context: SupportContext,
  { actor, filter }: { readonly actor: Agent; readonly filter: RequestFilter },
): Promise<RequestList | null> {
  if (!mayHelp(actor)) return null;
  const { db, now } = context;
  const { open, kind, page } = filter;
  await recordAudit(db, { at: now, actor, action: 'requests.viewed', detail: { open, kind, page } });
  const [found, waiting] = await Promise.all([
    requestsAtDesk(db, {
      open,
      kind,
      skip: (page - 1) * REQUEST_PAGE_SIZE,
      take: REQUEST_PAGE_SIZE + 1,
    }),
    countOpenRequests(db, now),
  ]);
  const requests = found.slice(0, REQUEST_PAGE_SIZE);
  const cardIds = [...new Set(requests.map(({ cardId }) => cardId))];
  const userIds = [...new Set(requests.map(({ userId }) => userId))];
  const [cards, holders] = await Promise.all([
    supportCards(context, { ids: cardIds }, cardIds.length),
    findHolders(db, { ids: userIds }, userIds.length),
  ]);
  const lines = requests.flatMap((request) => {
    const card = cards.find(({ id }) => id === request.cardId);
    const holder = holders.find(({ id }) => id === request.userId);
    if (!card || !holder) return [];
    return [
      { id: request.id, request, card, holder, overdue: request.state === 'open' && request.dueAt <= now },
    ];
  });
  return { lines, hasNext: found.length > REQUEST_PAGE_SIZE, waiting };
}
