import { parseCookie } from 'cookie';
import { createTranslator } from 'next-intl';
import { signInPath } from '@/app/next-path';
import { comesFromElsewhere, isSecure, type RequestHead } from '@/app/own-pages';
import { sessionCookie, sessionOfToken } from '@/app/session-cookie';
import { signedInUser } from '@/app/signed-in-user';
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
import { LOCALE_COOKIE, parseLocale } from '@/lib/i18n';
import { ok, parseId, unreachable } from '@/lib/kernel';
import { log } from '@/lib/observe';
import { STRICT_TRANSPORT } from '@/lib/request-guard';
import { salesContext, weighPayment } from '@/lib/sales';
import enCheckout from '@/messages/en/checkout.json';
import enCommon from '@/messages/en/common.json';
import zhCheckout from '@/messages/zh-CN/checkout.json';
import zhCommon from '@/messages/zh-CN/common.json';
import { cashierMode } from '../cashier-mode';

/** The submit of a checkout page, whether Next received it (`route.ts`) or the server before it (`answer-payment.ts`). */
export interface PaySubmit extends RequestHead {
  /** What stands in the address where an order's id should. */
  readonly order: string;
  /** The form, as it was sent; empty when it did not arrive whole. */
  readonly body: () => Promise<string>;
}

/** What it is answered: a status and the headers that depend on the request. */
export interface PayAnswer {
  readonly status: 303 | 403 | 404 | 413 | 422 | 500;
  readonly headers: Readonly<Record<string, string>>;
  /** Words for whoever asked for no page; empty with a 303. */
  readonly text: string;
}

/** Characters of the longest form that is read: ten times one that chooses among as many cards as it may. */
export const LONGEST_FORM = 32_768;

/** Read straight from their files: next-intl's own way to them leads through a request that Next received. */
const TEXTS = {
  'zh-CN': { common: zhCommon, checkout: zhCheckout },
  en: { common: enCommon, checkout: enCheckout },
} as const;

type Choice = PayInput['choice'];

/**
 * Takes the submit of the checkout page: reserves and settles, or sends on to the cashier. A form that can be read is answered with
 * 303 whatever becomes of it, so that going back or reloading pays nothing anew. The same submit again gets the same answer, also while
 * the first is under way; its key with another body is refused, with 422 for whoever does not ask for a page. Checks the Origin and
 * keeps browsers on https as `proxy.ts` does for what Next answers, and asks nothing of Next, whose part would take as long as the
 * payment (docs/decisions/0011-a-request-that-pays.md).
 */
export async function takePayment(submit: PaySubmit): Promise<PayAnswer> {
  const answer = await takeOrSayWhy(submit);
  if (!isSecure(submit)) return answer;
  return { ...answer, headers: { ...answer.headers, [STRICT_TRANSPORT.key]: STRICT_TRANSPORT.value } };
}

async function takeOrSayWhy(submit: PaySubmit): Promise<PayAnswer> {
  try {
    return comesFromElsewhere(submit) ? says(403, 'Forbidden') : await pay(submit);
  } catch (err) {
    log.error({ err, order: submit.order }, 'a payment could not be taken');
    return says(500, 'Internal Server Error');
  }
}

async function pay({ order, headers, body }: PaySubmit): Promise<PayAnswer> {
  const orderId = parseId('ord', order);
  if (!orderId) return notFound();
  const cookies = cookiesOf(headers);
  const user = await signedInUser(await sessionOfToken(cookies[sessionCookie().name]));
  if (!user) return seeOther(signInPath(`/checkout/${orderId}`));
  const form = await body();
  if (form.length > LONGEST_FORM) return says(413, 'Content Too Large');
  const parsed = payFormSchema.safeParse(fieldsOf(form));
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
    mode: cashierMode(headers),
    returnUrl: () => `${env().origin}/checkout/${orderId}/result`,
    subject: externalMinor > 0n ? subjectOf(orderId, cookies[LOCALE_COOKIE]) : '',
  });
  if (result.ok) return seeOther(pageOf(orderId, result.value));
  if (result.refusal.code === 'idempotency_key_reused' && !headers.get('accept')?.includes('text/html'))
    return says(422, 'Unprocessable Content');
  return answerTo(result.refusal, orderId, choice);
}

/** Of two with one name the last counts, as for Next, whose pages must see the same person. */
function cookiesOf(headers: PaySubmit['headers']) {
  return parseCookie((headers.get('cookie') ?? '').split(';').reverse().join(';'));
}

/** What the gateway shows the shopper; only it needs the messages. */
function subjectOf(orderId: string, language: string | undefined): string {
  const locale = parseLocale(language);
  const t = createTranslator({ locale, messages: TEXTS[locale] });
  return t('checkout.subject', { brand: t('common.brand'), number: orderId.slice(-6) });
}

function pageOf(orderId: string, outcome: PayOutcome): string {
  return outcome.status === 'proceed' ? `/checkout/${orderId}/cashier` : `/checkout/${orderId}/result`;
}

/** Where a refusal is told: on the checkout page with the split as it is now, or where the order stands. */
function answerTo(refusal: PayRefusal, orderId: string, choice: Choice): PayAnswer {
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

function fieldsOf(text: string): Record<string, unknown> {
  const form = new URLSearchParams(text);
  return { ...Object.fromEntries(form), card: form.getAll('card') };
}

function notFound(): PayAnswer {
  return says(404, 'Not Found');
}

function says(status: Exclude<PayAnswer['status'], 303>, text: string): PayAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, text };
}

/** The address is left relative: behind a proxy this process does not know its own. */
function seeOther(location: string): PayAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, text: '' };
}
