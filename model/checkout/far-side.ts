import type { Picture, TenderPicture, TradePicture } from './picture';
import { must, sum } from './picture';

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

export const GOOD: Misbehaviour = {
  down: false,
  forgeAnswers: [],
  refuseRefunds: false,
  notify: 'once',
  forgeNotifications: [],
};

/** What one may conclude from the gateway about a payment's other part, and about a refund. */
export type Proof = 'succeeded' | 'pending' | 'failed' | 'unknown';
export type RefundProof = Proof | 'not_found' | 'failed_for_now';

/** A trade that was never opened is given up this long after its end. */
const GRACE_MS = 2 * 60_000;
const LATE_MS = 60_000;

/** The gateway as its protocol describes it, seen through its misbehaviour. */
export class FarSide {
  misbehaviour: Misbehaviour = GOOD;

  constructor(
    private readonly picture: () => Picture,
    private readonly nowMs: () => number,
  ) {}

  /** The shopper opens the cashier's address; false when it shows something else. */
  visit(tender: TenderPicture, expiresMs: number): boolean {
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
    this.picture().trades.set(tender.id, opened);
    return true;
  }

  /** The shopper confirms there. `notify` is what this trade alone does about messages. */
  confirm(tenderId: string, notify = this.misbehaviour.notify): boolean {
    const trade = this.picture().trades.get(tenderId);
    if (trade?.state !== 'WAIT_BUYER_PAY' || this.isOver(trade)) return false;
    trade.state = 'TRADE_SUCCESS';
    const dueMs = this.nowMs() + (notify === 'late' ? LATE_MS : 0);
    if (notify !== 'never') this.picture().owed.push({ tenderId, dueMs });
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
    // The number was used before, or the refusal could hide an earlier success: the gateway is asked.
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

  /** `null` when this very call made the refund. */
  private carryOut(trade: TradePicture, number: string, amountMinor: bigint): RefundProof | null {
    const earlier = trade.refunds.has(number);
    if (earlier) return 'pending';
    if (trade.state !== 'TRADE_SUCCESS') return 'failed';
    if (sum(trade.refunds.values()) + amountMinor > trade.amountMinor) return 'failed';
    if (this.misbehaviour.refuseRefunds) return 'failed_for_now';
    trade.refunds.set(number, amountMinor);
    if (sum(trade.refunds.values()) === trade.amountMinor) trade.state = 'TRADE_CLOSED';
    return null;
  }

  /** A trade that waits past its end is closed as soon as anybody looks. */
  private trade(tenderId: string): TradePicture | undefined {
    const trade = this.picture().trades.get(tenderId);
    if (trade?.state === 'WAIT_BUYER_PAY' && this.isOver(trade)) trade.state = 'TRADE_CLOSED';
    return trade;
  }

  private isOver({ expiresMs }: TradePicture): boolean {
    return expiresMs !== null && expiresMs <= this.nowMs();
  }

  private neverOpened(expiresMs: number): Proof {
    return this.nowMs() >= expiresMs + GRACE_MS ? 'failed' : 'pending';
  }
}

function proofOf({ state }: TradePicture): Proof {
  if (state === 'TRADE_SUCCESS') return 'succeeded';
  return state === 'WAIT_BUYER_PAY' ? 'pending' : 'failed';
}
