import fc from 'fast-check';
import type { ReferenceCheckout } from './reference';
import { refundableOf } from './reference-refunds';
import type { Request } from './requests';
import { must, PAID_STATES } from './snapshot';
import type { Choice } from './split';

/** A request made before it is known which orders, payments and cards exist; its numbers choose among them when it is sent. */
export type RequestPlan =
  | {
      readonly plan: 'pay';
      readonly order: number;
      readonly choice: readonly { readonly card: number; readonly percent: number }[] | null;
      readonly shown: 'right' | 'outdated';
      readonly method: boolean;
      readonly key: KeyPlan;
    }
  | {
      readonly plan: 'refund';
      readonly payment: number;
      readonly of: 'everything' | 'line' | 'part' | 'above' | 'nothing';
      readonly line: number;
      readonly policy: 'CARD_FIRST' | 'EXTERNAL_FIRST';
      readonly key: KeyPlan;
    }
  | {
      readonly plan:
        | 'visit'
        | 'confirm'
        | 'check'
        | 'cancel'
        | 'checkRefund'
        | 'freeze'
        | 'unfreeze'
        | 'cancelOrder';
      readonly which: number;
    }
  | { readonly plan: 'due' };

/** A new key, an earlier request repeated as it was, or an earlier key with another request. */
type KeyPlan = { readonly key: 'new' } | { readonly key: 'again' | 'other'; readonly which: number };

const pick = fc.nat({ max: 1_000 });

const keyPlan: fc.Arbitrary<KeyPlan> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<KeyPlan>({ key: 'new' }) },
  { weight: 2, arbitrary: fc.record({ key: fc.constant('again' as const), which: pick }) },
  { weight: 1, arbitrary: fc.record({ key: fc.constant('other' as const), which: pick }) },
);

const seldom = fc.nat({ max: 9 }).map((n) => n === 9);

const payPlan = fc.record({
  plan: fc.constant('pay' as const),
  order: pick,
  choice: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ card: pick, percent: fc.integer({ min: 0, max: 130 }) }), {
        maxLength: 3,
      }),
    },
  ),
  shown: seldom.map((outdated) => (outdated ? ('outdated' as const) : ('right' as const))),
  method: seldom.map((without) => !without),
  key: keyPlan,
});

const refundPlan = fc.record({
  plan: fc.constant('refund' as const),
  payment: pick,
  of: fc.constantFrom<'everything' | 'line' | 'part' | 'above' | 'nothing'>(
    ...([
      'everything',
      'line',
      'line',
      'line',
      'part',
      'part',
      'part',
      'part',
      'part',
      'above',
      'nothing',
    ] as const),
  ),
  line: pick,
  policy: fc.constantFrom('CARD_FIRST' as const, 'EXTERNAL_FIRST' as const),
  key: keyPlan,
});

const one = (...plans: readonly Extract<RequestPlan, { which: number }>['plan'][]) =>
  fc.record({ plan: fc.constantFrom(...plans), which: pick });

export const requestPlan: fc.Arbitrary<RequestPlan> = fc.oneof(
  { weight: 6, arbitrary: payPlan },
  { weight: 5, arbitrary: refundPlan },
  { weight: 6, arbitrary: one('visit', 'visit', 'confirm', 'cancel') },
  { weight: 4, arbitrary: one('check', 'cancel', 'checkRefund') },
  { weight: 1, arbitrary: one('freeze', 'unfreeze', 'unfreeze', 'cancelOrder') },
);

/** Requests that conflict: they choose among few orders, payments and cards. */
export const racingPlan: fc.Arbitrary<RequestPlan> = fc.oneof(
  { weight: 4, arbitrary: payPlan.map((plan) => ({ ...plan, order: plan.order % 2 })) },
  { weight: 5, arbitrary: refundPlan.map((plan) => ({ ...plan, payment: plan.payment % 2 })) },
  {
    weight: 7,
    arbitrary: one('visit', 'confirm', 'check', 'cancel', 'checkRefund').map((plan) => ({
      ...plan,
      which: plan.which % 8 === 7 ? 7 : plan.which % 2,
    })),
  },
  { weight: 1, arbitrary: one('freeze', 'unfreeze', 'cancelOrder') },
  { weight: 2, arbitrary: fc.constant<RequestPlan>({ plan: 'due' }) },
);

