import { invariant } from '@/lib/kernel';

/**
 * The life of a payment. Cards are held before the other part is collected, because most gateways take money at
 * once; "the other part arrived" and the capture of the cards are one commit. What cards pay alone is opened and settled in
 * one. Of the payments of an order at most one is `alive`: it has paid the order or still may (a partial unique index lists
 * the same states).
 */
export const paymentStates = {
  OPEN: {
    publicName: 'processing',
    terminal: false,
    alive: true,
    next: { cards_held: 'HELD', settled: 'PAID' },
  },
  HELD: {
    publicName: 'processing',
    terminal: false,
    alive: true,
    next: { external_started: 'EXTERNAL_PENDING', settled: 'PAID' },
  },
  EXTERNAL_PENDING: {
    publicName: 'awaiting_payment',
    terminal: false,
    alive: true,
    next: { settled: 'PAID', cancel_requested: 'CANCELLING', external_failed: 'CANCELLING' },
  },
  /** Given up by the shopper, the clock or the gateway; the holds stay until the other part is proven dead. */
  CANCELLING: {
    publicName: 'cancelling',
    terminal: false,
    alive: true,
    next: { released: 'CANCELLED', settled: 'PAID' },
  },
  PAID: {
    publicName: 'paid',
    terminal: false,
    alive: true,
    next: { refunded_in_part: 'PARTIALLY_REFUNDED', refunded: 'REFUNDED' },
  },
  PARTIALLY_REFUNDED: {
    publicName: 'partially_refunded',
    terminal: false,
    alive: true,
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
    alive: true,
    next: { refund_failed: 'PAID', refund_failed_in_part: 'PARTIALLY_REFUNDED' },
  },
  CANCELLED: { publicName: 'cancelled', terminal: false, alive: false, next: { late_money: 'LATE_PAID' } },
  /** Money came although the payment was over: it goes back, the cards are not touched. */
  LATE_PAID: {
    publicName: 'returning_late_payment',
    terminal: false,
    alive: false,
    next: { late_money_returned: 'EXTERNAL_REFUNDED' },
  },
  EXTERNAL_REFUNDED: { publicName: 'cancelled', terminal: true, alive: false, next: {} },
} as const satisfies Record<string, PaymentStateEntry>;

interface PaymentStateEntry {
  readonly publicName: string;
  readonly terminal: boolean;
  readonly alive: boolean;
  readonly next: Readonly<Record<string, string>>;
}

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
  invariant(Object.hasOwn(paymentStates, text), `payment state ${text}`);
  return text as PaymentState;
}

/** The states of a payment that has paid its order or still may. */
export const aliveStates: readonly PaymentState[] = Object.keys(paymentStates)
  .map(asPaymentState)
  .filter((state) => paymentStates[state].alive);
