import { checkNotification, type GatewayNotification, type NotificationRefusal } from '@/lib/gateways';
import { ok, type Result, refuse } from '@/lib/kernel';
import { applyOutcome } from './check-payment';
import type { CheckoutContext } from './model';
import { externalTenders } from './movements';
import { findPaymentOfTender } from './store';

/**
 * Acts on a verified message of a gateway, which may be late, repeated or out of order: the state machine decides
 * what it still means. Refuses a message about a payment that is not ours or not of that amount.
 */
export async function receiveNotification(
  context: CheckoutContext,
  notification: GatewayNotification,
): Promise<Result<undefined, NotificationRefusal>> {
  const payment = await findPaymentOfTender(context.db, notification.paymentNo);
  const tender = payment
    ? externalTenders(payment).find(({ id }) => id === notification.paymentNo)
    : undefined;
  const expected = tender?.gateway === notification.gateway ? tender : null;
  const refusal = checkNotification(notification, expected);
  if (refusal) return refuse(refusal);
  if (payment) await applyOutcome(context, payment, notification.outcome);
  return ok();
}
