import { type CardRequest, type CardServices, cardServices, findRequest } from '@/lib/cards';
import { identityOnFile } from '@/lib/sales';
import { type CaseRequest, mayHelp, recordView } from './case-context';
import type { SupportContext } from './search';
import { findStaff } from './store';
import { type CardCase, viewCard } from './view-card';

/** One request with everything that it is decided by. */
export interface RequestCase {
  readonly request: CardRequest;
  readonly overdue: boolean;
  /** The card's own case; viewing it here is recorded as a view of the card. */
  readonly card: CardCase;
  /** The rules that it is decided under; null when the card is no longer with who asked. */
  readonly services: CardServices | null;
  /** Who the holder is, masked; null: nothing is on file. */
  readonly identity: {
    readonly id: string;
    readonly maskedName: string;
    readonly maskedNumber: string;
  } | null;
  /** The viewer's own request, which they may not decide. */
  readonly own: boolean;
  /** The name of who decided; null: nobody yet, or the system. */
  readonly decidedBy: string | null;
}

/** Shows a request and records the view in the audit; `null` for those who are no staff as for a request that does not exist. */
export async function viewRequest(
  context: SupportContext & { readonly zone: string },
  asked: CaseRequest,
): Promise<RequestCase | null> {
  if (!mayHelp(asked.actor)) return null;
  const { db, now } = context;
  const request = await findRequest(db, asked.id);
  if (!request) return null;
  const subject = { type: 'request', id: request.id };
  await recordView(context, asked.actor, { action: 'request.viewed', subject });
  const card = await viewCard(context, { ...asked, id: request.cardId });
  if (!card) return null;
  const [services, identity, staff] = await Promise.all([
    cardServices(context, request.userId, request.cardId),
    identityOnFile(db, request.userId),
    findStaff(db),
  ]);
  return {
    request,
    overdue: request.state === 'open' && request.dueAt <= now,
    card,
    services,
    identity,
    own: request.userId === asked.actor.id,
    decidedBy: staff.find(({ id }) => id === request.decidedById)?.name ?? null,
  };
}
