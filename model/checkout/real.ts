import type fc from 'fast-check';
import { freezeCard, unfreezeCard } from '@/lib/cards';
import {
  type CheckoutContext,
  cancelPayment,
  checkPayment,
  checkRefund,
  findPayment,
  payOrder,
  refundPayment,
  runDueChecks,
} from '@/lib/checkout';
import type { CheckoutWorld } from '@/lib/checkout/testing';
import type { Gateway, ShopperStep } from '@/lib/gateways';
import { type Id, parseId } from '@/lib/kernel';
import { cancelOrder } from '@/lib/shop';
import type { Tally } from '../campaign';
import type { Frame } from './observe';
import type { MadePayment } from './reference';
import type { MadeRefund } from './reference-refunds';
import type { PayRequest, RefundRequest, Request } from './requests';
import { must } from './snapshot';

/** The product, its database and the sandbox gateway, as one run of commands uses them. */
export interface CheckoutReal {
  readonly world: CheckoutWorld;
  readonly frame: Frame;
  readonly userId: Id<'usr'>;
  readonly tally: Tally;
  /** By payment: the step that the shopper was last shown, and the cashier's page that it led to. */
  readonly steps: Map<string, ShopperStep>;
  readonly cashiers: Map<string, string>;
  /** The value that each card was issued with. */
  readonly issued: Map<string, bigint>;
  readonly newKey: () => string;
  readonly scheduler: fc.Scheduler;
  /** The scheduler while requests race, when it decides the order of the gateway's answers; else null. */
  turns: fc.Scheduler | null;
}

export interface Answer {
  readonly text: string;
  readonly payment?: MadePayment;
  readonly refund?: MadeRefund;
  /** Whether this request opened the cashier's address. */
  readonly visited?: boolean;
}

const actor = { id: 'usr_model', role: 'support' };

export async function perform(real: CheckoutReal, request: Request): Promise<Answer> {
  const context = contextOf(real);
  switch (request.ask) {
    case 'pay':
      return pay(real, request);
    case 'refund':
      return refund(real, request);
    case 'check':
      return { text: (await checkPayment(context, request.paymentId))?.state ?? 'none' };
    case 'cancel': {
      const payment = must(await findPayment(context.db, request.paymentId), 'payment to cancel');
      return { text: (await cancelPayment(context, payment)).state };
    }
    case 'checkRefund':
      return { text: (await checkRefund(context, request.refundId))?.state ?? 'none' };
    case 'visit':
      return visit(real, request.paymentId);
    case 'confirm':
      return confirm(real, request.paymentId);
    case 'freeze':
    case 'unfreeze': {
      const move = request.ask === 'freeze' ? freezeCard : unfreezeCard;
      return { text: textOf(await move(context, { cardId: request.cardId, actor, reason: 'model' })) };
    }
    case 'cancelOrder': {
      const orderId = must(parseId('ord', request.orderId), 'order');
      return { text: textOf(await cancelOrder(context, { userId: real.userId, orderId })) };
    }
    case 'due':
      await runDue(real);
      return { text: 'ok' };
  }
}

export async function runDue(real: CheckoutReal): Promise<void> {
  await runDueChecks(contextOf(real), (subject, error) => {
    throw new Error(`the check of ${subject} failed`, { cause: error });
  });
}

function contextOf(real: CheckoutReal): CheckoutContext {
  const context = real.world.context();
  const { turns } = real;
  if (!turns) return context;
  return {
    ...context,
    gateway: (name) => {
      const gateway = context.gateway(name);
      return gateway && inTurn(gateway, turns);
    },
  };
}

/** The same gateway, with the scheduler deciding when a call is sent and when its answer arrives. */
function inTurn(gateway: Gateway, turns: fc.Scheduler): Gateway {
  const wait = (what: string) => turns.schedule(Promise.resolve(), what);
  const held = <Ask, Answer>(name: string, call: (ask: Ask) => Promise<Answer>) => {
    return async (ask: Ask): Promise<Answer> => {
      await wait(`${name} leaves`);
      const answer = await call(ask);
      await wait(`${name} is answered`);
      return answer;
    };
  };
  return {
    ...gateway,
    query: held('query', gateway.query),
    close: held('close', gateway.close),
    refund: held('refund', gateway.refund),
    queryRefund: held('refund query', gateway.queryRefund),
  };
}

async function pay(real: CheckoutReal, request: PayRequest): Promise<Answer> {
  const result = await payOrder(contextOf(real), {
    orderId: request.orderId,
    userId: real.userId,
    choice: request.choice ?? undefined,
    method: request.method ? 'alipay' : null,
    expected: { cardMinor: request.cardMinor, externalMinor: request.externalMinor },
    idempotencyKey: request.key,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  if (!result.ok) {
    const { refusal } = result;
    return {
      text: refusal.code === 'already_being_paid' ? `${refusal.code} ${refusal.paymentId}` : refusal.code,
    };
  }
  const { payment, status } = result.value;
  if (result.value.status === 'proceed') real.steps.set(payment.id, result.value.next);
  return { text: `${status} ${payment.id}`, payment };
}

async function refund(real: CheckoutReal, request: RefundRequest): Promise<Answer> {
  const context = { ...contextOf(real), refundPolicy: request.policy };
  const result = await refundPayment(context, {
    paymentId: request.paymentId,
    lines: request.lines,
    reason: null,
    actorId: real.userId,
    idempotencyKey: request.key,
  });
  if (!result.ok) return { text: result.refusal.code };
  return { text: `refund ${result.value.id} ${result.value.state}`, refund: result.value };
}

async function visit(real: CheckoutReal, paymentId: string): Promise<Answer> {
  const step = real.steps.get(paymentId);
  if (!step) return { text: 'no cashier', visited: false };
  const path = await real.world.sandbox.visit(step);
  const opened = path.includes('/cashier/');
  if (opened) real.cashiers.set(paymentId, path);
  return { text: opened ? 'ok' : 'no cashier', visited: true };
}

/** Opens the cashier if that was not done yet, and confirms there. */
async function confirm(real: CheckoutReal, paymentId: string): Promise<Answer> {
  const before = real.cashiers.has(paymentId);
  const answer: Answer = before ? { text: 'ok', visited: false } : await visit(real, paymentId);
  const path = real.cashiers.get(paymentId);
  if (!path) return { ...answer, text: 'no cashier' };
  const response = await real.world.sandbox.confirm(path);
  return { ...answer, text: response.status === 303 ? 'ok' : `${response.status}` };
}

function textOf(result: { ok: true } | { ok: false; refusal: { code: string } }): string {
  return result.ok ? 'ok' : result.refusal.code;
}
