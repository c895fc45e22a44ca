import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invariant } from '@/lib/kernel';
import { type ChosenCard, type Quote, type QuoteCard, type QuoteRequest, quote } from './quote';

/** A basket in small whole numbers, with who may pay what written down apart from any spending rule. */
interface Case {
  readonly demands: readonly number[];
  readonly cards: readonly CaseCard[];
  readonly choice: readonly { readonly card: number; readonly max: number | null }[] | null;
}

interface CaseCard {
  readonly available: number;
  /** What its limit leaves of today, or null for no limit. */
  readonly today: number | null;
  /** A day of January, or null for no expiry. */
  readonly day: number | null;
  readonly frozen: boolean;
  /** One per line. */
  readonly pays: readonly boolean[];
}

describe('against every way to pay', () => {
  test('no other split leaves less to the other method, or takes more from a card that comes first', () => {
    fc.assert(
      fc.property(smallCase({ lines: 3, cards: 3, amount: 4, balance: 6 }), (basket) => {
        expect(paidInOrder(basket)).toEqual(bestByBruteForce(basket));
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  test('with more cards than lines too', () => {
    fc.assert(
      fc.property(smallCase({ lines: 2, cards: 5, amount: 5, balance: 4 }), (basket) => {
        expect(paidInOrder(basket)).toEqual(bestByBruteForce(basket));
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);

  test('with more lines than cards too', () => {
    fc.assert(
      fc.property(smallCase({ lines: 5, cards: 2, amount: 3, balance: 9 }), (basket) => {
        expect(paidInOrder(basket)).toEqual(bestByBruteForce(basket));
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

describe('against the smallest cut', () => {
  test('the first cards together always pay as much as those cards could pay alone', () => {
    fc.assert(
      fc.property(smallCase({ lines: 12, cards: 7, amount: 2_000_00, balance: 5_000_00 }), (basket) => {
        const rankedCards = rankedCardsOf(basket);
        const paid = paidInOrder(basket);
        rankedCards.forEach((_, index) => {
          const first = paid.slice(0, index + 1).reduce((sum, amount) => sum + amount, 0);
          expect(first).toBe(smallestCut(basket.demands, rankedCards.slice(0, index + 1)));
        });
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

describe('whatever the basket', () => {
  const anyCase = smallCase({ lines: 8, cards: 6, amount: 999_99, balance: 3_000_00 });

  test('not a fen is lost: allocations and remainder make the total, line by line and card by card', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const request = requestOf(basket);
        const result = quoted(request);
        const sumOf = (pick: (part: Quote['allocations'][number]) => boolean) =>
          result.allocations.filter(pick).reduce((sum, part) => sum + part.amountMinor, 0n);
        for (const line of request.lines) {
          const told = result.lines.find((each) => each.lineId === line.id);
          expect(told?.cardMinor).toBe(sumOf((part) => part.lineId === line.id));
          expect((told?.cardMinor ?? 0n) + (told?.remainderMinor ?? 0n)).toBe(line.amountMinor);
          expect(told?.remainderMinor).toBeGreaterThanOrEqual(0n);
        }
        for (const card of request.cards) {
          const told = result.cards.find((each) => each.cardId === card.id);
          expect(told?.amountMinor).toBe(sumOf((part) => part.cardId === card.id));
          expect((told?.amountMinor ?? 0n) + (told?.leftMinor ?? 0n)).toBe(card.availableMinor);
          expect(told?.leftMinor).toBeGreaterThanOrEqual(0n);
        }
        expect(result.totalMinor).toBe(request.lines.reduce((sum, line) => sum + line.amountMinor, 0n));
        expect(result.cardMinor).toBe(sumOf(() => true));
        expect(result.cardMinor + result.remainderMinor).toBe(result.totalMinor);
      }),
    );
  });

  test('a card pays only what it may pay, in amounts above zero, once per line', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const { allocations } = quoted(requestOf(basket));
        for (const { cardId, lineId, amountMinor } of allocations) {
          const card = basket.cards[Number(cardId.slice(1))];
          expect(card?.frozen).toBe(false);
          expect(card?.pays[Number(lineId.slice(1))]).toBe(true);
          expect(amountMinor).toBeGreaterThan(0n);
        }
        const pairs = allocations.map(({ cardId, lineId }) => `${cardId} ${lineId}`);
        expect(new Set(pairs).size).toBe(pairs.length);
      }),
    );
  });

  test('there are fewer allocations than cards and lines that take part', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const { allocations } = quoted(requestOf(basket));
        const parties = new Set(allocations.flatMap(({ cardId, lineId }) => [cardId, lineId]));
        expect(allocations.length).toBeLessThanOrEqual(Math.max(0, parties.size - 1));
      }),
    );
  });

  test('every card and every line is told about once', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const request = requestOf(basket);
        const result = quoted(request);
        expect(result.lines.map((line) => line.lineId)).toEqual(request.lines.map((line) => line.id));
        expect(result.cards.map((card) => card.cardId).sort()).toEqual(
          request.cards.map((card) => card.id).sort(),
        );
      }),
    );
  });

  test('the order in which the cards are handed over does not matter', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const request = requestOf(basket);
        expect(quoted({ ...request, cards: [...request.cards].reverse() })).toEqual(quoted(request));
      }),
    );
  });

  test('choosing the cards in the order of the quote, with its amounts, gives the same split', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const request = requestOf({ ...basket, choice: null });
        const proposed = quoted(request);
        const choice = proposed.cards
          .filter((card) => card.amountMinor > 0n)
          .map(({ cardId, amountMinor }): ChosenCard => ({ cardId, maxMinor: amountMinor }));
        expect(quoted({ ...request, choice }).allocations).toEqual(proposed.allocations);
      }),
    );
  });
});

