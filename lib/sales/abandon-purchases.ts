import { commitUnit, type Database, type GuardedUpdate } from '@/lib/database';

const BATCH = 100;

/**
 * Ends purchases that will not be paid any more, and forgets what they were to become: the order was cancelled, or its
 * time is over. While a payment of it is alive the order is `paying`, and nothing happens.
 */
export async function abandonPurchases({
  db,
  now,
}: {
  readonly db: Database;
  readonly now: Date;
}): Promise<{ readonly more: boolean }> {
  const rows = await db.cardPurchase.findMany({
    where: {
      state: 'open',
      OR: [{ order: { state: 'cancelled' } }, { order: { state: 'open', payBy: { lte: now } } }],
    },
    select: {
      id: true,
      orderId: true,
      order: { select: { state: true } },
      invoice: { select: { id: true } },
    },
    orderBy: { createdAt: 'asc' },
    take: BATCH,
  });
  for (const { id, orderId, order, invoice } of rows) {
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
    await commitUnit(db, {
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
  return { more: rows.length === BATCH };
}
