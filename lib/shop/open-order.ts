import { randomInt } from 'node:crypto';
import type { Tx } from '@/lib/database';
import { type Currency, newId, plusMs } from '@/lib/kernel';
import {
  type LineCategory,
  type LocalText,
  type MerchantKind,
  type OrderId,
  PAYMENT_WINDOW_MS,
  type ProductKind,
  type UserId,
} from './model';

export interface NewOrderLine {
  readonly productId: string;
  readonly merchant: { readonly id: string; readonly kind: MerchantKind };
  readonly category: LineCategory;
  readonly kind: ProductKind;
  readonly title: LocalText;
  readonly art: string;
  readonly unitMinor: bigint;
  readonly quantity: number;
}

/**
 * Writes an order that is open for 30 minutes into the caller's transaction, with every line as it is now. Returns what
 * it comes to, minor units.
 */
export async function openOrder(
  tx: Tx,
  order: {
    readonly orderId: OrderId;
    readonly userId: UserId;
    readonly currency: Currency;
    readonly lines: readonly NewOrderLine[];
    readonly now: Date;
  },
): Promise<bigint> {
  const { orderId, userId, currency, lines, now } = order;
  const totalMinor = lines.reduce((sum, line) => sum + amountOf(line), 0n);
  await tx.order.create({
    data: {
      id: orderId,
      number: newOrderNumber(),
      userId,
      state: 'open',
      currency,
      totalMinor,
      createdAt: now,
      payBy: plusMs(now, PAYMENT_WINDOW_MS),
    },
  });
  await tx.orderLine.createMany({
    data: lines.map((line, position) => ({
      id: newId('orl'),
      orderId,
      position,
      productId: line.productId,
      merchantId: line.merchant.id,
      merchantKind: line.merchant.kind,
      category: line.category,
      kind: line.kind,
      titleZh: line.title.zh,
      titleEn: line.title.en,
      art: line.art,
      unitMinor: line.unitMinor,
      quantity: line.quantity,
      amountMinor: amountOf(line),
    })),
  });
  return totalMinor;
}

function amountOf({ unitMinor, quantity }: NewOrderLine): bigint {
  return unitMinor * BigInt(quantity);
}

/** 12 digits without order or meaning; one that is taken violates the unique index and is drawn again. */
function newOrderNumber(): string {
  return `${randomInt(100_000, 1_000_000)}${String(randomInt(0, 1_000_000)).padStart(6, '0')}`;
}