function smallCase(size: { lines: number; cards: number; amount: number; balance: number }) {
  const card = fc.record({
    available: fc.nat(size.balance),
    today: fc.option(fc.nat(size.balance), { freq: 1 }),
    day: fc.option(fc.integer({ min: 1, max: 3 })),
    frozen: fc.integer({ min: 0, max: 7 }).map((dice) => dice === 0),
    pays: fc.array(fc.boolean(), { minLength: size.lines, maxLength: size.lines }),
  });
  return fc
    .record({
      demands: fc.array(fc.nat(size.amount), { minLength: 1, maxLength: size.lines }),
      cards: fc.array(card, { minLength: 1, maxLength: size.cards }),
    })
    .chain((basket) =>
      fc.record({
        demands: fc.constant(basket.demands),
        cards: fc.constant(basket.cards),
        choice: fc.option(
          fc
            .shuffledSubarray(basket.cards.map((_, index) => index))
            .chain((chosen) =>
              fc.tuple(
                ...chosen.map((index) =>
                  fc.record({ card: fc.constant(index), max: fc.option(fc.nat(size.balance)) }),
                ),
              ),
            ),
          { freq: 1 },
        ),
      }),
    )
    .map((basket): Case => basket);
}

/** The basket as the shop hands it over: a category of its own for every line. */
function requestOf({ demands, cards, choice }: Case): QuoteRequest {
  return {
    lines: demands.map((amount, index) => ({
      id: `l${index}`,
      amountMinor: BigInt(amount),
      kind: 'goods',
      category: `category-${index}`,
      merchantId: 'mer_1',
      merchantKind: 'self',
    })),
    cards: cards.map(
      (card, index): QuoteCard => ({
        id: `c${index}`,
        availableMinor: BigInt(card.available),
        todayMinor: card.today === null ? null : BigInt(card.today),
        expiresAt: card.day === null ? null : new Date(Date.UTC(2030, 0, card.day)),
        spendingRule: {
          categories: { allow: card.pays.flatMap((pays, line) => (pays ? [`category-${line}`] : [])) },
        },
        obstacle: card.frozen ? 'frozen' : null,
      }),
    ),
    choice: choice?.map(({ card, max }) => ({
      cardId: `c${card}`,
      maxMinor: max === null ? null : BigInt(max),
    })),
  };
}

