import { redirect } from 'next/navigation';
import { signInPath } from '@/app/next-path';
import { currentUser } from '@/app/viewer';
import { database } from '@/lib/database';
import { addToBasket, placeOrder } from '@/lib/shop';
import { RESUME_PATH, rememberedIntent } from '../../shop-intent';

/**
 * Where sign-in leads back to: does what the visitor had pressed. It carries a key, so coming here again changes
 * nothing. Only a browser that goes here as a page does anything; a prefetch or a script gets an empty answer, upon
 * which the app navigates for real.
 */
export async function GET(request: Request): Promise<Response> {
  const mode = request.headers.get('sec-fetch-mode');
  if (mode !== null && mode !== 'navigate') return new Response(null, { status: 204 });
  const user = await currentUser();
  if (!user) redirect(signInPath(RESUME_PATH));
  const intent = await rememberedIntent();
  if (!intent) redirect('/basket');
  const context = { db: database(), now: new Date() };
  const { aim, key, productId, quantity } = intent;
  if (aim === 'basket') {
    await addToBasket(context, { userId: user.id, productId, quantity, onceKey: key });
    redirect('/basket');
  }
  const placed = await placeOrder(context, {
    userId: user.id,
    idempotencyKey: key,
    from: { source: 'product', productId, quantity },
  });
  redirect(placed.ok ? `/checkout/${placed.value.orderId}` : '/basket');
}
