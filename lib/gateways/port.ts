import type { Currency, Result } from '@/lib/kernel';

/** The name of every gateway, as tenders, routes and configuration use it. */
export const GATEWAY_NAMES = ['alipay'] as const;
export type GatewayName = (typeof GATEWAY_NAMES)[number];

/**
 * What the rest of the product knows about an external payment method.
 *
 * Every method either tells what the gateway itself has proven, or answers `unknown`: a lost answer, a broken
 * signature or an unfamiliar code is never read as success or as failure. Ask again with the same ids: they are
 * the idempotency keys, so a repeated call cannot charge or refund twice. Nothing here throws for what a gateway
 * says or fails to say; a throw is a bug.
 */
export interface Gateway {
  readonly name: GatewayName;
  readonly capabilities: GatewayCapabilities;
  /** Starts a payment and tells how the shopper proceeds. Moves no money by itself. */
  create(request: CreateRequest): Promise<CreateOutcome>;
  query(request: PaymentInquiry): Promise<PaymentOutcome>;
  /** Asks the gateway to end an unpaid payment. `succeeded` when the shopper paid first. */
  close(request: PaymentInquiry): Promise<PaymentOutcome>;
  refund(request: RefundRequest): Promise<RefundOutcome>;
  queryRefund(request: RefundRequest): Promise<RefundOutcome>;
  /** Verifies a message that claims to come from the gateway. The caller still compares it with the payment: `checkNotification`. */
  parseNotification(message: InboundMessage): Promise<Result<GatewayNotification, NotificationRefusal>>;
  /** The exact answer the gateway expects: `accepted` ends its retries, otherwise it sends the message again. */
  acknowledge(accepted: boolean): GatewayReply;
}

export type PaymentMode = 'desktop' | 'mobile';

export interface GatewayCapabilities {
  /** `at_once`: the money is taken when the shopper confirms, so cards are held first. `hold`: it can be held too. */
  readonly capture: 'at_once' | 'hold';
  readonly currencies: readonly Currency[];
  readonly modes: readonly PaymentMode[];
  readonly partialRefund: boolean;
  readonly refundWindowDays: number;
  /** How far after the start of a payment its expiry may lie. */
  readonly expiry: { readonly minMs: number; readonly maxMs: number };
  readonly amount: { readonly minMinor: bigint; readonly maxMinor: bigint };
}

/** One payment at the gateway. `paymentNo` is our tender's id; the same one never pays twice. */
export interface PaymentInquiry {
  readonly paymentNo: string;
  readonly amountMinor: bigint;
  /** The expiry given at `create`: after it the gateway lets nobody pay, which can prove an unvisited payment dead. */
  readonly expiresAt: Date;
  readonly now: Date;
}

export interface CreateRequest extends PaymentInquiry {
  /** What the shopper reads at the gateway, e.g. 福选商城 订单 1024. */
  readonly subject: string;
  readonly mode: PaymentMode;
  /** Where the gateway sends the shopper back. Coming back proves nothing: query. */
  readonly returnUrl: string;
}

export interface RefundRequest {
  readonly paymentNo: string;
  /** Our refund's id: the same one never refunds twice. */
  readonly refundNo: string;
  /** This refund's amount, not the sum of all of them. */
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly now: Date;
}

/** How the shopper proceeds to the gateway. */
export type ShopperStep =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'form'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

export type CreateOutcome =
  | { readonly status: 'ready'; readonly next: ShopperStep }
  | { readonly status: 'failed'; readonly reason: 'amount_out_of_range' | 'expiry_out_of_range' | 'declined' }
  | Unknown;

export type PaymentOutcome = PaymentSucceeded | PaymentPending | PaymentFailed | Unknown;

export interface PaymentSucceeded {
  readonly status: 'succeeded';
  readonly gatewayTradeNo: string;
  readonly amountMinor: bigint;
  /** `null` when the gateway did not say. */
  readonly paidAt: Date | null;
  /** False once the gateway has finished the trade for good: it takes no refunds any more. */
  readonly refundable: boolean;
}

export interface PaymentPending {
  readonly status: 'pending';
  /** `not_started`: the shopper never reached the cashier, or has not yet. Still payable until it expires. */
  readonly stage: 'not_started' | 'awaiting_payer' | 'processing';
}

/** Proven dead: no money of this payment is or will be with the gateway. Holds may be released. */
export interface PaymentFailed {
  readonly status: 'failed';
  /**
   * `closed`: closed unpaid. `never_started`: expired without a visit. `refunded`: paid and since sent back in
   * full. `declined`: refused by the payer's side.
   */
  readonly reason: 'closed' | 'never_started' | 'refunded' | 'declined';
}

export type RefundOutcome =
  | { readonly status: 'succeeded'; readonly amountMinor: bigint; readonly refundedAt: Date | null }
  | { readonly status: 'pending' }
  /** The gateway does not have this refund (yet): send it again with the same number. */
  | { readonly status: 'not_found' }
  | { readonly status: 'failed'; readonly reason: RefundFailure; readonly detail: string }
  | Unknown;

/** `balance` may pass later with the same number; the others need a person. */
export type RefundFailure =
  | 'balance'
  | 'exceeds_payment'
  | 'not_refundable'
  | 'no_such_payment'
  | 'number_reused';

/** Not an answer. Keep what is held and ask again. */
export interface Unknown {
  readonly status: 'unknown';
  readonly reason: 'timeout' | 'network' | 'server_error' | 'unverifiable' | 'mismatch' | 'not_understood';
  /** For logs and support only. */
  readonly detail: string;
}

export function unknown(reason: Unknown['reason'], detail: string): Unknown {
  return { status: 'unknown', reason, detail };
}

/** A request as it arrived, before anything in it is believed. */
export interface InboundMessage {
  readonly headers: Headers;
  readonly body: string;
}

/** A verified message of the gateway about one payment. It may be late, repeated or out of order. */
export interface GatewayNotification {
  readonly gateway: GatewayName;
  /** The gateway's id of the message; its retries carry the same one. */
  readonly notifyId: string;
  readonly paymentNo: string;
  readonly amountMinor: bigint;
  readonly outcome: PaymentOutcome;
}

export type NotificationRefusal =
  | { readonly code: 'malformed' }
  | { readonly code: 'bad_signature' }
  | { readonly code: 'wrong_app' }
  | { readonly code: 'wrong_seller' }
  | { readonly code: 'unknown_payment' }
  | { readonly code: 'amount_mismatch' };

export interface GatewayReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Compares a verified notification with the payment it names. `expected` is what our own records say, `null`
 * when they hold no such payment. `null` means that it may be acted on.
 */
export function checkNotification(
  notification: GatewayNotification,
  expected: { readonly amountMinor: bigint } | null,
): NotificationRefusal | null {
  if (!expected) return { code: 'unknown_payment' };
  if (expected.amountMinor !== notification.amountMinor) return { code: 'amount_mismatch' };
  return null;
}
