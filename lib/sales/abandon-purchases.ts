import { commitUnit, type Database, type GuardedUpdate } from '@/lib/database';
import { forEachPagedRow } from '@/lib/kernel';

interface AbandonContext {
  readonly db: Database;
  readonly now: Date;
}

const PAGE = 100;

/**
 * Ends purchases that will not be paid any more, and forgets what they were to become: the order was cancelled, or its
 * time is over. While a payment of it is alive the order is `paying`, and nothing happens.
 */
export async function abandonPurchases(context: AbandonContext): Promise<void> {
  const page = (after: string) => lapsedPurchases(context, after);
  await forEachPagedRow({ page, size: PAGE }, (purchase) => abandon(context, purchase));
}

type LapsedPurchase = Awaited<ReturnType<typeof lapsedPurchases>>[number];

function lapsedPurchases({ db, now }: AbandonContext, after: string) {
  return db.cardPurchase.findMany({
    where: {
      id: { gt: after },
      state: 'open',
      OR: [{ order: { state: 'cancelled' } }, { order: { state: 'open', payBy: { lte: now } } }],
    },
    select: {
      id: true,
      orderId: true,
      order: { select: { state: true } },
      invoice: { select: { id: true } },
    },
    orderBy: { id: 'asc' },
    take: PAGE,
  });
}

function abandon({ db }: AbandonContext, { id, orderId, order, invoice }: LapsedPurchase): Promise<unknown> {
  const cancelled: GuardedUpdate[] = invoice
    ? [
        {
          table: 'Invoice',
          key: { id: invoice.id },
          expect: { state: 'requested' },
          set: { state: 'cancelled' },
        },
      ]
    : [];
  return commitUnit(db, {
    updates: [
      { table: 'Order', key: { id: orderId }, expect: { state: order.state }, set: { state: 'cancelled' } },
      {
        table: 'CardPurchase',
        key: { id },
        expect: { state: 'open' },
        set: { state: 'abandoned', sealedPlan: null },
      },
      ...cancelled,
    ],
  });
}
