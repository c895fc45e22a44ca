import type { Choice } from './split';

/** What shoppers, support and workers ask of checkout and the gateway. Any of these can be sent concurrently. */
export type Request =
  | ({ readonly ask: 'pay' } & PayRequest)
  | ({ readonly ask: 'refund' } & RefundRequest)
  | { readonly ask: 'visit' | 'confirm' | 'check' | 'cancel'; readonly paymentId: string }
  | { readonly ask: 'checkRefund'; readonly refundId: string }
  | { readonly ask: 'freeze' | 'unfreeze'; readonly cardId: string }
  | { readonly ask: 'cancelOrder'; readonly orderId: string }
  | { readonly ask: 'due' };

export interface PayRequest {
  readonly orderId: string;
  readonly choice: readonly Choice[] | null;
  /** Whether a gateway may collect the rest. */
  readonly method: boolean;
  /** The split as the shopper saw it. */
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  readonly key: string;
}

export interface RefundRequest {
  readonly paymentId: string;
  readonly lines: readonly { readonly lineId: string; readonly amountMinor: bigint }[];
  readonly policy: 'CARD_FIRST' | 'EXTERNAL_FIRST';
  readonly key: string;
}
