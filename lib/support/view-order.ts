import { parseId } from '@/lib/kernel';
import { askSources, type CaseRequest, mayHelp, partOf, recordView, storyQuery } from './case-context';
import type { HolderLine } from './model';
import { type CaseOrder, findCaseOrder } from './order-store';
import { gatewayMessages, messagesParked, messagesTold, staffActs } from './record-store';
import type { SupportContext } from './search';
import { findHolders } from './store';
import { mergeStory, type StoryPage, type StoryPart } from './story-model';
import { ordersPlaced, paymentEvents, refundsOf } from './story-store';

/** An order's case: what was bought, what paid, what went back, and how. Amounts in minor units. */
export interface OrderCase {
  readonly order: CaseOrder;
  readonly holder: HolderLine;
  readonly story: StoryPage;
  readonly part: StoryPart | null;
}

/** Shows an order's case and records the view in the audit; `null` for those who are no staff as for an order that does not exist. */
export async function viewOrder(context: SupportContext, request: CaseRequest): Promise<OrderCase | null> {
  const id = parseId('ord', request.id);
  if (!id || !mayHelp(request.actor)) return null;
  const order = await findCaseOrder(context.db, id);
  if (!order) return null;
  const [holder] = await findHolders(context.db, { ids: [order.userId] }, 1);
  if (!holder) return null;
  await recordView(context, request.actor, { action: 'order.viewed', subject: { type: 'order', id } });
  const query = await storyQuery(context, request);
  const part = partOf(request.part);
  const paymentIds = order.payments.map((payment) => payment.id);
  const tenderIds = order.payments.flatMap(({ tenders }) => tenders.map((tender) => tender.id));
  const sources = await askSources(part, {
    money: [
      () => ordersPlaced(query, { id }),
      () => paymentEvents(query, { orderId: id }),
      () => refundsOf(query, { orderId: id }),
    ],
    messages: [
      () => gatewayMessages(query, tenderIds),
      () => messagesTold(query, { userId: order.userId, about: paymentIds }),
      () => messagesParked(query, paymentIds),
    ],
    staff: [() => staffActs(query, [id])],
  });
  return { order, holder, story: mergeStory(sources), part };
}
