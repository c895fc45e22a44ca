import { database } from '../lib/database';

/** Lets the far side refuse to send back what was paid for an order, as if its trade were over, or take refunds again. */
export async function prepareRefusal(wish: { orderId: string; refuses: boolean }): Promise<void> {
  const { orderId, refuses } = wish;
  const db = database();
  const tenders = await db.tender.findMany({ where: { payment: { orderId } }, select: { id: true } });
  await db.sandboxTrade.updateMany({
    where: { outTradeNo: { in: tenders.map(({ id }) => id) } },
    data: { state: refuses ? 'TRADE_CLOSED' : 'TRADE_SUCCESS' },
  });
}
