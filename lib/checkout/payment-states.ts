import { invariant } from '@/lib/kernel';

/**
 * The life of a payment. Cards are held before the other part is collected, because most gateways take money at
 * once; "the other part arrived" and the capture of the cards are one commit.
 */
export const paymentStates = {
  OPEN: { publicName: 'processing', terminal: false, next: { cards_held: 'HELD' } },
  HELD: {
    publicName: 'processing',
    terminal: false,
    next: { external_started: 'EXTERNAL_PENDING', settled: 'PAID', cancel_requested: 'CANCELLING' },
  },
  EXTERNAL_PENDING: {
    publicName: 'awaiting_payment',
    terminal: false,
    next: { settled: 'PAID', cancel_requested: 'CANCELLING', external_failed: 'CANCELLING' },
  },
  /** Given up by the shopper, the clock or the gateway; the holds stay until the other part is proven dead. */
  CANCELLING: { publicName: 'cancelling', terminal: false, next: { released: 'CANCELLED', settled: 'PAID' } },
  PAID: {
    publicName: 'paid',
    terminal: false,
    next: { refunded_in_part: 'PARTIALLY_REFUNDED', refunded: 'REFUNDED' },
  },
  PARTIALLY_REFUNDED: {
    publicName: 'partially_refunded',
    terminal: false,
    next: {
      refunded_in_part: 'PARTIALLY_REFUNDED',
      refunded: 'REFUNDED',
      refund_failed: 'PAID',
      refund_failed_in_part: 'PARTIALLY_REFUNDED',
    },
  },
  REFUNDED: {
    publicName: 'refunded',
    terminal: false,
    next: { refund_failed: 'PAID', refund_failed_in_part: 'PARTIALLY_REFUNDED' },
  },
  CANCELLED: { publicName: 'cancelled', terminal: false, next: { late_money: 'LATE_PAID' } },
  /** Money came although the payment was over: it goes back, the cards are not touched. */
  LATE_PAID: {
    publicName: 'returning_late_payment',
    terminal: false,
    next: { late_money_returned: 'EXTERNAL_REFUNDED' },
  },
  EXTERNAL_REFUNDED: { publicName: 'cancelled', terminal: true, next: {} },
} as const satisfies Record<string, { publicName: string; terminal: boolean; next: Record<string, string> }>;

export type PaymentState = keyof typeof paymentStates;
export type PaymentEventName = EventOf<PaymentState>;
type EventOf<S extends PaymentState> = S extends PaymentState
  ? keyof (typeof paymentStates)[S]['next'] & string
  : never;

/** Where `event` leads from `state`; `null` when the table has no such edge. */
export function nextPaymentState(state: PaymentState, event: PaymentEventName): PaymentState | null {
  const next: Record<string, PaymentState> = paymentStates[state].next;
  return next[event] ?? null;
}

/** Narrows a stored value; throws for one that the table does not have. */
export function asPaymentState(text: string): PaymentState {
  invariant(text in paymentStates, `payment state ${text}`);
  return text as PaymentState;
}
