import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invariant } from '@/lib/kernel';
import {
  allocateRefund,
  REFUND_POLICIES,
  type RefundAllocation,
  type RefundableTender,
  type RefundPolicy,
} from './refund-allocation';

/** Amounts of one line `l`, tender by tender: [captured, refunded]. */
type Amounts = Readonly<Record<string, readonly [bigint, bigint]>>;

/** Tenders whose id starts with `c` are cards; the others are external. */
function tendersOf(amounts: Amounts): RefundableTender[] {
  return Object.entries(amounts).map(([id, [capturedMinor, refundedMinor]]) => ({
    id,
    kind: id.startsWith('c') ? 'card' : 'external',
    lines: [{ lineId: 'l', capturedMinor, refundedMinor }],
  }));
}

function refund(amounts: Amounts, amountMinor: bigint, policy?: RefundPolicy) {
  const request = { tenders: tendersOf(amounts), lines: [{ lineId: 'l', amountMinor }] };
  const result = allocateRefund(policy ? { ...request, policy } : request);
  return result.ok
    ? Object.fromEntries(result.value.map((part) => [part.tenderId, part.amountMinor]))
    : result.refusal;
}

describe('by turns', () => {
  const paid: Amounts = { c1: [100n, 0n], c2: [50n, 0n], alipay: [30n, 0n] };

  test('a refund goes to the cards first unless told otherwise', () => {
    expect(refund(paid, 160n)).toEqual({ c2: 50n, c1: 100n, alipay: 10n });
    expect(refund(paid, 160n, 'CARD_FIRST')).toEqual({ c2: 50n, c1: 100n, alipay: 10n });
  });

  test('of several cards the one that paid last gets its money first', () => {
    expect(refund(paid, 50n)).toEqual({ c2: 50n });
    expect(refund(paid, 51n)).toEqual({ c2: 50n, c1: 1n });
  });

  test('EXTERNAL_FIRST fills the other method before the cards', () => {
    expect(refund(paid, 30n, 'EXTERNAL_FIRST')).toEqual({ alipay: 30n });
    expect(refund(paid, 81n, 'EXTERNAL_FIRST')).toEqual({ alipay: 30n, c2: 50n, c1: 1n });
  });

  test('what went back already is not paid again', () => {
    expect(refund({ c1: [100n, 99n], c2: [50n, 50n], alipay: [30n, 10n] }, 21n)).toEqual({
      c1: 1n,
      alipay: 20n,
    });
  });
});
