import type fc from 'fast-check';
import { expect } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { expectInvariantsNow } from './history';
import { observe } from './observe';
import { type RequestPlan, requestOf } from './plans';
import { type Answer, type CheckoutReal, perform, runDue } from './real';
import type { ReferenceCheckout } from './reference';
import type { Misbehaviour } from './reference-gateway';
import { checkRefund, refund } from './reference-refunds';
import type { Request } from './requests';
import { externalTender, linesOf, must, PAID_STATES } from './snapshot';

type CheckoutCommand = fc.AsyncCommand<ReferenceCheckout, CheckoutReal>;

/** One request; the model predicts its answer and everything that it changes. */
export class SendCommand implements CheckoutCommand {
  constructor(private readonly plan: RequestPlan) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    const request = requestOf(this.plan, model, real.newKey);
    if (!request) return;
    real.tally.command(request.ask);
    const answer = await perform(real, request);
    real.tally.see(`${request.ask}: ${kindOf(answer)}`);
    const predicted = predict(model, { request, answer });
    // Not by `expect`, which cuts a text short that one wants to read whole.
    if (answer.text !== predicted)
      throw new Error(`${textOf(request)}: answered ${answer.text}, predicted ${predicted}`);
    await real.world.sandbox.deliver();
    model.deliver();
    await expectAsModelled(model, real, textOf(request));
  }

  toString = () => `send ${JSON.stringify(this.plan)}`;
}

/**
 * Concurrent requests, with the gateway's answers in an order that the scheduler decides. Which of them win is not predicted,
 * but afterwards the invariants must hold, every payment must have moved along `paymentStates`, and no request may have thrown.
 */
export class RaceCommand implements CheckoutCommand {
  constructor(private readonly plans: readonly RequestPlan[]) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    const requests = this.plans.flatMap((plan) => requestOf(plan, model, real.newKey) ?? []);
    real.tally.command('race', requests.length);
    real.turns = real.scheduler;
    const started = requests.map(async (request) => {
      await real.scheduler.schedule(Promise.resolve(), request.ask);
      return perform(real, request);
    });
    const answers = await real.scheduler.waitFor(Promise.allSettled(started));
    real.turns = null;
    await real.world.sandbox.deliver();
    const text = requests
      .map((request, place) => `${textOf(request)} → ${outcomeText(answers[place])}`)
      .join('\n');
    const threw = answers.filter(({ status }) => status === 'rejected');
    expect(threw, `none of these throws:\n${text}\n`).toEqual([]);
    for (const answer of answers)
      if (answer.status === 'fulfilled') real.tally.see(`race: ${kindOf(answer.value)}`);
    await adopt(model, real, requests);
    await expectInvariantsNow(model, real, text);
  }

  toString = () => `race ${JSON.stringify(this.plans)}`;
}

/** Time passes; with `works`, the worker then checks everything that is due. */
export class AdvanceCommand implements CheckoutCommand {
  constructor(
    private readonly ms: number,
    private readonly works: boolean,
  ) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    real.tally.command(this.works ? 'advance and work' : 'advance');
    real.world.advance(this.ms);
    model.nowMs += this.ms;
    await real.world.sandbox.deliver();
    model.deliver();
    for (let round = 0; this.works && round < 8; round += 1) {
      const due = await dueNow(model, real);
      if (due.payments.length + due.refunds.length === 0) break;
      await runDue(real);
      for (const { id } of due.payments) model.check(id);
      for (const { id } of due.refunds) checkRefund(model, id);
      await real.world.sandbox.deliver();
      model.deliver();
    }
    await expectAsModelled(model, real, this.toString());
  }

  toString = () => `advance ${this.ms} ms${this.works ? ' and work' : ''}`;
}

/** The gateway behaves differently from now on. */
export class MisbehaveCommand implements CheckoutCommand {
  constructor(private readonly misbehaviour: Misbehaviour) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    real.tally.command('misbehave');
    const { forgeAnswers, forgeNotifications, ...rest } = this.misbehaviour;
    const switches = {
      ...rest,
      forgeAnswers: [...forgeAnswers],
      forgeNotifications: [...forgeNotifications],
    };
    await setSwitches(real.world.sandbox.context(), null, switches);
    model.gateway.misbehaviour = this.misbehaviour;
  }

  toString = () => `misbehave ${JSON.stringify(this.misbehaviour)}`;
}

/** The gateway takes money for a trade that it had closed, so that a cancelled payment is paid late. */
export class PayClosedTradeCommand implements CheckoutCommand {
  constructor(private readonly which: number) {}

  check = (model: Readonly<ReferenceCheckout>) => this.closed(model).length > 0;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    const closed = this.closed(model);
    const [paymentId, tenderId] = must(closed[this.which % closed.length], 'closed trade');
    const path = real.cashiers.get(paymentId);
    if (!path) return;
    real.tally.command('pay closed trade');
    const sandbox = real.world.sandbox.context();
    await setSwitches(sandbox, tenderId, { notify: 'once' });
    await sandbox.db.sandboxTrade.updateMany({
      where: { outTradeNo: tenderId },
      data: { state: 'WAIT_BUYER_PAY', expiresAt: null },
    });
    const trade = must(model.snapshot.trades.get(tenderId), 'trade');
    model.snapshot.trades.set(tenderId, { ...trade, state: 'WAIT_BUYER_PAY', expiresMs: null });
    model.paidAfterClose.add(tenderId);
    await real.world.sandbox.confirm(path);
    model.gateway.confirm(tenderId, 'once');
    await real.world.sandbox.deliver();
    model.deliver();
    await expectAsModelled(model, real, this.toString());
  }

  private closed(model: Readonly<ReferenceCheckout>): [string, string][] {
    return [...model.snapshot.payments.values()].flatMap((payment): [string, string][] => {
      const tenderId = externalTender(payment)?.id;
      const trade = tenderId === undefined ? undefined : model.snapshot.trades.get(tenderId);
      const fits = payment.state === 'CANCELLED' && trade?.state === 'TRADE_CLOSED';
      return fits && tenderId !== undefined ? [[payment.id, tenderId]] : [];
    });
  }

  toString = () => `pay closed trade ${this.which}`;
}

