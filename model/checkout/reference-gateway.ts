import type { Snapshot, TenderSnapshot, TradeSnapshot } from './snapshot';
import { must, sum } from './snapshot';

/** How the gateway misbehaves, for every trade. */
export interface Misbehaviour {
  /** Nothing is answered and nothing is done. */
  readonly down: boolean;
  /** These are done, but their answers cannot be believed. */
  readonly forgeAnswers: readonly ('query' | 'close' | 'refund' | 'refund_query')[];
  readonly refuseRefunds: boolean;
  readonly notify: 'once' | 'duplicate' | 'late' | 'never';
  readonly forgeNotifications: readonly ('signature' | 'amount' | 'app_id')[];
}

export const NO_FAULTS: Misbehaviour = {
  down: false,
  forgeAnswers: [],
  refuseRefunds: false,
  notify: 'once',
  forgeNotifications: [],
};

/** What the gateway's answer proves about a collection; for a refund there are two answers more. */
export type Proof = 'succeeded' | 'pending' | 'failed' | 'unknown';
export type RefundProof = Proof | 'not_found' | 'failed_for_now';

/** A trade that the shopper never opened counts as dead this long after its expiry. */
const GRACE_MS = 2 * 60_000;
const LATE_MS = 60_000;

/** The model of the gateway: what its protocol says it does and answers, with the misbehaviour that is switched on. */
export class ReferenceGateway {
  misbehaviour: Misbehaviour = NO_FAULTS;

  constructor(
    private readonly snapshot: () => Snapshot,
    private readonly nowMs: () => number,
  ) {}

  /** The shopper opens the cashier's address; false when it shows something else. */
  visit(tender: TenderSnapshot, expiresMs: number): boolean {
    if (this.misbehaviour.down) return false;
    const trade = this.trade(tender.id);
    if (trade) return trade.state === 'WAIT_BUYER_PAY';
    // The protocol knows no fractions of a second.
    const endsMs = expiresMs - (expiresMs % 1_000);
    if (endsMs <= this.nowMs()) return false;
    const { amountMinor } = tender;
    const opened = {
      state: 'WAIT_BUYER_PAY',
      amountMinor,
      expiresMs: endsMs,
      refunds: new Map<string, bigint>(),
    };
    this.snapshot().trades.set(tender.id, opened);
    return true;
  }

  /** The shopper confirms there. `notify` overrides, for this trade, how the gateway sends notifications. */
  confirm(tenderId: string, notify = this.misbehaviour.notify): boolean {
    const trade = this.snapshot().trades.get(tenderId);
    if (trade?.state !== 'WAIT_BUYER_PAY' || this.isOver(trade)) return false;
    trade.state = 'TRADE_SUCCESS';
    const dueMs = this.nowMs() + (notify === 'late' ? LATE_MS : 0);
    if (notify !== 'never') this.snapshot().owed.push({ tenderId, dueMs });
    return true;
  }

  query(tenderId: string, expiresMs: number): Proof {
    if (this.misbehaviour.down) return 'unknown';
    const trade = this.trade(tenderId);
    if (this.misbehaviour.forgeAnswers.includes('query')) return 'unknown';
    return trade ? proofOf(trade) : this.neverOpened(expiresMs);
  }

  close(tenderId: string, expiresMs: number): Proof {
    if (this.misbehaviour.down) return 'unknown';
    const trade = this.trade(tenderId);
    const closes = trade?.state === 'WAIT_BUYER_PAY';
    if (closes) trade.state = 'TRADE_CLOSED';
    if (this.misbehaviour.forgeAnswers.includes('close')) return 'unknown';
    if (!trade) return this.neverOpened(expiresMs);
    return closes ? 'failed' : this.query(tenderId, expiresMs);
  }

  refund(tenderId: string, number: string, amountMinor: bigint): RefundProof {
    if (this.misbehaviour.down) return 'unknown';
    const trade = must(this.trade(tenderId), `trade ${tenderId}`);
    const refused = this.carryOut(trade, number, amountMinor);
    if (this.misbehaviour.forgeAnswers.includes('refund')) return 'unknown';
    if (refused === null) return 'succeeded';
    // The number was used before, or an earlier attempt may have succeeded: a refund query settles it.
    const known = this.queryRefund(tenderId, number);
    if (known !== 'not_found') return known;
    return refused;
  }

  queryRefund(tenderId: string, number: string): RefundProof {
    if (this.misbehaviour.down) return 'unknown';
    const trade = must(this.trade(tenderId), `trade ${tenderId}`);
    if (this.misbehaviour.forgeAnswers.includes('refund_query')) return 'unknown';
    return trade.refunds.has(number) ? 'succeeded' : 'not_found';
  }

  /** `null` when this call made the refund, else why it did not. */
  private carryOut(trade: TradeSnapshot, number: string, amountMinor: bigint): RefundProof | null {
    const earlier = trade.refunds.has(number);
    if (earlier) return 'pending';
    if (trade.state !== 'TRADE_SUCCESS') return 'failed';
    if (sum(trade.refunds.values()) + amountMinor > trade.amountMinor) return 'failed';
    if (this.misbehaviour.refuseRefunds) return 'failed_for_now';
    trade.refunds.set(number, amountMinor);
    if (sum(trade.refunds.values()) === trade.amountMinor) trade.state = 'TRADE_CLOSED';
    return null;
  }

  /** Reads a trade; one that is unpaid after its expiry is closed by that. */
  private trade(tenderId: string): TradeSnapshot | undefined {
    const trade = this.snapshot().trades.get(tenderId);
    if (trade?.state === 'WAIT_BUYER_PAY' && this.isOver(trade)) trade.state = 'TRADE_CLOSED';
    return trade;
  }

  private isOver({ expiresMs }: TradeSnapshot): boolean {
    return expiresMs !== null && expiresMs <= this.nowMs();
  }

  private neverOpened(expiresMs: number): Proof {
    return this.nowMs() >= expiresMs + GRACE_MS ? 'failed' : 'pending';
  }
}

function proofOf({ state }: TradeSnapshot): Proof {
  if (state === 'TRADE_SUCCESS') return 'succeeded';
  return state === 'WAIT_BUYER_PAY' ? 'pending' : 'failed';
}
