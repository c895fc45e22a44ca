import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPolicyPack } from '@/lib/policy';
import { documentNumber, maskDocument } from './document';
import { nextTier, priceOf } from './price';
import { SOMEBODY } from './testing';
import { type SaleFacts, weighSale } from './weigh-sale';

const pack = findPolicyPack('cn-2012');
if (!pack) throw new Error('there is one');
const sale: SaleFacts = {
  kind: 'anonymous',
  buyer: 'company',
  valueMinor: 100_000n,
  boughtOfKindMinor: 0n,
  boughtMinor: 0n,
  buyerIdentified: true,
  paidWith: 'cash',
};

test('cash is refused from the threshold of the day on, by its article; an account pays any sum below the limit', () => {
  expect(weighSale(pack, { ...sale, boughtMinor: 399_999n }).ok).toBe(true);
  expect(weighSale(pack, { ...sale, boughtMinor: 400_000n })).toMatchObject({
    refusal: { code: 'cash_not_allowed', rule: { source: { articles: '16' } } },
  });
  expect(weighSale(pack, { ...sale, boughtMinor: 400_000n, paidWith: 'account' }).ok).toBe(true);
});

test('a price is what its cards cost, never above their value, and its discount is under a fen a card of the tier', () => {
  const tiers = [
    { fromCards: 50, fromFaceMinor: 1_000_000n, basisPoints: 200 },
    { fromCards: 90, fromFaceMinor: 5_000_000n, basisPoints: 300 },
  ];
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 500_000n }), fc.integer({ min: 1, max: 99 }), (face, quantity) => {
      const price = priceOf(tiers, face, quantity);
      expect(price.totalMinor).toBe(price.unitMinor * BigInt(quantity));
      expect(price.totalMinor + price.discountMinor).toBe(price.valueMinor);
      expect(price.unitMinor > 0n && price.unitMinor <= face).toBe(true);
      const exact = face * BigInt(10_000 - price.basisPoints);
      expect(exact - price.unitMinor * 10_000n).toBeLessThan(10_000n);
    }),
  );
  expect(priceOf(tiers, 10_000n, 49).basisPoints).toBe(0);
  expect(priceOf(tiers, 10_000n, 50).basisPoints).toBe(200);
  expect(priceOf(tiers, 100_000n, 10).basisPoints).toBe(200);
  expect(priceOf(tiers, 99_999n, 10).basisPoints).toBe(0);
  expect(nextTier(tiers, priceOf(tiers, 10_000n, 50))?.basisPoints).toBe(300);
});

test('a document’s number is judged by its check character and shown by its ends', () => {
  expect(documentNumber('id_card', SOMEBODY.number.replace(/(.{6})/, '$1 '))).toBe(SOMEBODY.number);
  expect(documentNumber('id_card', SOMEBODY.number.replace(/.$/, '1'))).toBeNull();
  expect(documentNumber('id_card', '110101199002310070')).toBeNull();
  expect(documentNumber('company', '91330100ma2xkaba1t')).toBe('91330100MA2XKABA1T');
  expect(documentNumber('company', '91330100MA2XKABA1U')).toBeNull();
  expect(documentNumber('passport', 'E1234 5678')).toBe('E12345678');
  expect(maskDocument('91330100MA2XKABA1T')).toBe('913••••••A1T');
});
