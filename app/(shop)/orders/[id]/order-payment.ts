import 'server-only';
import { cardOf } from '@/lib/cards';
import { findPaymentOfOrder, type Payment, type Tender } from '@/lib/checkout';
import { database } from '@/lib/database';
import { type LocalText, type Order, type ReturnableLine, returnableLines } from '@/lib/shop';

/** One tender as the receipt names it. */
export interface ReceiptTender {
  readonly id: string;
  /** null = the other method, named by `gateway`. */
  readonly card: { readonly name: LocalText; readonly lastFour: string } | null;
  readonly gateway: Tender['gateway'];
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refunding: boolean;
}

export interface OrderPayment {
  readonly payment: Payment;
  readonly receipt: readonly ReceiptTender[];
  readonly returnable: readonly ReturnableLine[];
}

/**
 * How an order was paid, and what of it may go back now: the one place where the order's pages meet checkout. null
 * while nothing was paid.
 */
export async function orderPayment(order: Order, now: Date): Promise<OrderPayment | null> {
  const payment = await findPaymentOfOrder(database(), order.id);
  if (!payment || !PAID.has(payment.state)) return null;
  const receipt = await Promise.all(payment.tenders.map((tender) => receiptOf(order, tender, now)));
  return { payment, receipt, returnable: returnableLines(order, leftByLine(payment), now) };
}

async function receiptOf(order: Order, tender: Tender, now: Date): Promise<ReceiptTender> {
  const card = tender.cardId && (await cardOf({ db: database(), now }, order.userId, tender.cardId));
  const { id, gateway, amountMinor, refundedMinor } = tender;
  return {
    id,
    card: card
      ? { name: { zh: card.programme.nameZh, en: card.programme.nameEn }, lastFour: card.lastFour }
      : null,
    gateway,
    amountMinor,
    refundedMinor,
    refunding: tender.state === 'REFUNDING',
  };
}

function leftByLine(payment: Payment): ReadonlyMap<string, bigint> {
  const left = new Map<string, bigint>();
  for (const { orderLineId, amountMinor, refundedMinor } of payment.tenders.flatMap(({ lines }) => lines)) {
    left.set(orderLineId, (left.get(orderLineId) ?? 0n) + amountMinor - refundedMinor);
  }
  return left;
}

const PAID: ReadonlySet<Payment['state']> = new Set(['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED']);
