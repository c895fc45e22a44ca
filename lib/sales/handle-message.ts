import type { CheckoutContext } from '@/lib/checkout';
import type { OutboxMessage } from '@/lib/outbox';
import type { SalesContext } from './context';
import { issuePurchase } from './issue-purchase';
import { endWithdrawal, refundWithdrawn } from './return-money';
import { activateDelivered } from './ship-cards';
import { orderOfPayment } from './store';

/** What the counter does when something was paid, handed back, refunded or delivered. May be called again with each. */
export async function handleSalesMessage(
  contexts: { readonly sales: SalesContext; readonly checkout: CheckoutContext },
  { topic, payload }: OutboxMessage,
): Promise<void> {
  const { sales, checkout } = contexts;
  const { paymentId, purchaseId } = payload;
  if (topic === 'payment.paid' && paymentId) {
    const orderId = await orderOfPayment(sales.db, paymentId);
    if (orderId) await issuePurchase(sales, orderId);
  }
  if (topic === 'purchase.withdrawing' && purchaseId) await refundWithdrawn(checkout, purchaseId);
  if (topic === 'refund.succeeded' && paymentId && !(await endWithdrawal(sales, { paymentId })))
    throw new Error(`withdrawals of ${paymentId} kept changing while they ended`);
  if (topic === 'shipment.delivered' && purchaseId) await activateDelivered(sales, purchaseId);
}
