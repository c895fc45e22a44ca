import { describe, expect, it } from 'vitest';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import type { Payment, Tender } from './model';
import type { RefundAllocation } from './refund-allocation';
import { endOfExternalPart, refundUnit } from './refund-unit';

/**
 * What a refund asks the database for, row by row. A payment of 170.00: a card paid a cup (90.00, of which 10.00 went
 * back before), a part of a lamp of another merchant (10.00) and a mat (20.00); Alipay the other 50.00 of the lamp.
 */
const now = new Date('2026-11-23T02:00:00.000Z');
const at = now.toISOString();
const checkAt = plusMs(now, 4_000);
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_`));

const lineOf = (orderLineId: string, merchant: string, amountMinor: bigint, refundedMinor = 0n) => ({
  orderLineId,
  merchantAccountId: `merchant:${merchant}`,
  amountMinor,
  refundedMinor,
});
const card: Tender = {
  id: 'tnd_card',
  kind: 'card',
  cardId: 'crd_1',
  accountId: 'acc_1',
  gateway: null,
  amountMinor: 12_000n,
  refundedMinor: 1_000n,
  state: 'CAPTURED',
  gatewayReference: null,
  lines: [
    lineOf('cup', 'self', 9_000n, 1_000n),
    lineOf('lamp', 'pop', 1_000n),
    lineOf('mat', 'self', 2_000n),
  ],
};
const external: Tender = {
  ...card,
  id: 'tnd_alipay',
  kind: 'external',
  cardId: null,
  accountId: null,
  gateway: 'alipay',
  amountMinor: 5_000n,
  refundedMinor: 0n,
  gatewayReference: 'trade-1',
  lines: [lineOf('lamp', 'pop', 5_000n)],
};
const payment: Payment = {
  id: 'pay_1',
  orderId: 'ord_1',
  orderNumber: '1',
  userId: 'usr_1',
  state: 'PARTIALLY_REFUNDED',
  currency: 'CNY',
  amountMinor: 17_000n,
  cardMinor: 12_000n,
  externalMinor: 5_000n,
  refundedMinor: 1_000n,
  gateway: 'alipay',
  createdAt: now,
  expiresAt: null,
  checkAt: null,
  checks: 0,
  tenders: [card, external],
};

const part = (tenderId: string, lineId: string, amountMinor: bigint): RefundAllocation => ({
  tenderId,
  lineId,
  amountMinor,
});
const cup = part('tnd_card', 'cup', 8_000n);
const mat = part('tnd_card', 'mat', 2_000n);
const lampByCard = part('tnd_card', 'lamp', 1_000n);
const lampByAlipay = part('tnd_alipay', 'lamp', 5_000n);

function unitOf(allocations: readonly RefundAllocation[]) {
  return refundUnit(payment, allocations, {
    now,
    policy: 'CARD_FIRST',
    reason: 'broken',
    actorId: 'usr_9',
    idempotency: { key: 'k', fingerprint: 'f' },
    checkAt,
  });
}

const counter = (tenderId: string, orderLineId: string, before: bigint, after: bigint) => ({
  table: 'TenderLine',
  key: { tenderId, orderLineId },
  expect: { refundedMinor: before },
  set: { refundedMinor: after },
});

describe('a refund of everything that is left', () => {
  const everything = () => unitOf([cup, lampByCard, mat, lampByAlipay]);

  it('expects each counter as it was read, and moves it by what goes back', () => {
    const { refundId, unit } = everything();
    expect(unit.updates).toEqual([
      {
        table: 'Payment',
        key: { id: 'pay_1' },
        expect: { state: 'PARTIALLY_REFUNDED', refundedMinor: 1_000n },
        set: { state: 'REFUNDED', refundedMinor: 17_000n },
      },
      {
        table: 'Order',
        key: { id: 'ord_1' },
        expect: { state: ['paid', 'partially_refunded', 'refunded'] },
        set: { state: 'refunded' },
      },
      {
        table: 'Tender',
        key: { id: 'tnd_card' },
        expect: { state: 'CAPTURED', refundedMinor: 1_000n },
        set: { state: 'REFUNDED', refundedMinor: 12_000n },
      },
      counter('tnd_card', 'cup', 1_000n, 9_000n),
      counter('tnd_card', 'lamp', 0n, 1_000n),
      counter('tnd_card', 'mat', 0n, 2_000n),
      {
        table: 'Tender',
        key: { id: 'tnd_alipay' },
        expect: { state: 'CAPTURED', refundedMinor: 0n },
        set: { state: 'REFUNDING', refundedMinor: 5_000n },
      },
      counter('tnd_alipay', 'lamp', 0n, 5_000n),
    ]);
    expect(unit.idempotency).toEqual({
      scope: 'refund:pay_1',
      key: 'k',
      fingerprint: 'f',
      response: refundId,
      createdAt: at,
    });
  });

  it('writes the refund, its parts and lines, the story of the payment and a message', () => {
    const { refundId, unit } = everything();
    const [refund, parts, lines, events, messages] = unit.inserts ?? [];
    expect(refundId).toEqual(id('rfd'));
    expect(refund).toEqual({
      table: 'Refund',
      rows: [
        {
          id: refundId,
          paymentId: 'pay_1',
          state: 'PENDING',
          amountMinor: 16_000n,
          policy: 'CARD_FIRST',
          reason: 'broken',
          actorId: 'usr_9',
          createdAt: at,
          settledAt: null,
          checkAt: checkAt.toISOString(),
          checks: 0,
        },
      ],
    });
    expect(parts).toEqual({
      table: 'RefundPart',
      rows: [
        { id: id('rft'), refundId, tenderId: 'tnd_card', amountMinor: 11_000n, state: 'SUCCEEDED' },
        { id: id('rft'), refundId, tenderId: 'tnd_alipay', amountMinor: 5_000n, state: 'PENDING' },
      ],
    });
    const [byCard, byAlipay] = parts?.rows.map((row) => row.id) ?? [];
    expect(lines).toEqual({
      table: 'RefundLine',
      rows: [
        { partId: byCard, orderLineId: 'cup', amountMinor: 8_000n },
        { partId: byCard, orderLineId: 'lamp', amountMinor: 1_000n },
        { partId: byCard, orderLineId: 'mat', amountMinor: 2_000n },
        { partId: byAlipay, orderLineId: 'lamp', amountMinor: 5_000n },
      ],
    });
    expect(events).toMatchObject({
      table: 'PaymentEvent',
      rows: [{ event: 'refunded', fromState: 'PARTIALLY_REFUNDED', toState: 'REFUNDED', detail: refundId }],
    });
    const payload = JSON.stringify({ refundId, paymentId: 'pay_1', userId: 'usr_1' });
    expect(messages).toMatchObject({ table: 'OutboxMessage', rows: [{ topic: 'refund.started', payload }] });
  });

  it("puts the card's part on the card, merchant by merchant, and keeps the gateway's part aside", () => {
    const { unit } = everything();
    const [byCard, byAlipay] = unit.inserts?.[1]?.rows.map((row) => row.id) ?? [];
    const debit = (merchant: string) => ({ id: `merchant:${merchant}`, kind: 'merchantPayable' });
    const back = (merchant: string, amountMinor: bigint) => ({
      type: 'post',
      id: `${byCard}:card:merchant:${merchant}`,
      movement: 'refundCard',
      debit: debit(merchant),
      credit: { id: 'acc_1', kind: 'card' },
      amountMinor,
      reference: 'pay_1',
    });
    expect(unit.transfers).toEqual([
      back('self', 10_000n),
      back('pop', 1_000n),
      {
        type: 'hold',
        id: `${byAlipay}:hold:merchant:pop`,
        movement: 'refundExternal',
        debit: debit('pop'),
        credit: { id: 'house:gatewayReceivable:CNY:alipay', kind: 'gatewayReceivable' },
        amountMinor: 5_000n,
        timeoutAt: plusMs(now, 30 * MINUTE_MS),
        reference: 'pay_1',
      },
    ]);
  });
});

it('a refund of a part by the card alone is over at once, and leaves the rest as paid', () => {
  const { refundId, unit } = unitOf([mat]);
  expect(unit.updates).toMatchObject([
    { table: 'Payment', set: { state: 'PARTIALLY_REFUNDED', refundedMinor: 3_000n } },
    { table: 'Order', set: { state: 'partially_refunded' } },
    { key: { id: 'tnd_card' }, set: { state: 'CAPTURED', refundedMinor: 3_000n } },
    counter('tnd_card', 'mat', 0n, 2_000n),
  ]);
  expect(unit.inserts).toMatchObject([
    { rows: [{ id: refundId, state: 'SUCCEEDED', settledAt: at, checkAt: null, amountMinor: 2_000n }] },
    { rows: [{ tenderId: 'tnd_card', amountMinor: 2_000n }] },
    { rows: [{ orderLineId: 'mat' }] },
    { rows: [{ event: 'refunded_in_part', toState: 'PARTIALLY_REFUNDED' }] },
    { rows: [{ topic: 'refund.succeeded' }] },
  ]);
  expect(unit.transfers).toHaveLength(1);
});

it('a tender that cannot give anything back, or a line that it did not pay, is a bug and throws', () => {
  const released = { ...payment, tenders: [{ ...card, state: 'VOIDED' as const }] };
  const options = { now, policy: 'CARD_FIRST', reason: null, actorId: null, checkAt } as const;
  const idempotency = { key: 'k', fingerprint: 'f' };
  expect(() => refundUnit(released, [mat], { ...options, idempotency })).toThrow('tender VOIDED → CAPTURED');
  expect(() => unitOf([part('tnd_alipay', 'cup', 1n)])).toThrow('lines of the tender');
});

it.each(['capture', 'release'] as const)("the gateway's part ends by a %s of each of its holds", (type) => {
  const ended = { id: 'rft_1', merchantAccountIds: ['m1', 'm2'] };
  expect(endOfExternalPart(payment, ended, type)).toEqual(
    ['m1', 'm2'].map((merchant) => ({
      type,
      id: `rft_1:${type}:${merchant}`,
      holdId: `rft_1:hold:${merchant}`,
      reference: 'pay_1',
    })),
  );
});
