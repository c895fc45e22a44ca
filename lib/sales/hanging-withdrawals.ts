import { auditRow } from '@/lib/audit';
import { type CheckoutContext, findPaymentOfOrder, findRefundByKey, type Payment } from '@/lib/checkout';
import { commitUnit, type Database } from '@/lib/database';
import { type Currency, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { refundWithdrawal } from './return-money';
import { findPurchase, outboxRow, type Purchase, type Withdrawal, withdrawalsOf } from './store';

/**
 * `waiting`: nobody has asked the gateway yet; `asked`: it has not said; `refused`: somebody must try again; `blocked`: it cannot
 * be asked for, however often, since so much is not left of the payment: somebody must look where it went.
 */
export type RefundStanding = 'waiting' | 'asked' | 'refused' | 'blocked';

/** Cards that were handed back and whose money is not back: they are dead. */
export interface HangingWithdrawal {
  readonly id: string;
  readonly purchaseId: string;
  readonly orderId: string;
  readonly cards: number;
  readonly totalMinor: bigint;
  readonly currency: Currency;
  readonly refund: RefundStanding;
  /** When it was last asked for; null: not yet. */
  readonly askedAt: Date | null;
  /** How many refusals were answered by asking again: who asks names the refusal that was seen. */
  readonly refusals: number;
}

const SHOWN = 100;

/** What somebody must do something about comes first. */
const URGENCY: Readonly<Record<RefundStanding, number>> = { refused: 0, blocked: 1, waiting: 2, asked: 2 };

/** The withdrawals whose money is on its way back, those that the gateway refused first, however many wait beside them. */
export async function hangingWithdrawals(db: Database): Promise<HangingWithdrawal[]> {
  const [refused, all] = await Promise.all([
    withdrawalsOf(db, { state: 'returning', onceRefused: true }, SHOWN),
    withdrawalsOf(db, { state: 'returning' }, SHOWN),
  ]);
  const shown = new Map([...refused, ...all].map((withdrawal) => [withdrawal.id, withdrawal]));
  const lines = await Promise.all([...shown.values()].map((withdrawal) => lineOf(db, withdrawal)));
  return lines.toSorted((a, b) => URGENCY[a.refund] - URGENCY[b.refund]);
}

async function lineOf(db: Database, withdrawal: Withdrawal): Promise<HangingWithdrawal> {
  const { id, purchaseId, cards, amountMinor, refusals } = withdrawal;
  const purchase = await findPurchase(db, { id: purchaseId });
  invariant(purchase, 'a withdrawal is of a purchase');
  const { orderId, currency } = purchase;
  const { refund, askedAt } = await refundOf(db, purchase, withdrawal);
  return { id, purchaseId, orderId, cards, totalMinor: amountMinor, currency, refund, askedAt, refusals };
}

async function refundOf(db: Database, { orderId }: Purchase, { refundKey, amountMinor }: Withdrawal) {
  const payment = await findPaymentOfOrder(db, orderId);
  const asked = payment && (await findRefundByKey(db, { paymentId: payment.id, idempotencyKey: refundKey }));
  const row = asked && (await db.refund.findUnique({ where: { id: asked.id }, select: { createdAt: true } }));
  const askedAt = row ? row.createdAt : null;
  if (asked && asked.state !== 'FAILED') return { refund: 'asked' as const, askedAt };
  if (payment && amountMinor > leftOf(payment)) return { refund: 'blocked' as const, askedAt };
  return { refund: asked ? ('refused' as const) : ('waiting' as const), askedAt };
}

/** What of a payment has not gone back and is not on its way. */
function leftOf({ tenders }: Payment): bigint {
  const lines = tenders.flatMap((tender) => tender.lines);
  return lines.reduce((sum, { amountMinor, refundedMinor }) => sum + amountMinor - refundedMinor, 0n);
}

/** Who may ask for money again: staff on its page, or the command. */
const ASKING_ROLES: ReadonlySet<string> = new Set(['support', 'supervisor', 'operator']);

export interface RetryInput {
  readonly withdrawalId: string;
  readonly actor: { readonly id: string; readonly role: string };
  /** What `HangingWithdrawal` said when its refusal was seen; without it, whatever was refused last. */
  readonly refusals?: number;
}

/**
 * Asks the gateway once more for money that it refused to send back. However often and by however many it is pressed after
 * one refusal, one refund comes of it, and one line of the audit; a press that comes when that was refused as well changes
 * nothing. Returns how the money stands then: `waiting` when other refunds of the payment were in the way, so that the outbox
 * asks for it, as it does after a crash; `blocked` when it would be refused again whoever asks.
 */
export async function retryWithdrawal(
  checkout: CheckoutContext,
  { withdrawalId, actor, refusals }: RetryInput,
): Promise<Result<'back' | RefundStanding, { readonly code: 'nothing_to_retry' }>> {
  const { db, now } = checkout;
  const nothing = refuse({ code: 'nothing_to_retry' } as const);
  if (!ASKING_ROLES.has(actor.role)) return nothing;
  const [withdrawal] = await withdrawalsOf(db, { id: withdrawalId, state: 'returning' });
  const purchase = withdrawal && (await findPurchase(db, { id: withdrawal.purchaseId }));
  if (!withdrawal || !purchase) return nothing;
  const { refund } = await refundOf(db, purchase, withdrawal);
  if (refund === 'blocked') return ok(refund);
  if (refund !== 'refused') return nothing;
  const seen = withdrawal.refusals;
  if (refusals !== undefined && refusals !== seen) return nothing;
  const { id: purchaseId, userId } = purchase;
  const subject = { type: 'purchase', id: purchaseId };
  const detail = { withdrawal: withdrawalId };
  const line = auditRow({ at: now, actor, action: 'purchase.refund_retried', subject, detail });
  const asked = await commitUnit(db, {
    updates: [
      {
        table: 'Withdrawal',
        key: { id: withdrawalId },
        expect: { state: 'returning', refusals: seen },
        set: { refusals: seen + 1 },
      },
    ],
    inserts: [
      { table: 'AuditEvent', rows: [line] },
      { table: 'OutboxMessage', rows: [outboxRow('purchase.withdrawing', { purchaseId, userId }, now)] },
    ],
  });
  if (asked.outcome !== 'committed') return nothing;
  const [asking] = await withdrawalsOf(db, { id: withdrawalId, state: 'returning' });
  const answer = asking && (await refundWithdrawal(checkout, purchase, asking));
  if (answer && !answer.ok && answer.refusal.code !== 'busy') return ok('blocked');
  const [left] = await withdrawalsOf(db, { id: withdrawalId, state: 'returning' });
  return ok(left ? (await refundOf(db, purchase, left)).refund : 'back');
}
