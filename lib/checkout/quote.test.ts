import { describe, expect, test } from 'vitest';
import { InvariantViolation, invariant } from '@/lib/kernel';
import { type ChosenCard, type Quote, type QuoteCard, type QuoteLine, quote } from './quote';

const JANUARY = new Date('2030-01-31T16:00:00Z');
const MARCH = new Date('2030-03-31T16:00:00Z');

function line(id: string, amountMinor: bigint, more: Partial<QuoteLine> = {}): QuoteLine {
  return {
    id,
    amountMinor,
    kind: 'goods',
    category: 'books',
    merchantId: 'mer_1',
    merchantKind: 'self',
    ...more,
  };
}

function card(id: string, availableMinor: bigint, more: Partial<QuoteCard> = {}): QuoteCard {
  return { id, availableMinor, expiresAt: null, spendingRule: {}, obstacle: null, ...more };
}

function quoted(
  lines: readonly QuoteLine[],
  cards: readonly QuoteCard[],
  choice?: readonly ChosenCard[],
): Quote {
  const result = quote({ lines, cards, choice });
  invariant(result.ok, 'the request makes sense');
  return result.value;
}

const booksOnly = { spendingRule: { categories: { allow: ['books'] } } };
const toys = { category: 'toys' };

describe('the split', () => {
  test('what no card pays is left for the other method', () => {
    const result = quoted([line('a', 100n), line('b', 50n)], [card('c', 120n)]);
    expect(result.allocations).toEqual([
      { cardId: 'c', lineId: 'a', amountMinor: 100n },
      { cardId: 'c', lineId: 'b', amountMinor: 20n },
    ]);
    expect([result.totalMinor, result.cardMinor, result.remainderMinor]).toEqual([150n, 120n, 30n]);
    expect(result.lines.map((each) => each.remainderMinor)).toEqual([0n, 30n]);
  });

  test('the card that ends first pays first, and one without an end pays last', () => {
    const cards = [
      card('never', 10n),
      card('march', 10n, { expiresAt: MARCH }),
      card('january', 10n, { expiresAt: JANUARY }),
    ];
    expect(quoted([line('a', 25n)], cards).allocations).toEqual([
      { cardId: 'january', lineId: 'a', amountMinor: 10n },
      { cardId: 'march', lineId: 'a', amountMinor: 10n },
      { cardId: 'never', lineId: 'a', amountMinor: 5n },
    ]);
  });

  test('of cards that end together the smaller pays first, and of equal ones the smaller id', () => {
    const cards = [card('c', 30n), card('b', 20n), card('a', 20n)];
    expect(quoted([line('a', 65n)], cards).cards.map((each) => each.cardId)).toEqual(['a', 'b', 'c']);
    const ending = cards.map((each) => ({ ...each, expiresAt: MARCH }));
    expect(quoted([line('a', 65n)], ending).cards.map((each) => each.cardId)).toEqual(['a', 'b', 'c']);
  });

  test('a card makes way on a line that only another card may pay', () => {
    const cards = [card('any', 10n, { expiresAt: JANUARY }), card('books', 10n, booksOnly)];
    const result = quoted([line('book', 10n), line('toy', 10n, toys)], cards);
    expect(result.allocations).toEqual([
      { cardId: 'any', lineId: 'toy', amountMinor: 10n },
      { cardId: 'books', lineId: 'book', amountMinor: 10n },
    ]);
  });

  test('lines are filled in the order of the basket', () => {
    const result = quoted([line('a', 10n), line('b', 10n), line('c', 10n)], [card('x', 5n), card('y', 8n)]);
    expect(result.allocations).toEqual([
      { cardId: 'x', lineId: 'a', amountMinor: 5n },
      { cardId: 'y', lineId: 'a', amountMinor: 5n },
      { cardId: 'y', lineId: 'b', amountMinor: 3n },
    ]);
  });

  test('an empty basket, a line for nothing and a shopper without cards are fine', () => {
    expect(quoted([], [card('c', 10n)]).totalMinor).toBe(0n);
    expect(quoted([line('a', 0n)], [card('c', 10n)]).lines).toMatchObject([{ cardMinor: 0n, reason: null }]);
    expect(quoted([line('a', 5n)], []).remainderMinor).toBe(5n);
  });

  test('amounts below zero and repeated ids are bugs of the caller', () => {
    expect(() => quoted([line('a', -1n)], [])).toThrow(InvariantViolation);
    expect(() => quoted([], [card('c', -1n)])).toThrow(InvariantViolation);
    expect(() => quoted([line('a', 1n), line('a', 2n)], [])).toThrow(InvariantViolation);
    expect(() => quoted([], [card('c', 1n), card('c', 2n)])).toThrow(InvariantViolation);
  });
});