/** The request that a plan stands for now; `null` when nothing that it could concern exists. The latest come first. */
export function requestOf(plan: RequestPlan, model: ReferenceCheckout, newKey: () => string): Request | null {
  const { snapshot } = model;
  switch (plan.plan) {
    case 'pay':
      return payOf(plan, model, newKey);
    case 'refund':
      return refundOf(plan, model, newKey);
    case 'due':
      return { ask: 'due' };
    case 'freeze':
    case 'unfreeze': {
      const cardId = nth(model.cardIds, plan.which);
      return cardId === undefined ? null : { ask: plan.plan, cardId };
    }
    case 'cancelOrder': {
      const orderId = nth([...snapshot.orders.keys()], plan.which);
      return orderId === undefined ? null : { ask: 'cancelOrder', orderId };
    }
    case 'checkRefund': {
      const refunds = [...snapshot.payments.values()].flatMap((payment) => payment.refunds);
      const refund = nth(
        preferring(refunds, ({ state }) => state === 'PENDING'),
        plan.which,
      );
      return refund ? { ask: 'checkRefund', refundId: refund.id } : null;
    }
    default: {
      const external = [...snapshot.payments.values()].filter(({ expiresMs }) => expiresMs !== null);
      const open = (state: string) => state === 'EXTERNAL_PENDING' || state === 'CANCELLING';
      const payment = nth(
        preferring(external, ({ state }) => open(state)),
        plan.which,
      );
      return payment ? { ask: plan.plan, paymentId: payment.id } : null;
    }
  }
}

function payOf(
  plan: Extract<RequestPlan, { plan: 'pay' }>,
  model: ReferenceCheckout,
  newKey: () => string,
): Request | null {
  const earlier = plan.key.key === 'new' ? undefined : nth([...model.paid.values()], plan.key.which)?.request;
  if (earlier && plan.key.key === 'again') return { ask: 'pay', ...earlier };
  const orders = [...model.snapshot.orders].filter(([id]) => id !== earlier?.orderId);
  const found = nth(
    preferring(orders, ([, { state }]) => state === 'open'),
    plan.order,
  );
  if (!found) return null;
  const [orderId, order] = found;
  const choice = plan.choice && choiceOf(plan.choice, model);
  const { cardMinor, externalMinor } = model.split(order, { choice });
  const off = plan.shown === 'outdated' && cardMinor > 0n ? 1n : 0n;
  return {
    ask: 'pay',
    orderId,
    choice,
    method: plan.method,
    cardMinor: cardMinor - off,
    externalMinor: externalMinor + off,
    key: earlier?.key ?? newKey(),
  };
}

/** Some of the shopper's cards, each once, and how much of each: up to 100 per cent of its value; above that, no limit. */
function choiceOf(cards: readonly { card: number; percent: number }[], model: ReferenceCheckout): Choice[] {
  const chosen = new Map<string, bigint | null>();
  for (const { card, percent } of cards) {
    const cardId = nth(model.cardIds, card);
    if (cardId === undefined) continue;
    const { postedMinor } = must(model.snapshot.cards.get(cardId), 'card');
    chosen.set(cardId, percent > 100 ? null : (postedMinor * BigInt(percent)) / 100n);
  }
  return [...chosen].map(([cardId, maxMinor]) => ({ cardId, maxMinor }));
}

function refundOf(
  plan: Extract<RequestPlan, { plan: 'refund' }>,
  model: ReferenceCheckout,
  newKey: () => string,
): Request | null {
  const earlier =
    plan.key.key === 'new' ? undefined : nth([...model.refunded.values()], plan.key.which)?.request;
  if (earlier && plan.key.key === 'again') return { ask: 'refund', ...earlier };
  const payments = [...model.snapshot.payments.values()];
  const payment = earlier
    ? model.payment(earlier.paymentId)
    : nth(
        preferring(payments, ({ state }) => PAID_STATES.includes(state)),
        plan.payment,
      );
  if (!payment) return null;
  const open = model
    .order(payment.orderId)
    .lines.map(({ id }) => ({ lineId: id, amountMinor: refundableOf(payment, id) }));
  const line = must(
    nth(
      preferring(open, ({ amountMinor }) => amountMinor > 0n),
      plan.line,
    ),
    'line',
  );
  const part = { lineId: line.lineId, amountMinor: 1n + (line.amountMinor * BigInt(plan.line % 90)) / 100n };
  const lines = {
    everything: open.filter(({ amountMinor }) => amountMinor > 0n),
    line: [line.amountMinor > 0n ? line : part],
    part: [part],
    above: [{ ...line, amountMinor: line.amountMinor + 1n }],
    nothing: [],
  }[plan.of];
  return { ask: 'refund', paymentId: payment.id, lines, policy: plan.policy, key: earlier?.key ?? newKey() };
}

/** Counts from the end, so that small numbers choose what came last. */
function nth<T>(list: readonly T[], place: number): T | undefined {
  return list[list.length - 1 - (place % Math.max(list.length, 1))];
}

/** Puts those that are most worth choosing last, where `nth` begins to count. */
function preferring<T>(list: readonly T[], likely: (item: T) => boolean): T[] {
  return [...list.filter((item) => !likely(item)), ...list.filter(likely)];
}
