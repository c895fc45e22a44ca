import type { PaymentState } from '@/lib/checkout';
import { MINUTE_MS } from '@/lib/kernel';

/** What a payment's page says about it. */
export type Outcome = 'paid' | 'pending' | 'cancelling' | 'cancelled' | 'late' | 'returned';

export function outcomeOf(state: PaymentState): Outcome {
  switch (state) {
    case 'PAID':
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return 'paid';
    case 'OPEN':
    case 'HELD':
    case 'EXTERNAL_PENDING':
      return 'pending';
    case 'CANCELLING':
      return 'cancelling';
    case 'CANCELLED':
      return 'cancelled';
    case 'LATE_PAID':
      return 'late';
    case 'EXTERNAL_REFUNDED':
      return 'returned';
  }
}

/** How long after its end a gateway that can be reached has certainly proven a payment dead. */
export const PROOF_GRACE_MS = 3 * MINUTE_MS;
