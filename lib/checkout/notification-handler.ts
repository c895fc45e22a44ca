import type { NotificationHandler } from '@/lib/gateways';
import { applyOutcome } from './check-payment';
import type { CheckoutContext } from './model';
import { externalTenders } from './movements';
import { findPaymentOfTender } from './store';

/**
 * Acts on gateways' notifications once they are verified and compared. They may be late, repeated or out of order: the state
 * machine decides what each still means.
 */
export const notificationHandler: NotificationHandler<CheckoutContext> = {
  expected: async (context, paymentNo) => {
    const payment = await findPaymentOfTender(context.db, paymentNo);
    const tender = payment && externalTenders(payment).find(({ id }) => id === paymentNo);
    return tender ? { amountMinor: tender.amountMinor } : null;
  },
  receive: async (context, notification) => {
    const payment = await findPaymentOfTender(context.db, notification.paymentNo);
    if (payment?.gateway === notification.gateway) await applyOutcome(context, payment, notification.outcome);
  },
};
