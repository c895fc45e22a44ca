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
import { choiceRefusal, type RankedCard, rankCards } from './quote-ranking';
import { cardReason, lineReason, type PaidCard, shortfall } from './quote-reasons';
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
 * First, the cards together pay as much as they can. Second, of all ways to do that, the one that takes the most from the
 * card that expires soonest, then the most from the next one, and so on (no expiry last; of equals the smaller balance, then
 * the smaller id). When the shopper has chosen cards, these are used instead, in the chosen order and each up to its chosen
 * amount. Where that leaves a choice, lines are filled in the order of the basket, and there are always fewer allocations
 * than cards and lines that take part.
 *
 * Refuses a choice that makes no sense. Throws for negative amounts and for lines or cards that share an id, which
 * are bugs of the caller.
 */
export function quote(request: QuoteRequest): Result<Quote, QuoteRefusal> {
  checkInput(request);
  const refusal = choiceRefusal(request);
  if (refusal !== null) return refuse(refusal);
  const { lines } = request;
  const rankedCards = rankCards(request);
  const answers = rankedCards.map(({ card }) => lines.map((line) => eligible(card.spendingRule, line)));
  const flow = untangle(
    fillInOrder({
      supplies: rankedCards.map((ranked) => ranked.limitMinor),
      demands: lines.map((line) => line.amountMinor),
      sinksOf: answers.map((row) => row.flatMap((answer, index) => (answer.eligible ? [index] : []))),
    }),
  );
  return ok(explain({ lines, rankedCards, answers, flow }));
}

interface Split {
  readonly lines: readonly QuoteLine[];
  readonly rankedCards: readonly RankedCard[];
  /** By card in the order of `rankedCards`, then by line. */
  readonly answers: readonly (readonly Eligibility[])[];
  readonly flow: Flow;
}

function explain(split: Split): Quote {
  const paid = paidCards(split);
  const cards = paid.map((ranked) => explainCard(ranked, paid));
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

function paidCards({ lines, rankedCards, answers, flow }: Split): readonly PaidCard[] {
  return rankedCards.map((ranked, index) => ({
    ...ranked,
    amountMinor: sum([...(flow[index]?.values() ?? [])]),
    eligibleMinor: sum(
      lines.map((line, position) => (answers[index]?.[position]?.eligible ? line.amountMinor : 0n)),
    ),
  }));
}

function explainCard(ranked: PaidCard, others: readonly PaidCard[]): CardQuote {
  return {
    cardId: ranked.card.id,
    amountMinor: ranked.amountMinor,
    leftMinor: ranked.card.availableMinor - ranked.amountMinor,
    eligibleMinor: ranked.eligibleMinor,
    reason: cardReason(ranked, others),
    shortfall: shortfall(ranked),
  };
}

function explainLine(part: {
  readonly split: Split;
  readonly paid: readonly PaidCard[];
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
    ineligible: split.rankedCards.flatMap(({ card }, position) => {
      const answer = answers[position];
      return answer && !answer.eligible ? [{ cardId: card.id, reason: answer.reason }] : [];
    }),
  };
}

function allocationsOf({ lines, rankedCards, flow }: Split): readonly Allocation[] {
  return rankedCards.flatMap(({ card }, ranked) =>
    lines.flatMap((line, index) => {
      const amountMinor = flow[ranked]?.get(index);
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
    'a card and its day limit are never overdrawn',
  );
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
