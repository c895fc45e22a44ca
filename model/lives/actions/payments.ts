import { cancelPayment, checkPayment, findPayment, payOrder, refundPayment } from '@/lib/checkout';
import { newId, ok, type Result, refuse } from '@/lib/kernel';
import { type Attempt, action, hasHolder, holderOf, type LivesReal } from '../action';
import { type Life, type PaymentLife, payableMinor } from '../life';

/** The external part of an order that is to wait for the gateway. */
const BESIDE = 250n;

/** Mostly a part of what the card can pay, sometimes all of it, now and then one fen too much. */
function amountOf({ lives, life, n }: Attempt): bigint {
  const most = payableMinor(life, lives.nowMs);
  if (n % 11 === 10) return most + 1n;
  if (n % 3 === 0 && most > 0n) return most;
  return (most * BigInt(1 + (n % 8))) / 9n + (most === 0n ? 100n : 1n);
}

function answerOf(attempt: Attempt): string {
  const most = payableMinor(attempt.life, attempt.lives.nowMs);
  return amountOf(attempt) > most ? 'split_changed' : 'ok';
}

const pay = action({
  name: 'pay',
  possible: hasHolder,
  answer: answerOf,
  act: (real, attempt) => payFrom(real, attempt, 0n),
  change: ({ life }, payment) => {
    life.payments.push({ ...payment, state: 'paid' });
    life.availableMinor -= payment.cardMinor;
    life.spentMinor += payment.cardMinor;
  },
});

const reserve = action({
  name: 'reserve',
  possible: hasHolder,
  answer: answerOf,
  act: (real, attempt) => payFrom(real, attempt, BESIDE),
  change: ({ life }, payment) => {
    life.payments.push(payment);
    life.availableMinor -= payment.cardMinor;
    life.heldMinor += payment.cardMinor;
  },
});

async function payFrom(
  real: LivesReal,
  attempt: Attempt,
  externalMinor: bigint,
): Promise<Result<PaymentLife, { code: string }>> {
  const { life, lives } = attempt;
  const cardMinor = amountOf(attempt);
  const userId = holderOf(attempt);
  const order = await real.world.addOrder([{ amountMinor: cardMinor + externalMinor }], userId);
  const paid = await payOrder(real.world.context(), {
    orderId: order.id,
    userId,
    choice: [{ cardId: life.id, maxMinor: cardMinor }],
    method: externalMinor > 0n ? 'alipay' : null,
    expected: { cardMinor, externalMinor },
    idempotencyKey: order.id,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  });
  if (!paid.ok) return paid;
  const { status, payment } = paid.value;
  if (status !== (externalMinor > 0n ? 'proceed' : 'paid')) return refuse({ code: status });
  return ok({
    id: payment.id,
    lineId: order.lineIds[0] ?? '',
    cardMinor,
    madeMs: lives.nowMs,
    expiresMs: payment.expiresAt?.getTime() ?? 0,
    cashier: paid.value.status === 'proceed' ? await real.world.sandbox.visit(paid.value.next) : null,
    state: 'held',
    backMinor: 0n,
  });
}

const heldPayment = (life: Life) => life.payments.find(({ state }) => state === 'held');
const inTime = ({ lives, life }: Attempt) => (heldPayment(life)?.expiresMs ?? 0) > lives.nowMs;

const settle = action({
  name: 'settle',
  possible: inTime,
  answer: () => 'ok',
  act: async (real, { life }) => {
    const payment = heldPayment(life);
    if (!payment?.cashier) return refuse({ code: 'no_cashier' });
    const { sandbox, context } = real.world;
    await sandbox.confirm(payment.cashier);
    await sandbox.deliver();
    const settled = await checkPayment(context(), payment.id);
    return settled?.state === 'PAID' ? ok(payment) : refuse({ code: settled?.state ?? 'gone' });
  },
  change: ({ life }, payment) => {
    payment.state = 'paid';
    life.heldMinor -= payment.cardMinor;
    life.spentMinor += payment.cardMinor;
  },
});

export const voidHeld = action({
  name: 'void',
  possible: ({ life }) => heldPayment(life) !== undefined,
  answer: () => 'ok',
  act: async (real, { life }) => {
    const held = heldPayment(life);
    const payment = held && (await findPayment(real.world.context().db, held.id));
    if (!payment) return refuse({ code: 'gone' });
    const over = await cancelPayment(real.world.context(), payment);
    return over.state === 'CANCELLED' ? ok(held) : refuse({ code: over.state });
  },
  change: ({ life }, payment) => {
    payment.state = 'void';
    life.heldMinor -= payment.cardMinor;
    life.availableMinor += payment.cardMinor;
  },
});

const refundable = ({ life, n }: Attempt) => {
  const paid = life.payments.filter(
    ({ state, cardMinor, backMinor }) => state === 'paid' && cardMinor > backMinor,
  );
  return paid[n % Math.max(paid.length, 1)];
};

const refund = action({
  name: 'refund',
  possible: (attempt) => refundable(attempt) !== undefined,
  answer: ({ n }) => (n % 13 === 12 ? 'above_refundable' : 'ok'),
  act: async (real, attempt) => {
    const payment = refundable(attempt);
    if (!payment) return refuse({ code: 'gone' });
    const left = payment.cardMinor - payment.backMinor;
    const tooMuch = payment.cardMinor + BESIDE + 1n;
    const part = attempt.n % 2 === 0 ? left : (left + 1n) / 2n;
    const amountMinor = attempt.n % 13 === 12 ? tooMuch : part;
    const made = await refundPayment(real.world.context(), {
      paymentId: payment.id,
      lines: [{ lineId: payment.lineId, amountMinor }],
      reason: null,
      actorId: null,
      idempotencyKey: newId('att'),
    });
    if (!made.ok) return made;
    return made.value.state === 'SUCCEEDED'
      ? ok({ payment, amountMinor })
      : refuse({ code: made.value.state });
  },
  change: ({ life }, { payment, amountMinor }) => {
    payment.backMinor += amountMinor;
    life.spentMinor -= amountMinor;
    life.availableMinor += amountMinor;
  },
});

export const paymentActions = [pay, reserve, settle, voidHeld, refund] as const;
