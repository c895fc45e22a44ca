import { transaction } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { OrderId, ShopRefusal, UserId } from './model';
import type { ShopContext } from './store';

/**
 * Cancels an order that was not paid. Refuses `order_not_found` (also for somebody else's order), `order_not_open`,
 * and `payment_under_way` while a payment of it is alive: money may still arrive for it.
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
  try {
    return await transaction(db, async (tx) => {
      // The row is locked first: a payment that begins takes it as `open` and then waits for this to end.
      const cancelled = await tx.order.updateMany({
        where: { id: orderId, userId, state: 'open' },
        data: { state: 'cancelled' },
      });
      if (cancelled.count === 0) {
        const order = await tx.order.findFirst({ where: { id: orderId, userId }, select: { id: true } });
        return refuse(order ? { code: 'order_not_open' as const } : { code: 'order_not_found' as const });
      }
      const alive = await tx.payment.count({ where: { orderId, state: { notIn: [...DEAD_PAYMENTS] } } });
      if (alive > 0) throw new PaymentAlive();
      return ok();
    });
  } catch (error) {
    if (error instanceof PaymentAlive) return refuse({ code: 'payment_under_way' });
    throw error;
  }
}

/** Payments that take no money for the order any more. */
const DEAD_PAYMENTS = ['CANCELLED', 'LATE_PAID', 'EXTERNAL_REFUNDED'] as const;

/** Thrown to roll the cancellation back. */
class PaymentAlive extends Error {}
