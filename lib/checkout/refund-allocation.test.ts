import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantViolation, invariant } from '@/lib/kernel';
import {
  allocateRefund,
  REFUND_POLICIES,
  type RefundAllocation,
  type RefundableTender,
  type RefundPolicy,
} from './refund-allocation';

/** What tenders paid of one line and got back of it, by tender id: [captured, refunded]. */
type Amounts = Readonly<Record<string, readonly [bigint, bigint]>>;

describe('by turns', () => {
  const paid: Amounts = { c1: [100n, 0n], c2: [50n, 0n], alipay: [30n, 0n] };

  test('a refund goes to the cards first unless told otherwise', () => {
    expect(refundOf(paid, 160n)).toEqual({ c1: 100n, c2: 50n, alipay: 10n });
    expect(refundOf(paid, 160n, 'CARD_FIRST')).toEqual({ c1: 100n, c2: 50n, alipay: 10n });
    expect(refundOf(paid, 150n)).toEqual({ c1: 100n, c2: 50n });
  });

  test('of several cards the one that paid last gets its money first', () => {
    expect(refundOf(paid, 50n)).toEqual({ c2: 50n });
    expect(refundOf(paid, 51n)).toEqual({ c2: 50n, c1: 1n });
  });

  test('EXTERNAL_FIRST fills the other method before the cards', () => {
    expect(refundOf(paid, 30n, 'EXTERNAL_FIRST')).toEqual({ alipay: 30n });
    expect(refundOf(paid, 81n, 'EXTERNAL_FIRST')).toEqual({ alipay: 30n, c2: 50n, c1: 1n });
  });

  test('what went back already does not go back again', () => {
    const partly: Amounts = { c1: [100n, 99n], c2: [50n, 50n], alipay: [30n, 10n] };
    expect(refundOf(partly, 21n)).toEqual({ c1: 1n, alipay: 20n });
  });
});

describe('pro rata', () => {
  test('each tender gets its share of the line', () => {
    expect(refundOf({ c1: [60n, 0n], c2: [30n, 0n], alipay: [10n, 0n] }, 50n, 'PRO_RATA')).toEqual({
      c1: 30n,
      c2: 15n,
      alipay: 5n,
    });
  });

  test('a fen that cannot be shared goes to the largest fraction', () => {
    expect(refundOf({ c1: [2n, 0n], alipay: [1n, 0n] }, 1n, 'PRO_RATA')).toEqual({ c1: 1n });
    expect(refundOf({ c1: [1n, 0n], alipay: [2n, 0n] }, 1n, 'PRO_RATA')).toEqual({ alipay: 1n });
  });

  test('a line of one fen goes back whole', () => {
    expect(refundOf({ c1: [1n, 0n] }, 1n, 'PRO_RATA')).toEqual({ c1: 1n });
  });

  test('a tender that is ahead of its share waits until the others caught up', () => {
    expect(refundOf({ c1: [50n, 20n], alipay: [50n, 0n] }, 10n, 'PRO_RATA')).toEqual({ alipay: 10n });
    expect(refundOf({ c1: [50n, 20n], alipay: [50n, 0n] }, 30n, 'PRO_RATA')).toEqual({ c1: 5n, alipay: 25n });
  });

  test('a hundred refunds of one fen are shared like one of a hundred', () => {
    let amounts: Amounts = { c1: [70n, 0n], alipay: [30n, 0n] };
    for (let refunded = 1n; refunded <= 100n; refunded++) {
      amounts = withRefund(amounts, refundOf(amounts, 1n, 'PRO_RATA'));
      const [, card] = amounts.c1 ?? [0n, 0n];
      const error = card * 100n - 70n * refunded;
      expect(error > -100n && error < 100n).toBe(true);
    }
    expect(amounts).toEqual({ c1: [70n, 70n], alipay: [30n, 30n] });
  });
});

