import 'server-only';
import { notFound } from 'next/navigation';
import { requireUser } from '@/app/viewer';
import { type CheckoutContext, checkoutContext, findPaymentOfOrder, type Payment } from '@/lib/checkout';
import type { Id } from '@/lib/kernel';

/** The viewer's own payment of an order: the one that counts. For anyone else the page does not exist. */
export async function ownPayment(
  orderId: string,
): Promise<{ context: CheckoutContext; payment: Payment; userId: Id<'usr'> }> {
  const user = await requireUser();
  const context = checkoutContext(new Date());
  const payment = await findPaymentOfOrder(context.db, orderId);
  if (payment?.userId !== user.id) notFound();
  return { context, payment, userId: user.id };
}
