import { getTranslations } from 'next-intl/server';
import { signInPath } from '@/app/next-path';
import { comesFromElsewhere, isSecure } from '@/app/own-pages';
import { currentUser } from '@/app/viewer';
import {
  checkoutContext,
  type PayInput,
  type PayOutcome,
  type PayRefusal,
  payFormSchema,
  payOrder,
  splitAddress,
} from '@/lib/checkout';
import { env } from '@/lib/env';
import { GATEWAY_NAMES } from '@/lib/gateways';
import { ok, parseId, unreachable } from '@/lib/kernel';
import { STRICT_TRANSPORT } from '@/lib/request-guard';
import { salesContext, weighPayment } from '@/lib/sales';
import { cashierMode } from '../cashier-mode';

type Choice = PayInput['choice'];

/**
 * Takes the submit of the checkout page: reserves and settles or sends on to the cashier, and always answers with 303, so
 * that going back or reloading pays nothing anew. The same submit again gets the same answer, also while the first is under
 * way; its key with another body is refused, 422 for who does not ask for a page. What `proxy.ts` does for other addresses is done
 * here: it leaves this one out, since it would cost a payment by cards a quarter of its time.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<'/checkout/[orderId]/pay'>,
): Promise<Response> {
  const answer = comesFromElsewhere(request)
    ? new Response('Forbidden', { status: 403 })
    : await pay(request, (await params).orderId);
  if (isSecure(request)) answer.headers.set(STRICT_TRANSPORT.key, STRICT_TRANSPORT.value);
  return answer;
}

async function pay(request: Request, order: string): Promise<Response> {
  const orderId = parseId('ord', order);
  if (!orderId) return notFound();
  const user = await currentUser();
  if (!user) return seeOther(signInPath(`/checkout/${orderId}`));
  const parsed = payFormSchema.safeParse(await fieldsOf(request));
  if (!parsed.success) return seeOther(`/checkout/${orderId}?problem=form_incomplete`);
  const { idempotencyKey, cardMinor, externalMinor, own, card, method } = parsed.data;
  // Cards that are bought are weighed against the policy once more, now that they are paid. Cards never pay for cards.
  const weighed =
    externalMinor > 0n ? await weighPayment(salesContext(new Date()), { orderId, userId: user.id }) : ok();
  if (!weighed.ok) return seeOther(`/purchases/${weighed.refusal.purchaseId}?refused=1`);
  const choice: Choice = own === '1' ? card : undefined;
  const result = await payOrder(checkoutContext(new Date()), {
    orderId,
    userId: user.id,
    choice,
    method: GATEWAY_NAMES.find((name) => name === method) ?? null,
    expected: { cardMinor, externalMinor },
    idempotencyKey,
    mode: cashierMode(request.headers),
    returnUrl: () => `${env().origin}/checkout/${orderId}/result`,
    subject: externalMinor > 0n ? await subjectOf(orderId) : '',
  });
  if (result.ok) return seeOther(pageOf(orderId, result.value));
  if (result.refusal.code === 'idempotency_key_reused' && !asksForPage(request))
    return new Response('Unprocessable Content', { status: 422 });
  return answerTo(result.refusal, orderId, choice);
}

/** What the gateway shows the shopper; only it needs the messages. */
async function subjectOf(orderId: string): Promise<string> {
  const [t, common] = await Promise.all([getTranslations('checkout'), getTranslations('common')]);
  return t('subject', { brand: common('brand'), number: orderId.slice(-6) });
}

function pageOf(orderId: string, outcome: PayOutcome): string {
  return outcome.status === 'proceed' ? `/checkout/${orderId}/cashier` : `/checkout/${orderId}/result`;
}

/** Where a refusal is told: on the checkout page with the split as it is now, or where the order stands. */
function answerTo(refusal: PayRefusal, orderId: string, choice: Choice): Response {
  switch (refusal.code) {
    case 'order_not_found':
      return notFound();
    case 'already_being_paid':
      return seeOther(`/checkout/${orderId}/result`);
    case 'order_expired':
    case 'order_not_payable':
      return seeOther(`/checkout/${orderId}`);
    case 'split_changed':
    case 'method_needed':
    case 'method_unavailable':
    case 'idempotency_key_reused':
    case 'unknown_card':
    case 'card_chosen_twice':
    case 'negative_amount': {
      const address = choice ? splitAddress(choice) : new URLSearchParams();
      address.set('problem', refusal.code);
      return seeOther(`/checkout/${orderId}?${address}`);
    }
    default:
      return unreachable(refusal);
  }
}

async function fieldsOf(request: Request): Promise<Record<string, unknown>> {
  const form = new URLSearchParams(await request.text().catch(() => ''));
  return { ...Object.fromEntries(form), card: form.getAll('card') };
}

function asksForPage(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

function notFound(): Response {
  return new Response('Not Found', { status: 404 });
}

/** The address is left relative: behind a proxy this process does not know its own. */
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
