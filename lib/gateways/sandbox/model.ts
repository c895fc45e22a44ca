import type { ProtocolRefusal, RefundOrder } from './protocol';

/** A trade as the sandbox keeps it. */
export interface SandboxTrade {
  /** Unguessable; the address of its cashier page. */
  readonly id: string;
  readonly outTradeNo: string;
  readonly tradeNo: string;
  readonly state: SandboxTradeState;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly subject: string;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly expiresAt: Date | null;
  readonly paidAt: Date | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
}

export type SandboxTradeState = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED';

export interface SandboxRefund {
  readonly outRequestNo: string;
  readonly amountMinor: bigint;
  readonly createdAt: Date;
}

/** A trade that waits past its expiry is closed, also before anybody has written that down. */
export function isExpired(trade: Pick<SandboxTrade, 'state' | 'expiresAt'>, now: Date): boolean {
  return trade.state === 'WAIT_BUYER_PAY' && trade.expiresAt !== null && trade.expiresAt <= now;
}

/** Why the cashier page cannot be opened (again) for a trade that exists; `null` when it can. */
export function pageRefusal(trade: SandboxTrade, amountMinor: bigint): ProtocolRefusal | null {
  if (trade.amountMinor !== amountMinor) return business('ACQ.CONTEXT_INCONSISTENT');
  if (trade.state === 'TRADE_SUCCESS') return business('ACQ.TRADE_HAS_SUCCESS');
  if (trade.state === 'TRADE_CLOSED') return business('ACQ.TRADE_HAS_CLOSE');
  return null;
}

export type RefundDecision =
  | { readonly kind: 'refuse'; readonly refusal: ProtocolRefusal }
  /** The number was used for the same refund: nothing moves, the answer repeats. */
  | { readonly kind: 'replay' }
  | { readonly kind: 'make'; readonly refundedMinor: bigint; readonly state: SandboxTradeState };

/** `earlier` is the refund that used the same out_request_no, if any. */
export function decideRefund(
  trade: SandboxTrade,
  earlier: SandboxRefund | null,
  order: RefundOrder,
): RefundDecision {
  if (earlier) {
    return earlier.amountMinor === order.refund_amount
      ? { kind: 'replay' }
      : { kind: 'refuse', refusal: business('ACQ.DISCORDANT_REPEAT_REQUEST') };
  }
  if (trade.state === 'TRADE_CLOSED') return { kind: 'refuse', refusal: business('ACQ.TRADE_HAS_CLOSE') };
  if (trade.state === 'WAIT_BUYER_PAY') {
    return { kind: 'refuse', refusal: business('ACQ.TRADE_STATUS_ERROR') };
  }
  const refundedMinor = trade.refundedMinor + order.refund_amount;
  if (refundedMinor > trade.amountMinor) {
    return { kind: 'refuse', refusal: business('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL') };
  }
  const state = refundedMinor === trade.amountMinor ? 'TRADE_CLOSED' : trade.state;
  return { kind: 'make', refundedMinor, state };
}

export function business(subCode: string): ProtocolRefusal {
  return { code: '40004', subCode };
}