describe('whatever was paid', () => {
  const amount = fc.bigInt(0n, 5_000n);
  const tenders = fc.record({ c1: amount, c2: amount, c3: amount, alipay: amount });
  const steps = fc.array(
    fc.record({ share: fc.integer({ min: 1, max: 1_000 }), policy: fc.constantFrom(...REFUND_POLICIES) }),
    { maxLength: 25 },
  );

  test('any row of partial refunds ends on exactly what each tender paid, and never passes it', () => {
    fc.assert(
      fc.property(tenders, steps, (captured, row) => {
        let amounts = captureOf(captured);
        for (const { share, policy } of [...row, { share: 1_000, policy: 'PRO_RATA' } as const]) {
          const left = leftOf(amounts);
          if (left === 0n) break;
          const part = (left * BigInt(share)) / 1_000n || 1n;
          const refund = refundOf(amounts, part, policy);
          expect(sum(Object.values(refund))).toBe(part);
          amounts = withRefund(amounts, refund);
          for (const [paid, refunded] of Object.values(amounts)) expect(refunded <= paid).toBe(true);
        }
        for (const [paid, refunded] of Object.values(amounts)) expect(refunded).toBe(paid);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  test('pro rata all along, no tender is ever two fen away from its share', () => {
    fc.assert(
      fc.property(tenders, fc.array(fc.bigInt(1n, 40n), { maxLength: 60 }), (captured, parts) => {
        let amounts = captureOf(captured);
        const total = leftOf(amounts);
        for (const part of parts) {
          if (part > leftOf(amounts)) break;
          amounts = withRefund(amounts, refundOf(amounts, part, 'PRO_RATA'));
          const refunded = total - leftOf(amounts);
          for (const [paid, back] of Object.values(amounts)) {
            const error = back * total - paid * refunded;
            expect(error < total * 2n && error > -total * 2n).toBe(true);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

describe('lines', () => {
  const tenders: RefundableTender[] = [
    {
      id: 'card',
      kind: 'card',
      lines: [
        { lineId: 'a', capturedMinor: 10n, refundedMinor: 0n },
        { lineId: 'b', capturedMinor: 20n, refundedMinor: 5n },
      ],
    },
    { id: 'alipay', kind: 'external', lines: [{ lineId: 'b', capturedMinor: 7n, refundedMinor: 0n }] },
  ];

  test('each line goes back to the tenders that paid it', () => {
    const lines = [
      { lineId: 'b', amountMinor: 16n },
      { lineId: 'a', amountMinor: 10n },
    ];
    expect(allocateRefund({ tenders, lines })).toEqual({
      ok: true,
      value: [
        { tenderId: 'card', lineId: 'b', amountMinor: 15n },
        { tenderId: 'alipay', lineId: 'b', amountMinor: 1n },
        { tenderId: 'card', lineId: 'a', amountMinor: 10n },
      ],
    });
  });

  test('a request that cannot be met in full is refused in full, with the reason', () => {
    const refusalOf = (...lines: { lineId: string; amountMinor: bigint }[]) => {
      const result = allocateRefund({ tenders, lines });
      return result.ok ? null : result.refusal;
    };
    expect(refusalOf()).toEqual({ code: 'nothing_requested' });
    expect(refusalOf({ lineId: 'a', amountMinor: 0n })).toEqual({
      code: 'amount_not_positive',
      lineId: 'a',
      amountMinor: 0n,
    });
    expect(refusalOf({ lineId: 'a', amountMinor: 1n })).toBeNull();
    expect(refusalOf({ lineId: 'z', amountMinor: 1n })).toEqual({ code: 'line_not_paid', lineId: 'z' });
    expect(refusalOf({ lineId: 'a', amountMinor: 1n }, { lineId: 'a', amountMinor: 1n })).toEqual({
      code: 'line_requested_twice',
      lineId: 'a',
    });
    expect(refusalOf({ lineId: 'a', amountMinor: 1n }, { lineId: 'b', amountMinor: 23n })).toEqual({
      code: 'above_refundable',
      lineId: 'b',
      amountMinor: 23n,
      refundableMinor: 22n,
    });
    expect(refusalOf({ lineId: 'b', amountMinor: 22n })).toBeNull();
  });

  test('tenders that contradict themselves are a bug of the caller', () => {
    const refund = (...broken: RefundableTender[]) =>
      allocateRefund({ tenders: broken, lines: [{ lineId: 'a', amountMinor: 1n }] });
    const of = (capturedMinor: bigint, refundedMinor: bigint): RefundableTender => ({
      id: 'card',
      kind: 'card',
      lines: [{ lineId: 'a', capturedMinor, refundedMinor }],
    });
    expect(() => refund(of(1n, 2n))).toThrow(InvariantViolation);
    expect(() => refund(of(1n, -1n))).toThrow(InvariantViolation);
    expect(() => refund(of(1n, 0n), of(1n, 0n))).toThrow(InvariantViolation);
    const twice = of(1n, 0n);
    expect(() => refund({ ...twice, lines: [...twice.lines, ...twice.lines] })).toThrow(InvariantViolation);
  });
});

/** Tenders whose id starts with `c` are cards; the others are external. */
function tendersOf(amounts: Amounts): RefundableTender[] {
  return Object.entries(amounts).map(([id, [capturedMinor, refundedMinor]]) => ({
    id,
    kind: id.startsWith('c') ? 'card' : 'external',
    lines: [{ lineId: 'l', capturedMinor, refundedMinor }],
  }));
}

function refundOf(amounts: Amounts, amountMinor: bigint, policy?: RefundPolicy): Record<string, bigint> {
  const result = allocateRefund({
    tenders: tendersOf(amounts),
    lines: [{ lineId: 'l', amountMinor }],
    policy,
  });
  invariant(result.ok, 'the refund is possible');
  return Object.fromEntries(result.value.map((part: RefundAllocation) => [part.tenderId, part.amountMinor]));
}

function withRefund(amounts: Amounts, refund: Readonly<Record<string, bigint>>): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([id, [captured, refunded]]) => [
      id,
      [captured, refunded + (refund[id] ?? 0n)],
    ]),
  );
}

function captureOf(captured: Readonly<Record<string, bigint>>): Amounts {
  return Object.fromEntries(Object.entries(captured).map(([id, paid]) => [id, [paid, 0n]]));
}

function leftOf(amounts: Amounts): bigint {
  return sum(Object.values(amounts).map(([captured, refunded]) => captured - refunded));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
