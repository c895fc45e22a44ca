import { describe, expect, it } from 'vitest';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import { paymentAtOnce, reservation } from './reserve-payment';
import { at, byCards, event, id, message, mixed, now, options, tendersOf } from './testing/units';

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
