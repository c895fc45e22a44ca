import { type Tx, transaction } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import { isQuantity } from './basket';
import { MAX_QUANTITY, type ProductId, type ShopRefusal, type UserId } from './model';
import { retryOnConflict, type ShopContext } from './store';

export interface AddToBasket {
  readonly userId: UserId;
  readonly productId: ProductId;
  /** 1 to 99. A line that would pass 99 stays at 99. */
  readonly quantity: number;
  /** The same key twice adds once. */
  readonly onceKey?: string | undefined;
}

/**
 * Puts a product into the shopper's basket, or more of it. Refuses `product_not_found` and `quantity_not_allowed`.
 */
export async function addToBasket(
  context: ShopContext,
  input: AddToBasket,
): Promise<Result<undefined, Extract<ShopRefusal, { code: 'product_not_found' | 'quantity_not_allowed' }>>> {
  if (!isQuantity(input.quantity)) return refuse({ code: 'quantity_not_allowed' });
  const { db, now } = context;
  return retryOnConflict(() =>
    transaction(db, async (tx) => {
      const product = await tx.product.findUnique({ where: { id: input.productId }, select: { id: true } });
      if (!product) return refuse({ code: 'product_not_found' as const });
      if (await isDone(tx, input, now)) return ok();
      await increase(tx, input, now);
      return ok();
    }),
  );
}

/** Takes the key; true when it was taken before. Two at once meet at its primary key, and one tries again. */
async function isDone(tx: Tx, { userId, onceKey, ...added }: AddToBasket, now: Date): Promise<boolean> {
  if (onceKey === undefined) return false;
  const scope = `basket:${userId}`;
  const known = await tx.idempotencyKey.findUnique({ where: { scope_key: { scope, key: onceKey } } });
  if (known) return true;
  const fingerprint = `${added.productId} × ${added.quantity}`;
  await tx.idempotencyKey.create({
    data: { scope, key: onceKey, fingerprint, response: '', createdAt: now },
  });
  return false;
}

/**
 * The sum is made by the database, so that two tabs that add at once both count. Each step says which rows it means: a
 * line that another tab makes between two steps fits neither, and the insert then meets its key and all is tried again.
 */
async function increase(tx: Tx, { userId, productId, quantity }: AddToBasket, now: Date): Promise<void> {
  const increased = await tx.basketLine.updateMany({
    where: { userId, productId, quantity: { lte: MAX_QUANTITY - quantity } },
    data: { quantity: { increment: quantity } },
  });
  if (increased.count > 0) return;
  const filled = await tx.basketLine.updateMany({
    where: { userId, productId, quantity: { gt: MAX_QUANTITY - quantity } },
    data: { quantity: MAX_QUANTITY },
  });
  if (filled.count > 0) return;
  await tx.basketLine.create({ data: { userId, productId, quantity, addedAt: now } });
}