function quoted(request: QuoteRequest): Quote {
  const result = quote(request);
  invariant(result.ok, 'the request makes sense');
  return result.value;
}

interface RankedCaseCard extends CaseCard {
  readonly id: string;
  readonly limit: number;
}

/** The cards that may pay in the order in which they should, with what each may pay at most. */
function rankedCardsOf({ cards, choice }: Case): readonly RankedCaseCard[] {
  const rankedCards = cards.map((card, index) => ({
    ...card,
    id: `c${index}`,
    limit: Math.min(card.available, card.today ?? card.available),
  }));
  if (choice !== null) {
    return choice.flatMap(({ card, max }) => {
      const ranked = rankedCards[card];
      return ranked && !ranked.frozen
        ? [{ ...ranked, limit: Math.min(ranked.limit, max ?? ranked.limit) }]
        : [];
    });
  }
  const ends = (ranked: RankedCaseCard) => ranked.day ?? 99;
  return rankedCards
    .filter((ranked) => !ranked.frozen)
    .sort((a, b) => ends(a) - ends(b) || a.available - b.available || a.id.localeCompare(b.id));
}

/** What the quote takes from each card, in the order in which they pay. */
function paidInOrder(basket: Case): number[] {
  const result = quoted(requestOf(basket));
  return rankedCardsOf(basket).map(({ id }) =>
    Number(result.cards.find((card) => card.cardId === id)?.amountMinor ?? -1n),
  );
}

/** Tries every whole amount from every card to every line: the largest total, then the largest from card to card. */
function bestByBruteForce(basket: Case): number[] {
  const rankedCards = rankedCardsOf(basket);
  let reached = new Map([[`|${basket.demands}`, { paid: [] as number[], open: [...basket.demands] }]]);
  for (const ranked of rankedCards) {
    const next: typeof reached = new Map();
    for (const { paid, open } of reached.values()) {
      for (const after of waysToPay(ranked, open)) {
        const spent = sum(open) - sum(after);
        next.set(`${[...paid, spent]}|${after}`, { paid: [...paid, spent], open: after });
      }
    }
    reached = next;
  }
  return [...reached.values()]
    .map(({ paid }) => paid)
    .reduce((best, paid) => (better(paid, best) ? paid : best));
}

/** Every state in which one card can leave the lines. */
function waysToPay(ranked: RankedCaseCard, open: readonly number[], line = 0): number[][] {
  if (line === open.length) return [[...open]];
  const most = ranked.pays[line] ? Math.min(ranked.limit, open[line] ?? 0) : 0;
  const ways: number[][] = [];
  for (let amount = 0; amount <= most; amount++) {
    const after = open.map((left, index) => (index === line ? left - amount : left));
    ways.push(...waysToPay({ ...ranked, limit: ranked.limit - amount }, after, line + 1));
  }
  return ways;
}

function better(a: readonly number[], b: readonly number[]): boolean {
  if (sum(a) !== sum(b)) return sum(a) > sum(b);
  const index = a.findIndex((amount, position) => amount !== b[position]);
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0);
}

/** The most that `rankedCards` can pay together, by max-flow = min-cut: over every set of them, the others' money and what the set can reach. */
function smallestCut(demands: readonly number[], rankedCards: readonly RankedCaseCard[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 2 ** rankedCards.length; set++) {
    const inside = rankedCards.filter((_, index) => (set >> index) & 1);
    const outside = rankedCards.filter((_, index) => !((set >> index) & 1));
    const reachable = demands.filter((_, line) => inside.some((ranked) => ranked.pays[line]));
    smallest = Math.min(smallest, sum(outside.map((ranked) => ranked.limit)) + sum(reachable));
  }
  return smallest;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
