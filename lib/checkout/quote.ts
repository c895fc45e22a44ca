import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { type Eligibility, eligible } from '@/lib/policy';
import { type Flow, fillInOrder } from './quote-flow';
import type {
  Allocation,
  CardQuote,
  LineQuote,
  Quote,
  QuoteLine,
  QuoteRefusal,
  QuoteRequest,
} from './quote-model';
import { cardReason, lineReason, type PaidSeat, shortfall } from './quote-reasons';
import { choiceRefusal, type Seat, seatCards } from './quote-seats';
import { untangle } from './quote-untangle';

export type {
  Allocation,
  CardObstacle,
  CardQuote,
  CardReason,
  ChosenCard,
  LineQuote,
  LineReason,
  Quote,
  QuoteCard,
  QuoteLine,
  QuoteRefusal,
  QuoteRequest,
  Shortfall,
} from './quote-model';

/**
 * Which card pays which line of a basket, how much, and why; and what is left for the other method. Pure: it reads
 * no clock and moves nothing.
 *
 * As little as possible is left; among the ways to do that, the most possible is taken from the card that ends
 * soonest, then from the next one (no expiry last; of equals the smaller balance, then the smaller id). With a
 * choice of the shopper's own, the chosen cards in the chosen order take that place, each up to its amount. Lines
 * are filled in the order of the basket where these aims leave it open, and there are always fewer allocations than
 * cards and lines that take part.
 *
 * Refuses a choice that makes no sense. Throws for negative amounts and for lines or cards that share an id, which
 * are bugs of the caller.
 */
export function quote(request: QuoteRequest): Result<Quote, QuoteRefusal> {
  checkInput(request);
  const refusal = choiceRefusal(request);
  if (refusal !== null) return refuse(refusal);
  const { lines } = request;
  const seats = seatCards(request);
  const answers = seats.map(({ card }) => lines.map((line) => eligible(card.spendingRule, line)));
  const flow = untangle(
    fillInOrder({
      supplies: seats.map((seat) => seat.limitMinor),
      demands: lines.map((line) => line.amountMinor),
      sinksOf: answers.map((row) => row.flatMap((answer, index) => (answer.eligible ? [index] : []))),
    }),
  );
  return ok(explain({ lines, seats, answers, flow }));
}

interface Split {
  readonly lines: readonly QuoteLine[];
  readonly seats: readonly Seat[];
  /** By seat, then by line. */
  readonly answers: readonly (readonly Eligibility[])[];
  readonly flow: Flow;
}

function explain(split: Split): Quote {
  const paid = paidSeats(split);
  const cards = paid.map((seat) => explainCard(seat, paid));
  const lines = split.lines.map((line, index) => explainLine({ split, paid, line, index }));
  const totalMinor = sum(split.lines.map((line) => line.amountMinor));
  const cardMinor = sum(cards.map((card) => card.amountMinor));
  return {
    allocations: allocationsOf(split),
    cards: [
      ...cards.filter((card) => card.amountMinor > 0n),
      ...cards.filter((card) => card.amountMinor === 0n),
    ],
    lines,
    totalMinor,
    cardMinor,
    remainderMinor: totalMinor - cardMinor,
  };
}

function paidSeats({ lines, seats, answers, flow }: Split): readonly PaidSeat[] {
  return seats.map((seat, index) => ({
    ...seat,
    amountMinor: sum([...(flow[index]?.values() ?? [])]),
    eligibleMinor: sum(
      lines.map((line, position) => (answers[index]?.[position]?.eligible ? line.amountMinor : 0n)),
    ),
  }));
}

function explainCard(seat: PaidSeat, others: readonly PaidSeat[]): CardQuote {
  return {
    cardId: seat.card.id,
    amountMinor: seat.amountMinor,
    leftMinor: seat.card.availableMinor - seat.amountMinor,
    eligibleMinor: seat.eligibleMinor,
    reason: cardReason(seat, others),
    shortfall: shortfall(seat),
  };
}

function explainLine(part: {
  readonly split: Split;
  readonly paid: readonly PaidSeat[];
  readonly line: QuoteLine;
  readonly index: number;
}): LineQuote {
  const { split, paid, line, index } = part;
  const answers = split.answers.flatMap((row) => row[index] ?? []);
  const cardMinor = sum(split.flow.map((row) => row.get(index) ?? 0n));
  const remainderMinor = line.amountMinor - cardMinor;
  return {
    lineId: line.id,
    cardMinor,
    remainderMinor,
    reason: remainderMinor === 0n ? null : lineReason(paid, answers),
    ineligible: split.seats.flatMap(({ card }, position) => {
      const answer = answers[position];
      return answer && !answer.eligible ? [{ cardId: card.id, reason: answer.reason }] : [];
    }),
  };
}

function allocationsOf({ lines, seats, flow }: Split): readonly Allocation[] {
  return seats.flatMap(({ card }, seat) =>
    lines.flatMap((line, index) => {
      const amountMinor = flow[seat]?.get(index);
      return amountMinor === undefined ? [] : [{ cardId: card.id, lineId: line.id, amountMinor }];
    }),
  );
}

function checkInput({ lines, cards }: QuoteRequest) {
  invariant(new Set(lines.map((line) => line.id)).size === lines.length, 'lines have ids of their own');
  invariant(new Set(cards.map((card) => card.id)).size === cards.length, 'cards have ids of their own');
  invariant(
    lines.every((line) => line.amountMinor >= 0n),
    'a line costs nothing or more',
  );
  invariant(
    cards.every((card) => card.availableMinor >= 0n && (card.todayMinor ?? 0n) >= 0n),
    'a card is never overdrawn, nor its limit',
  );
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
