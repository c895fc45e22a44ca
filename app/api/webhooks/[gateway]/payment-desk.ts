import type { PaymentDesk } from '@/lib/gateways';

/** Knows no payments: every message is refused and sent again by the gateway until checkout takes the desk over. */
export const paymentDesk: PaymentDesk = {
  expected: async () => null,
  receive: async () => undefined,
};
