import { describe, expect, it } from 'vitest';
import { movePayment, moveTender } from './move-payment';
import { releaseTransfers } from './movements';
import { reservation } from './reserve-payment';
import { settlementUnit } from './settle-payment';
import { at, byCards, event, message, mixed, now, options, tendersOf } from './testing/units';

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
