import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basketOf } from './basket';
import { isPayableByCard, matchesQuery, orderNumberGroups, returnableUntil, standingOf } from './model';
import { shopQuerySchema } from './schemas';
import { exampleProduct } from './testing';
import { sift } from './views';

const DAY = 86_400_000;

test('a basket comes to the sum of its lines to the fen', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          priceMinor: fc.bigInt({ min: 1n, max: 10n ** 9n }),
          quantity: fc.integer({ min: 1, max: 99 }),
        }),
      ),
      (entries) => {
        const basket = basketOf(
          entries.map(({ priceMinor, quantity }) => ({ product: exampleProduct({ priceMinor }), quantity })),
        );
        let expected = 0n;
        for (const { priceMinor, quantity } of entries) {
          for (let i = 0; i < quantity; i += 1) expected += priceMinor;
        }
        expect(basket.totalMinor).toBe(expected);
      },
    ),
  );
});

test('a basket tells how much of it no card can pay', () => {
  const basket = basketOf([
    { product: exampleProduct({ priceMinor: 1000n }), quantity: 2 },
    { product: exampleProduct({ kind: 'gold', priceMinor: 50_000n }), quantity: 1 },
    { product: exampleProduct({ kind: 'fresh', priceMinor: 300n }), quantity: 1 },
  ]);
  expect(basket.payableByCardMinor).toBe(2300n);
  expect(basket.count).toBe(4);
});

test('no card pays virtual goods or investment gold', () => {
  expect(isPayableByCard('virtual')).toBe(false);
  expect(isPayableByCard('gold')).toBe(false);
  expect(isPayableByCard('goods')).toBe(true);
  expect(isPayableByCard('fresh')).toBe(true);
});

test('an open order lapses at the instant its time to pay ends', () => {
  const payBy = new Date('2026-03-01T10:00:00Z');
  const order = { state: 'open', payBy } as const;
  expect(standingOf(order, new Date(payBy.getTime() - 1))).toBe('open');
  expect(standingOf(order, payBy)).toBe('lapsed');
  expect(standingOf({ ...order, state: 'paid' }, payBy)).toBe('paid');
});

test('goods go back for seven days, fresh food for two, gold and virtual goods not at all', () => {
  const paidAt = new Date('2026-03-01T10:00:00Z');
  expect(returnableUntil('goods', paidAt)?.getTime()).toBe(paidAt.getTime() + 7 * DAY);
  expect(returnableUntil('fresh', paidAt)?.getTime()).toBe(paidAt.getTime() + 2 * DAY);
  expect(returnableUntil('gold', paidAt)).toBeNull();
  expect(returnableUntil('virtual', paidAt)).toBeNull();
});

test('an order number is read in groups of four', () => {
  expect(orderNumberGroups('123456789012')).toBe('1234 5678 9012');
});

describe('search', () => {
  const tea = exampleProduct({
    title: { zh: 'ＡＢＣ 茉莉花茶 100 克', en: 'Jasmine Tea' },
    kind: 'goods',
    priceMinor: 300n,
  });
  const gold = exampleProduct({
    title: { zh: '金条', en: 'Gold bar' },
    kind: 'gold',
    category: 'gold',
    priceMinor: 900n,
  });
  const names = (category: string) => (category === 'gold' ? '投资金' : '家居');
  const find = (query: Record<string, string>) => sift([tea, gold], shopQuerySchema.parse(query), names);

  test('letter case and width make no difference', () => {
    for (const q of ['jasmine', 'JASMINE', 'ｊａｓｍｉｎｅ', 'abc', 'ABC', '茉莉']) {
      expect(find({ q })).toEqual([tea]);
    }
  });

  test('every word has to be there', () => {
    expect(matchesQuery(['Jasmine Tea'], 'tea jasmine')).toBe(true);
    expect(matchesQuery(['Jasmine Tea'], 'tea coffee')).toBe(false);
  });

  test('a department is found by its name', () => expect(find({ q: '投资金' })).toEqual([gold]));

  test('the card filter leaves out what no card can pay', () => expect(find({ card: '1' })).toEqual([tea]));

  test('prices sort both ways', () => {
    expect(find({ sort: 'price-up' })).toEqual([tea, gold]);
    expect(find({ sort: 'price-down' })).toEqual([gold, tea]);
  });

  test('an address that makes no sense shows the shop', () => {
    expect(
      shopQuerySchema.parse({ category: 'x', page: '-1', sort: '?', q: ['a', 'b'], card: 'yes' }),
    ).toEqual({
      category: undefined,
      q: 'a',
      card: false,
      sort: 'shelf',
      page: 1,
    });
  });
});
