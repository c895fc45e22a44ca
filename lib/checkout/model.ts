import type { Database } from '@/lib/database';
import type { Gateway, GatewayName } from '@/lib/gateways';
import type { Currency } from '@/lib/kernel';
import type { PaymentState } from './payment-states';
import type { QuoteRefusal } from './quote-model';
import type { RefundAllocationRefusal, RefundPolicy } from './refund-allocation';
import type { RefundState } from './refund-states';
import type { TenderState } from './tender-states';

/** What every operation of checkout is given. */
export interface CheckoutContext {
  readonly db: Database;
  readonly now: Date;
  /** `null` when the gateway is not configured. */
  readonly gateway: (name: GatewayName) => Gateway | null;
  readonly refundPolicy: RefundPolicy;
  /** The issuer's zone, in whose days a card's limit counts. */
  readonly zone: string;
}

export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly userId: string;
  readonly state: PaymentState;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly gateway: GatewayName | null;
  readonly createdAt: Date;
  /** When the gateway stops taking the other part; null when cards pay everything. */
  readonly expiresAt: Date | null;
  readonly checkAt: Date | null;
  readonly checks: number;
  readonly tenders: readonly Tender[];
}

export interface Tender {
  readonly id: string;
  readonly kind: 'card' | 'external';
  readonly cardId: string | null;
  /** The card's ledger account; a replaced card keeps it, so refunds reach the successor. */
  readonly accountId: string | null;
  readonly gateway: GatewayName | null;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly state: TenderState;
  readonly gatewayReference: string | null;
  readonly lines: readonly TenderLine[];
}

export interface TenderLine {
  readonly orderLineId: string;
  /** The merchant's payable account. */
  readonly merchantAccountId: string;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
}

export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amountMinor: bigint;
  readonly reason: string | null;
  readonly checks: number;
  readonly parts: readonly RefundPart[];
}

export interface RefundPart {
  readonly id: string;
  readonly refundId: string;
  readonly tenderId: string;
  readonly amountMinor: bigint;
  readonly state: RefundState;
}

/** Why a payment was not started. Nothing has changed. */
export type PayRefusal =
  | QuoteRefusal
  | { readonly code: 'order_not_found' }
  | { readonly code: 'order_not_payable' }
  | { readonly code: 'order_expired' }
  /** Balances or rules changed since the split was shown: show the new one and let the shopper confirm it. */
  | { readonly code: 'split_changed' }
  | { readonly code: 'method_needed' }
  | { readonly code: 'method_unavailable' }
  | { readonly code: 'already_being_paid'; readonly paymentId: string }
  | { readonly code: 'idempotency_key_reused' };

export type RefundRefusal =
  | RefundAllocationRefusal
  | { readonly code: 'payment_not_found' }
  | { readonly code: 'payment_not_paid' }
  | { readonly code: 'idempotency_key_reused' }
  /** Other refunds of the same payment kept coming in between; try again. */
  | { readonly code: 'busy' };

/** How long a shopper has at the gateway. The holds live until the gateway's end is proven. */
export const EXTERNAL_WINDOW_MS = 10 * 60 * 1_000;
/** How long after that end a hold may live before the audit calls it stuck. */
export const HOLD_GRACE_MS = 30 * 60 * 1_000;

const FIRST_CHECK_MS = 2_000;
const SLOWEST_CHECK_MS = 20_000;

/** When the worker asks a gateway again: quickly at first, never less often than every 20 seconds. */
export function nextCheckAt(now: Date, checks: number): Date {
  const delayMs = Math.min(FIRST_CHECK_MS * 2 ** checks, SLOWEST_CHECK_MS);
  return new Date(now.getTime() + delayMs);
}
