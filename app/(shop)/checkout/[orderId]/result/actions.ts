'use server';

import { redirect } from 'next/navigation';
import { cancelPayment } from '@/lib/checkout';
import { ownPayment } from '../own-payment';

/** Gives up the viewer's payment of the order that the form names; its page tells what became of it. */
export async function giveUpPayment(form: FormData): Promise<never> {
  const orderId = form.get('orderId');
  const { context, payment } = await ownPayment(typeof orderId === 'string' ? orderId : '');
  await cancelPayment(context, payment);
  redirect(`/checkout/${payment.orderId}/result`);
}
