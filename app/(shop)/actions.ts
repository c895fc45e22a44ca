'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { notFound, redirect } from 'next/navigation';
import { fieldsOf } from '@/components/forms/open-form';
import { checkoutContext, findRefundByKey, refundPayment } from '@/lib/checkout';
import { database } from '@/lib/database';
import { parseId } from '@/lib/kernel';
import {
  addToBasket,
  basketChangeSchema,
  basketOrderSchema,
  cancelOrder,
  changeBasket,
  chooseSome,
  directOrderSchema,
  orderView,
  type PlaceOrderRefusal,
  placeOrder,
  productById,
  refundRequestSchema,
} from '@/lib/shop';
import { signInPath } from '../next-path';
import { currentUser, requireUser } from '../viewer';
import { orderPayment } from './orders/[id]/order-payment';
import { RESUME_PATH, rememberIntent } from './shop-intent';

/** 加入购物车. A visitor signs in first; what they wanted is done when they come back. */
export async function addToBasketAction(form: FormData): Promise<void> {
  const { product, ...wish } = await wishOf(form);
  const user = await currentUser();
  if (!user) {
    await rememberIntent({ ...wish, key: randomUUID(), aim: 'basket' });
    redirect(signInPath(RESUME_PATH));
  }
  const result = await addToBasket(context(), { userId: user.id, ...wish });
  if (!result.ok) notFound();
  refreshHeader();
  redirect(`/shop/${product.slug}?added=${wish.quantity}`);
}

/** 立即购买: one product becomes an order at once, and its payment is next. */
export async function buyNowAction(form: FormData): Promise<void> {
  const { product, ...wish } = await wishOf(form);
  const key = directOrderSchema.shape.idempotencyKey.safeParse(form.get('idempotencyKey'));
  if (!key.success) redirect(`/shop/${product.slug}`);
  const user = await currentUser();
  if (!user) {
    await rememberIntent({ ...wish, key: key.data, aim: 'order' });
    redirect(signInPath(RESUME_PATH));
  }
  const placed = await placeOrder(context(), {
    userId: user.id,
    idempotencyKey: key.data,
    from: { source: 'product', ...wish },
  });
  // The page was left open and sent again with another quantity: drawn anew it has a key of its own.
  refreshHeader();
  if (!placed.ok) redirect(`/shop/${product.slug}`);
  redirect(`/checkout/${placed.value.orderId}`);
}

/** Sets a line's quantity; 0 removes it, and the page then offers to put it back. */
export async function changeBasketAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const parsed = basketChangeSchema.safeParse(fieldsOf(form));
  if (!parsed.success) redirect('/basket?problem=quantity');
  const result = await changeBasket(context(), { userId: user.id, ...parsed.data });
  if (!result.ok) notFound();
  refreshHeader();
  const before = Number(form.get('before'));
  const removed = parsed.data.quantity === 0 && before > 0;
  redirect(removed ? `/basket?removed=${parsed.data.productId}&quantity=${before}` : '/basket');
}

/** 去结算: the basket becomes an order, and its payment is next. */
export async function checkOutBasketAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const parsed = basketOrderSchema.safeParse(fieldsOf(form));
  if (!parsed.success) redirect('/basket');
  const { idempotencyKey, expectedTotalMinor } = parsed.data;
  const placed = await placeOrder(context(), {
    userId: user.id,
    idempotencyKey,
    from: { source: 'basket', expectedTotalMinor },
  });
  refreshHeader();
  redirect(placed.ok ? `/checkout/${placed.value.orderId}` : basketAfter(placed.refusal));
}

export async function cancelOrderAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const orderId = parseId('ord', String(form.get('orderId')));
  if (!orderId) notFound();
  const result = await cancelOrder(context(), { userId: user.id, orderId });
  if (result.ok) redirect(`/orders/${orderId}?cancelled=1`);
  if (result.refusal.code === 'order_not_found') notFound();
  redirect(`/orders/${orderId}?problem=${result.refusal.code}`);
}

/** Sends money back for an order's lines. What may go back is judged here again, whatever the page had shown. */
export async function requestRefundAction(form: FormData): Promise<void> {
  const user = await requireUser();
  const orderId = parseId('ord', String(form.get('orderId')));
  const order = orderId && (await orderView(database(), { userId: user.id, orderId }));
  const now = new Date();
  const paid = order && (await orderPayment(order, now));
  if (!order || !paid) notFound();
  const parsed = refundRequestSchema.safeParse(fieldsOf(form));
  if (!parsed.success) redirect(`/orders/${order.id}/refund?refused=1`);
  const { idempotencyKey, reason } = parsed.data;
  const { paymentId } = paid.receipt;
  // Sent twice, the second finds its lines refunded already: by the first.
  if (await findRefundByKey(database(), { paymentId, idempotencyKey }))
    redirect(`/orders/${order.id}?refunded=1`);
  const choice = chooseSome(paid.returnable, (name) => String(form.get(name) ?? ''));
  const result = choice.ok
    ? await refundPayment(checkoutContext(now), {
        paymentId,
        lines: choice.value,
        reason,
        actorId: user.id,
        idempotencyKey,
      })
    : null;
  redirect(result?.ok ? `/orders/${order.id}?refunded=1` : `/orders/${order.id}/refund?refused=1`);
}

/** The product and the quantity of the product page's form. */
async function wishOf(form: FormData) {
  const productId = parseId('prd', String(form.get('productId')));
  const product = productId && (await productById(database(), productId));
  if (!product) notFound();
  const parsed = directOrderSchema.pick({ quantity: true }).safeParse(fieldsOf(form));
  if (!parsed.success) redirect(`/shop/${product.slug}?problem=quantity`);
  return { product, productId: product.id, quantity: parsed.data.quantity };
}

/** The header counts the basket, and pages that the browser keeps for the way back are drawn anew. */
function refreshHeader(): void {
  revalidatePath('/', 'layout');
}

function basketAfter(refusal: PlaceOrderRefusal): '/basket' | '/basket?problem=changed' {
  return refusal.code === 'basket_empty' ? '/basket' : '/basket?problem=changed';
}

function context() {
  return { db: database(), now: new Date() };
}
