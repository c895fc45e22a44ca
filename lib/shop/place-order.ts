import { type Tx, transaction } from '@/lib/database';
import { newId, ok, type Result, refuse } from '@/lib/kernel';
import { basketOf, isQuantity } from './basket';
import type { Basket, OrderId, Product, ProductId, ShopRefusal, UserId } from './model';
import { type NewOrderLine, openOrder } from './open-order';
import {
  orderScope,
  readBasket,
  readKeyedOrder,
  readProduct,
  retryOnConflict,
  type ShopContext,
} from './store';

export interface PlaceOrder {
  readonly userId: UserId;
  /** From the form: the same key twice is one order. */
  readonly idempotencyKey: string;
  readonly from: /** Everything in the basket. `expectedTotalMinor` is what the shopper saw it come to. */
    | { readonly source: 'basket'; readonly expectedTotalMinor: bigint }
    /** One product at once (立即购买); the basket stays as it is. */
    | { readonly source: 'product'; readonly productId: ProductId; readonly quantity: number };
}

export type PlaceOrderRefusal = Extract<
  ShopRefusal,
  {
    code:
      | 'product_not_found'
      | 'quantity_not_allowed'
      | 'basket_empty'
      | 'basket_changed'
      | 'idempotency_key_reused';
  }
>;

/**
 * Makes an order that is open for 30 minutes, with every line as it is now: later changes of a product do not touch
 * it. The basket it came from is emptied in the same transaction. A key that made an order before gives that order
 * again (`replayed`); the same key for something else is refused.
 */
export async function placeOrder(
  context: ShopContext,
  input: PlaceOrder,
): Promise<Result<{ orderId: OrderId; replayed: boolean }, PlaceOrderRefusal>> {
  const { from } = input;
  if (from.source === 'product' && !isQuantity(from.quantity))
    return refuse({ code: 'quantity_not_allowed' });
  try {
    return ok(await retryOnConflict(() => transaction(context.db, (tx) => place(tx, input, context.now))));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
}

/** Thrown to roll back what the transaction wrote before the refusal was known. */
class Refused extends Error {
  constructor(readonly refusal: PlaceOrderRefusal) {
    super(refusal.code);
  }
}

async function place(tx: Tx, input: PlaceOrder, now: Date): Promise<{ orderId: OrderId; replayed: boolean }> {
  const { userId, idempotencyKey: key } = input;
  const fingerprint = fingerprintOf(input.from);
  const known = await readKeyedOrder(tx, userId, key);
  if (known) {
    if (known.fingerprint !== fingerprint) throw new Refused({ code: 'idempotency_key_reused' });
    return { orderId: known.orderId, replayed: true };
  }
  const orderId = newId('ord');
  // Before anything else is read: two requests with one key meet at its primary key, and the later one starts over
  // when the first is done. Read earlier, its basket could be the one that the first had just emptied.
  await tx.idempotencyKey.create({
    data: { scope: orderScope(userId), key, fingerprint, response: orderId, createdAt: now },
  });
  const basket = await basketToOrder(tx, input);
  if (input.from.source === 'basket') await emptyBasket(tx, userId, basket);
  await openOrder(tx, {
    orderId,
    userId,
    currency: basket.currency,
    lines: basket.lines.map(({ product, quantity }) => lineOf(product, quantity)),
    now,
  });
  return { orderId, replayed: false };
}

function fingerprintOf(from: PlaceOrder['from']): string {
  return from.source === 'basket'
    ? `basket ${from.expectedTotalMinor}`
    : `product ${from.productId} × ${from.quantity}`;
}

async function basketToOrder(tx: Tx, { userId, from }: PlaceOrder): Promise<Basket> {
  if (from.source === 'product') {
    const product = await readProduct(tx, { id: from.productId });
    if (!product) throw new Refused({ code: 'product_not_found' });
    return basketOf([{ product, quantity: from.quantity }]);
  }
  const basket = basketOf(await readBasket(tx, userId));
  if (basket.lines.length === 0) throw new Refused({ code: 'basket_empty' });
  if (basket.totalMinor !== from.expectedTotalMinor) throw new Refused({ code: 'basket_changed' });
  return basket;
}

/** Refused when another request changed the basket after it was read. */
async function emptyBasket(tx: Tx, userId: UserId, { lines }: Basket): Promise<void> {
  const removed = await tx.basketLine.deleteMany({
    where: { userId, OR: lines.map(({ product, quantity }) => ({ productId: product.id, quantity })) },
  });
  if (removed.count !== lines.length) throw new Refused({ code: 'basket_changed' });
}

function lineOf(product: Product, quantity: number): NewOrderLine {
  const { id, merchant, category, kind, title, art, priceMinor } = product;
  return { productId: id, merchant, category, kind, title, art, unitMinor: priceMinor, quantity };
}
