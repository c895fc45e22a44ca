import { expect, test } from 'vitest';
import { InvariantViolation, invariant } from '@/lib/kernel';
import { type ChosenCard, type QuoteCard, quote } from './quote';

const JANUARY = new Date('2030-01-31T16:00:00Z');
const merchant = { merchantId: 'mer_1', merchantKind: 'self' } as const;
const line = (amountMinor: bigint) =>
  ({ id: 'a', amountMinor, kind: 'goods', category: 'books', ...merchant }) as const;

function card(id: string, availableMinor: bigint, more: Partial<QuoteCard> = {}): QuoteCard {
  return { id, availableMinor, expiresAt: null, spendingRule: {}, obstacle: null, ...more };
}

function quoted(amountMinor: bigint, cards: readonly QuoteCard[], choice?: readonly ChosenCard[]) {
  const result = quote({ lines: [line(amountMinor)], cards, choice });
  invariant(result.ok, 'the request makes sense');
  const { cards: told, lines, cardMinor } = result.value;
  return {
    cardMinor,
    line: lines[0]?.reason,
    card: told.map(({ amountMinor: paid, reason }) => [paid, reason]),
    told,
  };
}

test('a card pays what its limit leaves, and says so; the rest of the line does too', () => {
  expect(quoted(50n, [card('c', 90n, { todayMinor: 30n })])).toMatchObject({
    cardMinor: 30n,
    card: [[30n, { code: 'day_limit', todayMinor: 30n }]],
    line: { code: 'day_limit' },
    told: [{ leftMinor: 60n }],
  });
});

test('a limit that is not reached is not the reason', () => {
  expect(quoted(20n, [card('c', 90n, { todayMinor: 30n })]).card).toEqual([[20n, { code: 'covers_all' }]]);
  expect(quoted(50n, [card('c', 30n, { todayMinor: 30n })])).toMatchObject({
    card: [[30n, { code: 'used_up' }]],
    line: { code: 'cards_used_up' },
  });
  expect(quoted(50n, [card('c', 20n, { todayMinor: 30n })]).card).toEqual([[20n, { code: 'used_up' }]]);
  expect(quoted(50n, [card('c', 60n, { todayMinor: null })]).card).toEqual([[50n, { code: 'covers_all' }]]);
});

test('a card whose limit is used up pays nothing, unless something stronger stands against it', () => {
  const none = { todayMinor: 0n };
  const reason = (more: Partial<QuoteCard>, choice?: readonly ChosenCard[]) =>
    quoted(50n, [card('c', 90n, { ...none, ...more })], choice).card[0];
  expect(reason({})).toEqual([0n, { code: 'day_limit', todayMinor: 0n }]);
  expect(reason({ obstacle: 'frozen' })).toEqual([0n, { code: 'card_obstacle', obstacle: 'frozen' }]);
  expect(reason({ availableMinor: 0n })).toEqual([0n, { code: 'empty' }]);
  expect(reason({ spendingRule: { categories: { deny: ['books'] } } })).toEqual([
    0n,
    { code: 'no_eligible_line' },
  ]);
  expect(reason({}, [])).toEqual([0n, { code: 'not_chosen' }]);
  expect(reason({}, [{ cardId: 'c', maxMinor: 0n }])).toEqual([0n, { code: 'not_chosen' }]);
  expect(reason({}, [{ cardId: 'c', maxMinor: null }])).toEqual([0n, { code: 'day_limit', todayMinor: 0n }]);
  expect(quoted(50n, [card('c', 90n, none)]).line).toEqual({ code: 'day_limit' });
});

test('an amount that was chosen beyond the limit is lowered, and said', () => {
  const choice = [{ cardId: 'c', maxMinor: 40n }];
  expect(quoted(50n, [card('c', 90n, { todayMinor: 30n })], choice).told).toMatchObject([
    { amountMinor: 30n, shortfall: { code: 'day_limit', chosenMinor: 40n, missingMinor: 10n } },
  ]);
  expect(quoted(50n, [card('c', 90n, { todayMinor: 40n })], choice).told).toMatchObject([
    { amountMinor: 40n, reason: { code: 'your_choice' }, shortfall: null },
  ]);
  expect(quoted(50n, [card('c', 90n, { todayMinor: 60n })], choice).line).toEqual({ code: 'your_choice' });
});

test('what one card may not pay today the next one pays', () => {
  const cards = [card('soon', 90n, { todayMinor: 30n, expiresAt: JANUARY }), card('later', 90n)];
  expect(quoted(50n, cards).told).toMatchObject([
    { cardId: 'soon', amountMinor: 30n, reason: { code: 'day_limit' } },
    { cardId: 'later', amountMinor: 20n, reason: { code: 'rest' } },
  ]);
});

test('a limit below nothing is a bug of the caller', () => {
  expect(() => quoted(1n, [card('c', 9n, { todayMinor: -1n })])).toThrow(InvariantViolation);
});
