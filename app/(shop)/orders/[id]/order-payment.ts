import 'server-only';
import { checkoutContext, type PaymentSummary, paymentSummaryOf } from '@/lib/checkout';
import { type Order, type ReturnableLine, returnableLines } from '@/lib/shop';

export interface OrderPayment extends PaymentSummary {
  readonly returnable: readonly ReturnableLine[];
}

/**
 * How an order is being or was paid, and what of it may go back now: the one place where the order's pages meet
 * checkout. null while nobody has tried to pay it.
 */
export async function orderPayment(order: Order, now: Date): Promise<OrderPayment | null> {
  const summary = await paymentSummaryOf(checkoutContext(now), { orderId: order.id, userId: order.userId });
  if (!summary) return null;
  const left = new Map(summary.refundable.map(({ lineId, amountMinor }) => [lineId, amountMinor]));
  return { ...summary, returnable: returnableLines(order, left, now) };
}
