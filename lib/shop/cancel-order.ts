import { ok, type Result, refuse } from '@/lib/kernel';
import { canBecome, ORDER_STATES, type OrderId, type ShopRefusal, type UserId } from './model';
import { readOrder, type ShopContext } from './store';

/**
 * Cancels an order that was not paid. Refuses `order_not_found` (also for somebody else's order), `order_not_open`,
 * and `payment_under_way` while a payment of it is alive: money may still arrive for it. One guarded update decides:
 * a payment that begins takes the order from `open` to `paying` by the same kind of update.
 */
export async function cancelOrder(
  { db }: ShopContext,
  { userId, orderId }: { userId: UserId; orderId: OrderId },
): Promise<
  Result<
    undefined,
    Extract<ShopRefusal, { code: 'order_not_found' | 'order_not_open' | 'payment_under_way' }>
  >
> {
  const cancelled = await db.order.updateMany({
    where: { id: orderId, userId, state: { in: CANCELLABLE } },
    data: { state: 'cancelled' },
  });
  if (cancelled.count > 0) return ok();
  const order = await readOrder(db, { id: orderId, userId });
  if (!order) return refuse({ code: 'order_not_found' });
  return refuse({ code: order.state === 'paying' ? 'payment_under_way' : 'order_not_open' });
}

const CANCELLABLE = ORDER_STATES.filter((state) => canBecome(state, 'cancelled'));