describe('why a card pays what it pays', () => {
  const reasonsOf = (result: Quote) => result.cards.map((each) => ({ [each.cardId]: each.reason }));

  test('it ends first and covers everything, while another could have paid', () => {
    const cards = [card('later', 100n, { expiresAt: MARCH }), card('soon', 100n, { expiresAt: JANUARY })];
    expect(reasonsOf(quoted([line('a', 60n)], cards))).toEqual([
      { soon: { code: 'soonest_expiry', expiresAt: JANUARY } },
      { later: { code: 'not_needed' } },
    ]);
  });

  test('a card with one fen left, and one that may pay one fen, are rivals too', () => {
    const soon = card('soon', 100n, { expiresAt: JANUARY });
    const first = (lines: readonly QuoteLine[], rival: QuoteCard) =>
      quoted(lines, [soon, rival]).cards[0]?.reason.code;
    expect(first([line('a', 60n)], card('fen', 1n))).toBe('soonest_expiry');
    expect(first([line('a', 1n)], card('other', 100n))).toBe('soonest_expiry');
  });

  test('it is used up, and the next pays what is left', () => {
    const cards = [card('later', 100n, { expiresAt: MARCH }), card('soon', 50n, { expiresAt: JANUARY })];
    expect(reasonsOf(quoted([line('a', 60n)], cards))).toEqual([
      { soon: { code: 'used_up' } },
      { later: { code: 'rest' } },
    ]);
  });

  test('a card without rivals covers everything it may pay', () => {
    const rivals = [
      card('empty', 0n),
      card('books', 10n, booksOnly),
      card('frozen', 10n, { obstacle: 'frozen' }),
    ];
    const cards = [card('c', 100n, { expiresAt: JANUARY }), ...rivals];
    expect(reasonsOf(quoted([line('a', 60n, toys)], cards))).toEqual([
      { c: { code: 'covers_all' } },
      { empty: { code: 'empty' } },
      { books: { code: 'no_eligible_line' } },
      { frozen: { code: 'card_obstacle', obstacle: 'frozen' } },
    ]);
  });

  test('a card that never ends is not called the soonest', () => {
    expect(reasonsOf(quoted([line('a', 60n)], [card('a', 70n), card('b', 80n)]))).toEqual([
      { a: { code: 'covers_all' } },
      { b: { code: 'not_needed' } },
    ]);
  });

  test('a later card that pays all of its own lines covers them', () => {
    const cards = [
      card('books', 100n, { ...booksOnly, expiresAt: JANUARY }),
      card('toys', 100n, { expiresAt: MARCH, spendingRule: { categories: { allow: ['toys'] } } }),
    ];
    expect(reasonsOf(quoted([line('book', 10n), line('toy', 10n, toys)], cards))).toEqual([
      { books: { code: 'soonest_expiry', expiresAt: JANUARY } },
      { toys: { code: 'covers_all' } },
    ]);
  });

  test('it cannot pay in its state, whatever else is wrong with it', () => {
    for (const obstacle of ['not_activated', 'frozen', 'expired', 'closed', 'other_currency'] as const) {
      const result = quoted([line('a', 60n)], [card('c', 0n, { obstacle })]);
      expect(result.cards).toMatchObject([{ amountMinor: 0n, reason: { code: 'card_obstacle', obstacle } }]);
    }
  });

  test('what is left on a card and what its lines come to are told', () => {
    const result = quoted([line('book', 10n), line('toy', 20n, toys)], [card('c', 100n, booksOnly)]);
    expect(result.cards).toMatchObject([{ amountMinor: 10n, leftMinor: 90n, eligibleMinor: 10n }]);
  });
});

