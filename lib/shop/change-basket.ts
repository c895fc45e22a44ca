import { ok, type Result, refuse } from '@/lib/kernel';
import { isQuantity } from './basket';
import type { ProductId, ShopRefusal, UserId } from './model';
import { retryOnConflict, type ShopContext } from './store';

/**
 * Sets how many of a product the shopper's basket has; 0 takes it out, and a product that was taken out comes back
 * (undo). An absolute number, so that a form sent twice changes once. Refuses `product_not_found` and
 * `quantity_not_allowed`.
 */
export async function changeBasket(
  { db, now }: ShopContext,
  { userId, productId, quantity }: { userId: UserId; productId: ProductId; quantity: number },
): Promise<Result<undefined, Extract<ShopRefusal, { code: 'product_not_found' | 'quantity_not_allowed' }>>> {
  if (quantity === 0) {
    await db.basketLine.deleteMany({ where: { userId, productId } });
    return ok();
  }
  if (!isQuantity(quantity)) return refuse({ code: 'quantity_not_allowed' });
  const product = await db.product.findUnique({ where: { id: productId }, select: { id: true } });
  if (!product) return refuse({ code: 'product_not_found' });
  await retryOnConflict(async () => {
    const changed = await db.basketLine.updateMany({ where: { userId, productId }, data: { quantity } });
    if (changed.count === 0) {
      await db.basketLine.create({ data: { userId, productId, quantity, addedAt: now } });
    }
  });
  return ok();
}
