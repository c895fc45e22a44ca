import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requireUser } from '@/app/viewer';
import { type CheckoutContext, checkoutContext, findPaymentOfOrder, type Payment } from '@/lib/checkout';
import type { Id } from '@/lib/kernel';

interface OwnPayment {
  readonly context: CheckoutContext;
  readonly payment: Payment;
  readonly userId: Id<'usr'>;
}

/**
 * The viewer's own payment of an order: the one that counts. For anyone else the page does not exist. Read once for the
 * title and the page.
 */
export const ownPayment = cache(async (orderId: string): Promise<OwnPayment> => {
  const user = await requireUser();
  const context = checkoutContext(new Date());
  const payment = await findPaymentOfOrder(context.db, orderId);
  if (payment?.userId !== user.id) notFound();
  return { context, payment, userId: user.id };
});