/** The gateway closes a paid trade, so that refunds are refused for good, or opens a closed one again. */
export class EndTradeCommand implements CheckoutCommand {
  constructor(private readonly which: number) {}

  check = () => true;

  async run(model: ReferenceCheckout, real: CheckoutReal) {
    const paid = [...model.snapshot.payments.values()].filter(({ state }) => PAID_STATES.includes(state));
    const trades = paid.flatMap(
      (payment) => model.snapshot.trades.get(externalTender(payment)?.id ?? '') ?? [],
    );
    const trade = trades[this.which % Math.max(trades.length, 1)];
    if (!trade) return;
    real.tally.command('end trade');
    const outTradeNo = [...model.snapshot.trades].find(([, other]) => other === trade)?.[0] ?? '';
    const state = trade.state === 'TRADE_CLOSED' ? 'TRADE_SUCCESS' : 'TRADE_CLOSED';
    await real.world.test.db.sandboxTrade.updateMany({ where: { outTradeNo }, data: { state } });
    trade.state = state;
  }

  toString = () => `end trade ${this.which}`;
}

/** The model's answer to a request; changes the model accordingly. */
function predict(model: ReferenceCheckout, sent: { request: Request; answer: Answer }): string {
  const { request, answer } = sent;
  switch (request.ask) {
    case 'pay':
      return model.pay(request, () => must(answer.payment, `payment: ${answer.text}`));
    case 'refund':
      return refund(model, request, () => must(answer.refund, `refund: ${answer.text}`));
    case 'check':
      return model.check(request.paymentId);
    case 'cancel':
      return model.cancel(request.paymentId);
    case 'checkRefund':
      return checkRefund(model, request.refundId);
    case 'freeze':
    case 'unfreeze':
      return model.setFrozen(request.cardId, request.ask === 'freeze');
    case 'cancelOrder':
      return model.cancelOrder(request.orderId);
    case 'visit':
    case 'confirm': {
      const payment = model.payment(request.paymentId);
      const tender = must(externalTender(payment), 'external tender');
      const opened = answer.visited
        ? model.gateway.visit(tender, payment.expiresMs ?? 0)
        : request.ask === 'confirm';
      if (request.ask === 'confirm' && opened) model.gateway.confirm(tender.id);
      return opened ? 'ok' : 'no cashier';
    }
    case 'due':
      throw new Error('only a race sends this, and a race is not predicted');
  }
}

async function expectAsModelled(model: ReferenceCheckout, real: CheckoutReal, after: string): Promise<void> {
  const found = linesOf(await observe(real.frame), model.nowMs);
  const expected = linesOf(model.snapshot, model.nowMs);
  const differences = {
    found: found.filter((line) => !expected.includes(line)),
    expected: expected.filter((line) => !found.includes(line)),
  };
  expect(differences, `after ${after}: ${JSON.stringify(differences, null, 2)}`).toEqual({
    found: [],
    expected: [],
  });
}

/** Takes over into the model what a race has left, and which request each idempotency key now stands for. */
async function adopt(
  model: ReferenceCheckout,
  real: CheckoutReal,
  requests: readonly Request[],
): Promise<void> {
  model.snapshot = await observe(real.frame);
  const { db } = real.world.test;
  for (const request of requests) {
    if (request.ask !== 'pay' && request.ask !== 'refund') continue;
    const scope = request.ask === 'pay' ? `pay:${real.userId}` : `refund:${request.paymentId}`;
    const stored = await db.idempotencyKey.findUnique({ where: { scope_key: { scope, key: request.key } } });
    if (!stored) continue;
    if (request.ask === 'pay') {
      const { orderId } = model.payment(stored.response);
      if (orderId === request.orderId) model.paid.set(request.key, { request, paymentId: stored.response });
    } else if (!model.refunded.has(request.key)) {
      model.refunded.set(request.key, { request, refundId: stored.response });
    }
  }
}

async function dueNow(model: ReferenceCheckout, real: CheckoutReal) {
  const where = { checkAt: { lte: new Date(model.nowMs) } };
  const page = { orderBy: { checkAt: 'asc' as const }, take: 20, select: { id: true } };
  const { db } = real.world.test;
  return {
    payments: await db.payment.findMany({ where, ...page }),
    refunds: await db.refund.findMany({ where, ...page }),
  };
}

function kindOf({ text }: Answer): string {
  const words = text.split(' ').filter((word) => !/_0/.test(word));
  return words.join(' ');
}

function outcomeText(answer: PromiseSettledResult<Answer> | undefined): string {
  if (answer?.status === 'fulfilled') return answer.value.text;
  const reason = answer?.reason;
  return `threw ${reason instanceof Error ? `${reason.stack} ${reason.cause}` : String(reason)}`;
}

function textOf(request: Request): string {
  return JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}