describe("the shopper's own choice", () => {
  const soon = card('soon', 50n, { expiresAt: JANUARY });
  const later = card('later', 100n, { expiresAt: MARCH });

  test('the chosen cards pay in the chosen order, and no other card pays', () => {
    const other = card('other', 100n);
    const result = quoted(
      [line('a', 120n)],
      [soon, later, other],
      [
        { cardId: 'later', maxMinor: null },
        { cardId: 'soon', maxMinor: null },
      ],
    );
    expect(result.cards).toMatchObject([
      { cardId: 'later', amountMinor: 100n, reason: { code: 'used_up' }, shortfall: null },
      { cardId: 'soon', amountMinor: 20n, reason: { code: 'rest' }, shortfall: null },
      { cardId: 'other', amountMinor: 0n, reason: { code: 'not_chosen' }, shortfall: null },
    ]);
  });

  test('a chosen card that could cover everything is not explained by its expiry', () => {
    const result = quoted(
      [line('a', 20n)],
      [soon, later],
      [
        { cardId: 'soon', maxMinor: null },
        { cardId: 'later', maxMinor: null },
      ],
    );
    expect(result.cards[0]?.reason).toEqual({ code: 'covers_all' });
  });

  test('a chosen amount is kept to the fen', () => {
    const result = quoted([line('a', 120n)], [soon, later], [{ cardId: 'later', maxMinor: 33n }]);
    expect(result.cards[0]).toMatchObject({
      amountMinor: 33n,
      leftMinor: 67n,
      reason: { code: 'your_choice', maxMinor: 33n },
      shortfall: null,
    });
    expect(result.lines[0]).toMatchObject({ remainderMinor: 87n, reason: { code: 'your_choice' } });
  });

  test('the whole balance may be the chosen amount', () => {
    const result = quoted([line('a', 120n)], [soon], [{ cardId: 'soon', maxMinor: 50n }]);
    expect(result.cards[0]).toMatchObject({
      reason: { code: 'your_choice', maxMinor: 50n },
      shortfall: null,
    });
  });

  test('more than the balance is lowered to the balance, and said', () => {
    const result = quoted([line('a', 120n)], [soon], [{ cardId: 'soon', maxMinor: 51n }]);
    expect(result.cards[0]).toMatchObject({
      amountMinor: 50n,
      reason: { code: 'used_up' },
      shortfall: { code: 'balance_too_low', chosenMinor: 51n, missingMinor: 1n },
    });
  });

  test('more than the lines that the card may pay is lowered to those lines, and said', () => {
    const books = card('books', 100n, booksOnly);
    const lines = [line('book', 10n), line('toy', 20n, toys)];
    const result = quoted(lines, [books], [{ cardId: 'books', maxMinor: 30n }]);
    expect(result.cards[0]).toMatchObject({
      amountMinor: 10n,
      reason: { code: 'covers_all' },
      shortfall: { code: 'eligible_total_too_low', chosenMinor: 30n, missingMinor: 20n },
    });
  });

  test('an amount that other chosen cards leave no room for is lowered, and said', () => {
    const result = quoted(
      [line('a', 120n)],
      [soon, later],
      [
        { cardId: 'later', maxMinor: 90n },
        { cardId: 'soon', maxMinor: 40n },
      ],
    );
    expect(result.cards).toMatchObject([
      { cardId: 'later', amountMinor: 90n, reason: { code: 'your_choice' } },
      {
        cardId: 'soon',
        amountMinor: 30n,
        reason: { code: 'rest' },
        shortfall: { code: 'paid_by_other_cards', chosenMinor: 40n, missingMinor: 10n },
      },
    ]);
  });

  test('an amount from a card that froze meanwhile is lowered to nothing, and said', () => {
    const frozen = card('frozen', 50n, { obstacle: 'frozen' });
    const result = quoted([line('a', 20n)], [frozen], [{ cardId: 'frozen', maxMinor: 10n }]);
    expect(result.cards[0]).toMatchObject({
      amountMinor: 0n,
      reason: { code: 'card_obstacle', obstacle: 'frozen' },
      shortfall: { code: 'card_obstacle', chosenMinor: 10n, missingMinor: 10n },
    });
  });

  test('nothing chosen from a card is a choice, not a shortfall', () => {
    const result = quoted([line('a', 20n)], [soon], [{ cardId: 'soon', maxMinor: 0n }]);
    expect(result.cards[0]).toMatchObject({
      amountMinor: 0n,
      reason: { code: 'not_chosen' },
      shortfall: null,
    });
  });

  test('an empty choice uses no card', () => {
    const result = quoted([line('a', 20n)], [soon, later], []);
    expect(result.cards.map((each) => each.reason.code)).toEqual(['not_chosen', 'not_chosen']);
    expect(result.remainderMinor).toBe(20n);
  });

  test('cards left out are told after the chosen ones, soonest expiry first', () => {
    const result = quoted(
      [line('a', 20n)],
      [card('never', 5n), later, soon],
      [{ cardId: 'never', maxMinor: null }],
    );
    expect(result.cards.map((each) => each.cardId)).toEqual(['never', 'soon', 'later']);
  });

  test('a card that is not there, the same card twice and an amount below zero are refused', () => {
    const choose = (...choice: ChosenCard[]) => quote({ lines: [], cards: [soon], choice });
    expect(choose({ cardId: 'gone', maxMinor: null })).toEqual({
      ok: false,
      refusal: { code: 'unknown_card', cardId: 'gone' },
    });
    expect(choose({ cardId: 'soon', maxMinor: null }, { cardId: 'soon', maxMinor: 1n })).toEqual({
      ok: false,
      refusal: { code: 'card_chosen_twice', cardId: 'soon' },
    });
    expect(choose({ cardId: 'soon', maxMinor: -1n })).toEqual({
      ok: false,
      refusal: { code: 'negative_amount', cardId: 'soon', maxMinor: -1n },
    });
  });
});

