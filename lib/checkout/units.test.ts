import { describe, expect, it } from 'vitest';
import type { SpendableCard } from '@/lib/cards';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import type { Checkout, CheckoutLine } from './load-checkout';
import type { Payment } from './model';
import { movePayment, moveTender } from './move-payment';
import { releaseTransfers } from './movements';
import { paymentAtOnce, reservation } from './reserve-payment';
import { settlementUnit } from './settle-payment';

/**
 * What each phase of a payment asks the database for, row by row: which rows must be as they were read, what is written
 * and which value moves. An order of three lines at two merchants, two cards, one of them with a day limit, and Alipay.
 */
const now = new Date('2026-11-23T02:00:00.000Z');
const at = now.toISOString();
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_`));

const line = (name: string, merchant: 'self' | 'pop', amountMinor: bigint): CheckoutLine => ({
  id: name,
  amountMinor,
  kind: 'goods',
  category: 'home',
  merchantId: merchant,
  merchantKind: merchant,
  merchantAccountId: `merchant:${merchant}`,
  titleZh: '杯子',
  titleEn: 'Cup',
  quantity: 1,
});

const card = (name: `crd_${string}`, dayLimit: SpendableCard['dayLimit']): SpendableCard => ({
  id: name as SpendableCard['id'],
  accountId: `acc:${name}`,
  lastFour: '0000',
  programmeNameZh: '卡',
  programmeNameEn: 'Card',
  colours: { from: '#000000', to: '#ffffff' },
  availableMinor: 10_000n,
  dayLimit,
  expiresAt: null,
  spendingRule: { products: { allow: ['goods'] }, merchants: { allow: ['self', 'pop'] } },
  obstacle: null,
});

const lines = [line('cup', 'self', 6_000n), line('lamp', 'pop', 5_000n), line('mat', 'self', 2_000n)];
const cards = [
  card('crd_limited', { limitMinor: 9_000n, leftMinor: 7_000n, version: 3 }),
  card('crd_free', null),
  card('crd_unused', { limitMinor: 1n, leftMinor: 1n, version: 1 }),
];

/** `allocations`: card, line, amount; what they leave of a line is the other method's. */
function checkout(allocations: readonly (readonly [string, string, bigint])[]): Checkout {
  const paid = (of: (each: readonly [string, string, bigint]) => boolean) =>
    allocations.filter(of).reduce((sum, [, , amount]) => sum + amount, 0n);
  const cardMinor = paid(() => true);
  return {
    order: {
      id: 'ord_1',
      number: '1',
      userId: 'usr_1',
      state: 'open',
      currency: 'CNY',
      totalMinor: 13_000n,
      payBy: plusMs(now, MINUTE_MS),
      lines,
    },
    cards,
    quote: {
      allocations: allocations.map(([cardId, lineId, amountMinor]) => ({ cardId, lineId, amountMinor })),
      cards: cards.map(({ id: cardId }) => {
        const amountMinor = paid(([of]) => of === cardId);
        const rest = { leftMinor: 0n, eligibleMinor: 0n, shortfall: null } as const;
        return { cardId, amountMinor, reason: { code: 'rest' }, ...rest };
      }),
      lines: lines.map(({ id: lineId, amountMinor }) => {
        const byCards = paid(([, of]) => of === lineId);
        const rest = { reason: null, ineligible: [] };
        return { lineId, cardMinor: byCards, remainderMinor: amountMinor - byCards, ...rest };
      }),
      totalMinor: 13_000n,
      cardMinor,
      remainderMinor: 13_000n - cardMinor,
    },
  };
}

const mixed = checkout([
  ['crd_limited', 'cup', 6_000n],
  ['crd_limited', 'mat', 1_000n],
  ['crd_free', 'lamp', 1_500n],
]);
const byCards = checkout([
  ['crd_limited', 'cup', 6_000n],
  ['crd_free', 'lamp', 5_000n],
  ['crd_free', 'mat', 2_000n],
]);
const options = { method: 'alipay', now, idempotency: { key: 'k', fingerprint: 'f' } } as const;

const tendersOf = ({ tenders }: Payment) => {
  const [limited, free, external] = tenders.map((tender) => tender.id);
  return { limited, free, external };
};

const message = (topic: string, payload: Record<string, string>) => ({
  table: 'OutboxMessage',
  rows: [
    {
      id: id('out'),
      topic,
      payload: JSON.stringify(payload),
      createdAt: at,
      availableAt: at,
      attempts: 0,
      leasedBy: null,
      leasedUntil: null,
      deliveredAt: null,
      parkedAt: null,
      lastError: null,
    },
  ],
});
const event = (
  payment: Payment,
  name: string,
  from: string | null,
  to: string,
  detail: string | null = null,
) => ({
  id: id('evt'),
  paymentId: payment.id,
  event: name,
  fromState: from,
  toState: to,
  detail,
  at,
});

describe('a reservation', () => {
  const ends = plusMs(now, 10 * MINUTE_MS);

  it('expects an open order of this shopper, active cards in their hands, and the day limit as it was read', () => {
    const { payment, unit } = reservation(mixed, options);
    const held = { state: 'active', holderId: 'usr_1' };
    expect(unit.updates).toEqual([
      {
        table: 'Order',
        key: { id: 'ord_1' },
        expect: { state: 'open', userId: 'usr_1' },
        set: { state: 'paying' },
      },
      { table: 'Card', key: { id: 'crd_limited' }, expect: held, set: {} },
      { table: 'Card', key: { id: 'crd_free' }, expect: held, set: {} },
      {
        table: 'CardSetting',
        key: { cardId: 'crd_limited' },
        expect: { version: 3, dayLimitMinor: 9_000n },
        set: { version: 4 },
      },
    ]);
    expect(unit.idempotency).toEqual({
      scope: 'pay:usr_1',
      key: 'k',
      fingerprint: 'f',
      response: payment.id,
      createdAt: at,
    });
  });

  it('writes the payment, who pays what of which line, its story so far and a message', () => {
    const { payment, unit } = reservation(mixed, options);
    const tenders = tendersOf(payment);
    const row = {
      id: payment.id,
      orderId: 'ord_1',
      userId: 'usr_1',
      state: 'EXTERNAL_PENDING',
      currency: 'CNY',
      amountMinor: 13_000n,
      cardMinor: 8_500n,
      externalMinor: 4_500n,
      refundedMinor: 0n,
      gateway: 'alipay',
      createdAt: at,
      expiresAt: ends.toISOString(),
      settledAt: null,
      checkAt: plusMs(now, 4_000).toISOString(),
      checks: 0,
    };
    const tender = {
      paymentId: payment.id,
      kind: 'card',
      gateway: null,
      refundedMinor: 0n,
      gatewayReference: null,
    };
    const held = { ...tender, state: 'AUTHORIZED' };
    const part = (tenderId: string | undefined, orderLineId: string, amountMinor: bigint) => ({
      tenderId,
      orderLineId,
      amountMinor,
      refundedMinor: 0n,
    });
    expect(unit.inserts).toEqual([
      { table: 'Payment', rows: [row] },
      {
        table: 'Tender',
        rows: [
          { ...held, id: tenders.limited, cardId: 'crd_limited', position: 0, amountMinor: 7_000n },
          { ...held, id: tenders.free, cardId: 'crd_free', position: 1, amountMinor: 1_500n },
          {
            ...tender,
            id: tenders.external,
            kind: 'external',
            cardId: null,
            gateway: 'alipay',
            position: 2,
            amountMinor: 4_500n,
            state: 'PENDING',
          },
        ],
      },
      {
        table: 'TenderLine',
        rows: [
          part(tenders.limited, 'cup', 6_000n),
          part(tenders.limited, 'mat', 1_000n),
          part(tenders.free, 'lamp', 1_500n),
          part(tenders.external, 'lamp', 3_500n),
          part(tenders.external, 'mat', 1_000n),
        ],
      },
      {
        table: 'PaymentEvent',
        rows: [
          event(payment, 'opened', null, 'OPEN'),
          event(payment, 'cards_held', 'OPEN', 'HELD'),
          event(payment, 'external_started', 'HELD', 'EXTERNAL_PENDING'),
        ],
      },
      message('payment.reserved', { paymentId: payment.id, userId: 'usr_1' }),
    ]);
    expect(Object.values(tenders)).toEqual([id('tnd'), id('tnd'), id('tnd')]);
    expect(payment.id).toEqual(id('pay'));
  });

  it('holds on each card what it pays to each merchant, until half an hour after the gateway stops taking the rest', () => {
    const { payment, unit } = reservation(mixed, options);
    const tenders = tendersOf(payment);
    const hold = (tender: string | undefined, cardId: string, merchant: string, amountMinor: bigint) => ({
      type: 'hold',
      id: `${tender}:hold:merchant:${merchant}`,
      movement: 'spend',
      debit: { id: `acc:${cardId}`, kind: 'card' },
      credit: { id: `merchant:${merchant}`, kind: 'merchantPayable' },
      amountMinor,
      reference: payment.id,
      timeoutAt: plusMs(ends, 30 * MINUTE_MS),
    });
    expect(unit.transfers).toEqual([
      hold(tenders.limited, 'crd_limited', 'self', 7_000n),
      hold(tenders.free, 'crd_free', 'pop', 1_500n),
    ]);
  });

  it('of a payment by cards alone has no gateway, no end and no other part, whatever method was named', () => {
    const { payment: whole, unit: wholeUnit } = reservation(byCards, options);
    const alone = { state: 'HELD', gateway: null, expiresAt: null, externalMinor: 0n, cardMinor: 13_000n };
    expect(whole).toMatchObject({ ...alone, orderNumber: '1', checkAt: plusMs(now, 4_000), checks: 0 });
    expect(whole.tenders.map(({ kind }) => kind)).toEqual(['card', 'card']);
    expect(wholeUnit.inserts?.[0]?.rows).toMatchObject([alone]);
    expect(wholeUnit.inserts?.[3]?.rows).toEqual([
      event(whole, 'opened', null, 'OPEN'),
      event(whole, 'cards_held', 'OPEN', 'HELD'),
    ]);
    expect(wholeUnit.transfers).toMatchObject([
      { amountMinor: 6_000n, timeoutAt: plusMs(now, 30 * MINUTE_MS) },
      { amountMinor: 5_000n },
      { amountMinor: 2_000n },
    ]);
    expect(() => reservation(mixed, { ...options, method: null })).toThrow('another method');
  });
});

describe('a payment at once', () => {
  const { payment, unit } = paymentAtOnce(byCards, options);

  it('is guarded like a reservation', () => {
    const reserved = reservation(byCards, options).unit;
    expect(unit.idempotency).toEqual({ ...reserved.idempotency, response: payment.id });
    expect(unit.updates).toEqual([
      { ...reserved.updates?.[0], set: { state: 'paid', paidAt: at } },
      ...(reserved.updates?.slice(1) ?? []),
    ]);
  });

  it('is over: paid, captured, told, and nobody has to look at it', () => {
    expect(payment).toMatchObject({
      state: 'PAID',
      gateway: null,
      expiresAt: null,
      checkAt: null,
      checks: 0,
    });
    expect(unit.inserts?.[0]?.rows).toMatchObject([
      { id: payment.id, state: 'PAID', cardMinor: 13_000n, externalMinor: 0n, settledAt: at, checkAt: null },
    ]);
    expect(unit.inserts?.[1]?.rows.map(({ state }) => state)).toEqual(['CAPTURED', 'CAPTURED']);
    expect(unit.inserts?.[3]?.rows).toEqual([
      event(payment, 'opened', null, 'OPEN'),
      event(payment, 'settled', 'OPEN', 'PAID'),
    ]);
    expect(unit.inserts?.[4]?.rows).toEqual([
      message('payment.paid', { paymentId: payment.id, userId: 'usr_1' }).rows[0],
    ]);
  });

  it('moves at once to each merchant what a reservation holds for it', () => {
    const atOnce = { type: 'post', id: id('tnd'), reference: payment.id, timeoutAt: undefined };
    const holds = reservation(byCards, options).unit.transfers;
    expect(unit.transfers).toEqual(holds.map((hold) => ({ ...hold, ...atOnce })));
    expect(new Set(unit.transfers.map((each) => each.id)).size).toBe(3);
  });
});

describe('a settlement', () => {
  const settled = () => {
    const { payment } = reservation(mixed, options);
    return { payment, tenders: tendersOf(payment), unit: settlementUnit(payment, now, 'trade-1') };
  };

  it('expects the payment as it was read, the order being paid, and tenders that may be captured', () => {
    const { payment, tenders, unit } = settled();
    expect(unit.updates).toEqual([
      {
        table: 'Payment',
        key: { id: payment.id },
        expect: { state: 'EXTERNAL_PENDING', refundedMinor: 0n },
        set: { state: 'PAID', settledAt: at, checkAt: null },
      },
      {
        table: 'Order',
        key: { id: 'ord_1' },
        expect: { state: 'paying' },
        set: { state: 'paid', paidAt: at },
      },
      ...[tenders.limited, tenders.free, tenders.external].map((tender) => ({
        table: 'Tender',
        key: { id: tender },
        expect: { state: expect.arrayContaining(['PENDING', 'UNKNOWN', 'AUTHORIZED']) },
        set: {
          state: 'CAPTURED',
          ...(tender === tenders.external ? { gatewayReference: 'trade-1' } : {}),
        },
      })),
    ]);
    expect(unit.inserts).toEqual([
      { table: 'PaymentEvent', rows: [event(payment, 'settled', 'EXTERNAL_PENDING', 'PAID')] },
      message('payment.paid', { paymentId: payment.id, userId: 'usr_1' }),
    ]);
  });

  it('captures each hold and credits each merchant what the other method paid', () => {
    const { payment, tenders, unit } = settled();
    const capture = (tender: string | undefined, merchant: string) => ({
      type: 'capture',
      id: `${tender}:capture:merchant:${merchant}`,
      holdId: `${tender}:hold:merchant:${merchant}`,
      reference: payment.id,
    });
    const collect = (merchant: string, amountMinor: bigint) => ({
      type: 'post',
      id: `${tenders.external}:collect:merchant:${merchant}`,
      movement: 'collect',
      debit: { id: 'house:gatewayReceivable:CNY:alipay', kind: 'gatewayReceivable' },
      credit: { id: `merchant:${merchant}`, kind: 'merchantPayable' },
      amountMinor,
      reference: payment.id,
    });
    expect(unit.transfers).toEqual([
      capture(tenders.limited, 'self'),
      capture(tenders.free, 'pop'),
      collect('pop', 3_500n),
      collect('self', 1_000n),
    ]);
  });

  it('is not made without proof of the other part', () => {
    const { payment } = settled();
    expect(() => settlementUnit(payment, now)).toThrow('proven');
    expect(settlementUnit(reservation(byCards, options).payment, now).updates).toHaveLength(4);
  });
});

it('a release gives back each hold and nothing else', () => {
  const { payment } = reservation(mixed, options);
  const { limited, free } = tendersOf(payment);
  const release = (tender: string | undefined, merchant: string) => ({
    type: 'release',
    id: `${tender}:release:merchant:${merchant}`,
    holdId: `${tender}:hold:merchant:${merchant}`,
    reference: payment.id,
  });
  expect(releaseTransfers(payment)).toEqual([release(limited, 'self'), release(free, 'pop')]);
});

it('a payment moves along its table, with what else is set and said; a tender from any state that leads there', () => {
  const { payment } = reservation(mixed, options);
  const move = movePayment(payment, 'cancel_requested', { now, set: { checks: 0 }, detail: 'why' });
  expect(move).toMatchObject({
    to: 'CANCELLING',
    update: { expect: { state: 'EXTERNAL_PENDING' }, set: { state: 'CANCELLING', checks: 0 } },
    event: event(payment, 'cancel_requested', 'EXTERNAL_PENDING', 'CANCELLING', 'why'),
  });
  expect(() => movePayment(payment, 'refunded', { now })).toThrow('no refunded from EXTERNAL_PENDING');
  const [tender] = payment.tenders;
  expect(tender && moveTender(tender, 'VOIDED')).toEqual({
    table: 'Tender',
    key: { id: tender?.id },
    expect: { state: ['AUTHORIZED'] },
    set: { state: 'VOIDED' },
  });
});
