import { auditRow } from '@/lib/audit';
import { type CheckoutContext, findPaymentOfOrder } from '@/lib/checkout';
import { commitUnit, type Database } from '@/lib/database';
import { type Currency, ok, type Result, refuse } from '@/lib/kernel';
import { findPurchase, type Purchase } from './store';
import { refundWithdrawn } from './withdraw-purchase';

/** A purchase that was handed back and whose money is not back: its cards are dead. */
export interface HangingWithdrawal {
  readonly purchaseId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly totalMinor: bigint;
  readonly currency: Currency;
  /** `waiting`: nobody has asked the gateway yet; `asked`: it has not said; `refused`: somebody must try again. */
  readonly refund: 'waiting' | 'asked' | 'refused';
  /** When it was last asked for; null: not yet. */
  readonly askedAt: Date | null;
  /** How often it was asked for: what is asked for again names the refusal that it answers. */
  readonly asked: number;
}

const SHOWN = 100;

/** The purchases whose money is on its way back, those that the gateway refused first. */
export async function hangingWithdrawals(db: Database): Promise<HangingWithdrawal[]> {
  const rows = await db.cardPurchase.findMany({
    where: { state: 'withdrawing' },
    orderBy: { id: 'asc' },
    take: SHOWN,
    select: { id: true },
  });
  const found = await Promise.all(rows.map(({ id }) => findPurchase(db, { id })));
  const lines = await Promise.all(
    found.flatMap((purchase) => (purchase?.state === 'withdrawing' ? [lineOf(db, purchase)] : [])),
  );
  return lines.toSorted((a, b) => Number(b.refund === 'refused') - Number(a.refund === 'refused'));
}

async function lineOf(db: Database, purchase: Purchase): Promise<HangingWithdrawal> {
  const { id: purchaseId, orderId, quantity, unitMinor, currency } = purchase;
  const { tries, refund } = await refundsOf(db, orderId);
  return {
    purchaseId,
    orderId,
    quantity,
    totalMinor: unitMinor * BigInt(quantity),
    currency,
    refund,
    askedAt: tries.at(-1)?.createdAt ?? null,
    asked: tries.length,
  };
}

async function refundsOf(db: Database, orderId: string) {
  const payment = await findPaymentOfOrder(db, orderId);
  const tries = await db.refund.findMany({
    where: { paymentId: payment?.id ?? '' },
    orderBy: { id: 'asc' },
    select: { state: true, createdAt: true },
  });
  const last = tries.at(-1);
  const refund: HangingWithdrawal['refund'] =
    last === undefined ? 'waiting' : last.state === 'FAILED' ? 'refused' : 'asked';
  return { tries, refund };
}

/** Who may ask for money again: staff on its page, or the command. */
const ASKING_ROLES: ReadonlySet<string> = new Set(['support', 'supervisor', 'operator']);

export interface RetryInput {
  readonly purchaseId: string;
  readonly actor: { readonly id: string; readonly role: string };
  /** How often it had been asked for when its refusal was seen; without it, whatever was refused last. */
  readonly asked?: number;
}

/**
 * Asks the gateway once more for money that it refused to send back. However often it is pressed after one refusal, one
 * refund comes of it, and a press that comes when that was refused as well changes nothing. Every press that asks is
 * written down first. Answers how the money stands then.
 */
export async function retryWithdrawal(
  checkout: CheckoutContext,
  { purchaseId, actor, asked }: RetryInput,
): Promise<Result<'back' | 'asked' | 'refused', { readonly code: 'nothing_to_retry' }>> {
  const { db, now } = checkout;
  if (!ASKING_ROLES.has(actor.role)) return refuse({ code: 'nothing_to_retry' });
  const purchase = await findPurchase(db, { id: purchaseId });
  if (purchase?.state !== 'withdrawing') return refuse({ code: 'nothing_to_retry' });
  const { tries, refund } = await refundsOf(db, purchase.orderId);
  if (refund !== 'refused' || tries.length !== (asked ?? tries.length))
    return refuse({ code: 'nothing_to_retry' });
  const subject = { type: 'purchase', id: purchase.id };
  const line = auditRow({ at: now, actor, action: 'purchase.refund_retried', subject });
  await commitUnit(db, { inserts: [{ table: 'AuditEvent', rows: [line] }] });
  await refundWithdrawn(checkout, purchase.id, tries.length);
  if ((await findPurchase(db, { id: purchaseId }))?.state === 'withdrawn') return ok('back');
  return ok((await refundsOf(db, purchase.orderId)).refund === 'refused' ? 'refused' : 'asked');
}
