import { countOpenRequests, type SupportCard, supportCards } from '@/lib/cards';
import { HOUR_MS, plusMs } from '@/lib/kernel';
import { mayHelp } from './case-context';
import type { Agent, HolderLine, OrderLine } from './model';
import type { SupportContext } from './search';
import { findHolders, findOrders } from './store';

/** Something that this member of staff viewed, masked as in every list. */
export type RecentLook = RecentThing & { readonly at: Date };

type RecentThing = { readonly id: string } & (
  | { readonly kind: 'card'; readonly card: SupportCard }
  | { readonly kind: 'order'; readonly order: OrderLine }
  | { readonly kind: 'holder'; readonly holder: HolderLine }
);

/** What waits for people. */
export interface Attention {
  /** Payments and refunds that should long have ended, and the orders of the oldest. */
  readonly stuckPayments: number;
  readonly stuckRefunds: number;
  readonly stuckOrders: readonly { readonly id: string; readonly number: string }[];
  /** Messages that kept failing and are not tried any more. */
  readonly parkedMessages: number;
  /** What holders ask, and how much of it should have been answered. */
  readonly requests: { readonly open: number; readonly overdue: number };
}

export interface Desk {
  readonly looks: readonly RecentLook[];
  readonly attention: Attention;
}

/** An order is open for half an hour, and an outcome is known a minute after the gateway can be reached. */
const STUCK_AFTER_MS = HOUR_MS;
const VIEWS_SHOWN = 6;
const VIEWS_READ = 60;
const STUCK_SHOWN = 5;

/**
 * The first page of the desk: the agent's own last looks, each thing once, and what waits for people; `null` for those
 * who are no staff. Nothing is written down: the looks were when they were made, and a count names nobody.
 */
export async function viewDesk(context: SupportContext, actor: Agent): Promise<Desk | null> {
  if (!mayHelp(actor)) return null;
  const [looks, attention] = await Promise.all([recentLooks(context, actor), attentionOf(context)]);
  return { looks, attention };
}

async function recentLooks(context: SupportContext, actor: Agent): Promise<RecentLook[]> {
  const lines = await context.db.auditEvent.findMany({
    where: { actorId: actor.id, action: { in: VIEW_ACTIONS } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: VIEWS_READ,
    select: { at: true, subjectId: true },
  });
  const latest = new Map<string, Date>();
  for (const { at, subjectId } of lines)
    if (subjectId && !latest.has(subjectId) && latest.size < VIEWS_SHOWN) latest.set(subjectId, at);
  const ids = [...latest.keys()];
  const [cards, orders, holders] = await Promise.all([
    supportCards(context, { ids: startingWith(ids, 'crd_') }, VIEWS_SHOWN),
    findOrders(context.db, { ids: startingWith(ids, 'ord_') }, VIEWS_SHOWN),
    findHolders(context.db, { ids: startingWith(ids, 'usr_') }, VIEWS_SHOWN),
  ]);
  const things: readonly RecentThing[] = [
    ...cards.map((card) => ({ kind: 'card' as const, id: card.id, card })),
    ...orders.map((order) => ({ kind: 'order' as const, id: order.id, order })),
    ...holders.map((holder) => ({ kind: 'holder' as const, id: holder.id, holder })),
  ];
  return [...latest].flatMap(([id, at]) => {
    const thing = things.find((each) => each.id === id);
    return thing ? [{ ...thing, at }] : [];
  });
}

const VIEW_ACTIONS = ['card.viewed', 'order.viewed', 'holder.viewed'];

function startingWith(ids: readonly string[], prefix: string): string[] {
  return ids.filter((id) => id.startsWith(prefix));
}

async function attentionOf({ db, now }: SupportContext): Promise<Attention> {
  // `checkAt` is set only while a payment or refund has not ended.
  const stuck = { checkAt: { not: null }, createdAt: { lt: plusMs(now, -STUCK_AFTER_MS) } };
  const [stuckPayments, stuckRefunds, oldest, parkedMessages, requests] = await Promise.all([
    db.payment.count({ where: stuck }),
    db.refund.count({ where: stuck }),
    db.payment.findMany({
      where: { OR: [stuck, { refunds: { some: stuck } }] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: STUCK_SHOWN,
      select: { order: { select: { id: true, number: true } } },
    }),
    db.outboxMessage.count({ where: { parkedAt: { not: null }, deliveredAt: null } }),
    countOpenRequests(db, now),
  ]);
  const stuckOrders = [...new Map(oldest.map(({ order }) => [order.id, order])).values()];
  return { stuckPayments, stuckRefunds, stuckOrders, parkedMessages, requests };
}