describe('why a line is left for the other method', () => {
  const reasonsOf = (result: Quote) => result.lines.map((each) => each.reason);

  test('no reason when cards pay the whole line', () => {
    expect(reasonsOf(quoted([line('a', 10n)], [card('c', 10n)]))).toEqual([null]);
  });

  test('there is no card that can be used', () => {
    const unusable = [card('empty', 0n), card('expired', 10n, { obstacle: 'expired' })];
    expect(reasonsOf(quoted([line('a', 10n)], unusable))).toEqual([{ code: 'no_usable_card' }]);
    expect(reasonsOf(quoted([line('a', 10n)], []))).toEqual([{ code: 'no_usable_card' }]);
  });

  test('no usable card may pay it, with the reason of the card that comes first', () => {
    const cards = [
      card('expired', 10n, { obstacle: 'expired' }),
      card('never', 10n, { spendingRule: { categories: { deny: ['toys'] } } }),
      card('soon', 10n, { ...booksOnly, expiresAt: JANUARY }),
    ];
    expect(reasonsOf(quoted([line('toy', 10n, toys)], cards))).toEqual([
      { code: 'no_eligible_card', reason: { code: 'category_not_included', category: 'toys' } },
    ]);
  });

  test('the cards that may pay it are used up, whatever another card has left', () => {
    const cards = [card('any', 5n, { expiresAt: JANUARY }), card('books', 10n, booksOnly)];
    expect(reasonsOf(quoted([line('toy', 10n, toys)], cards))).toEqual([{ code: 'cards_used_up' }]);
    const booksFirst = [card('books', 10n, { ...booksOnly, expiresAt: JANUARY }), card('any', 5n)];
    expect(reasonsOf(quoted([line('toy', 10n, toys)], booksFirst))).toEqual([{ code: 'cards_used_up' }]);
    expect(reasonsOf(quoted([line('a', 2n)], [card('fen', 1n)]))).toEqual([{ code: 'cards_used_up' }]);
  });

  test('the shopper left out a card that may pay it, or took less from one', () => {
    const cards = [card('a', 5n), card('b', 10n)];
    const one = [{ cardId: 'a', maxMinor: null }];
    expect(reasonsOf(quoted([line('x', 10n)], cards, one))).toEqual([{ code: 'your_choice' }]);
    const less = [
      { cardId: 'a', maxMinor: null },
      { cardId: 'b', maxMinor: 4n },
    ];
    expect(reasonsOf(quoted([line('x', 10n)], cards, less))).toEqual([{ code: 'your_choice' }]);
  });

  test('the cards that may not pay a line are named with their reasons, even when others pay it', () => {
    const cards = [card('any', 10n), card('books', 20n, booksOnly)];
    expect(quoted([line('book', 5n), line('toy', 5n, toys)], cards).lines).toEqual([
      { lineId: 'book', cardMinor: 5n, remainderMinor: 0n, reason: null, ineligible: [] },
      {
        lineId: 'toy',
        cardMinor: 5n,
        remainderMinor: 0n,
        reason: null,
        ineligible: [{ cardId: 'books', reason: { code: 'category_not_included', category: 'toys' } }],
      },
    ]);
  });

  test('virtual goods and gold are never paid by a card', () => {
    const open = { spendingRule: { products: { allow: ['goods', 'fresh'] } } } as const;
    const lines = [line('coupon', 10n, { kind: 'virtual' }), line('bar', 20n, { kind: 'gold' })];
    const result = quoted(lines, [card('c', 100n, open)]);
    expect(result.remainderMinor).toBe(30n);
    expect(reasonsOf(result)).toEqual([
      { code: 'no_eligible_card', reason: { code: 'never_paid_by_card', kind: 'virtual' } },
      { code: 'no_eligible_card', reason: { code: 'never_paid_by_card', kind: 'gold' } },
    ]);
  });
});
