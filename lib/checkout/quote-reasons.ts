import type { Eligibility } from '@/lib/policy';
import type { CardReason, LineReason, Shortfall } from './quote-model';
import { payableOf, type RankedCard } from './quote-ranking';

/** A card with what it pays, and what all lines that it may pay come to. */
export interface PaidCard extends RankedCard {
  readonly amountMinor: bigint;
  readonly eligibleMinor: bigint;
}

/** Why the card pays this much; `others` are all cards, this one included, in the order in which they pay. */
export function cardReason(ranked: PaidCard, others: readonly PaidCard[]): CardReason {
  if (ranked.amountMinor === 0n) return idleReason(ranked);
  const maxMinor = chosenMinor(ranked);
  if (maxMinor === ranked.amountMinor) return { code: 'your_choice', maxMinor };
  if (ranked.amountMinor === ranked.card.availableMinor) return { code: 'used_up' };
  if (ranked.amountMinor === payableOf(ranked.card))
    return { code: 'day_limit', todayMinor: ranked.amountMinor };
  const { expiresAt } = ranked.card;
  if (expiresAt !== null && paysAheadOfOthers(ranked, others)) return { code: 'soonest_expiry', expiresAt };
  return ranked.amountMinor === ranked.eligibleMinor ? { code: 'covers_all' } : { code: 'rest' };
}

/** Why the card pays less than the amount that was chosen for it; `null` when it does not, or none was chosen. */
export function shortfall(ranked: PaidCard): Shortfall | null {
  const maxMinor = chosenMinor(ranked);
  if (maxMinor === null || ranked.amountMinor === maxMinor) return null;
  return { code: shortfallCode(ranked), chosenMinor: maxMinor, missingMinor: maxMinor - ranked.amountMinor };
}

/** Why part of a line is left; `answers` says for each card whether it may pay this line. */
export function lineReason(rankedCards: readonly PaidCard[], answers: readonly Eligibility[]): LineReason {
  const usable = rankedCards.flatMap((ranked, index) => {
    const answer = answers[index];
    return answer && ranked.card.obstacle === null && ranked.card.availableMinor > 0n
      ? [{ ranked, answer }]
      : [];
  });
  const first = usable[0];
  if (first === undefined) return { code: 'no_usable_card' };
  const allowed = usable.filter(({ answer }) => answer.eligible);
  if (allowed.some(({ ranked }) => ranked.amountMinor < payableOf(ranked.card)))
    return { code: 'your_choice' };
  if (allowed.some(({ ranked }) => ranked.amountMinor < ranked.card.availableMinor))
    return { code: 'day_limit' };
  if (allowed.length > 0 || first.answer.eligible) return { code: 'cards_used_up' };
  return { code: 'no_eligible_card', reason: first.answer.reason };
}

function idleReason(ranked: PaidCard): CardReason {
  const { obstacle, availableMinor } = ranked.card;
  if (obstacle !== null) return { code: 'card_obstacle', obstacle };
  if (availableMinor === 0n) return { code: 'empty' };
  if (ranked.eligibleMinor === 0n) return { code: 'no_eligible_line' };
  if (isLeftOut(ranked)) return { code: 'not_chosen' };
  return ranked.limitMinor === 0n ? { code: 'day_limit', todayMinor: 0n } : { code: 'not_needed' };
}

function isLeftOut({ choice }: RankedCard): boolean {
  return choice.made && (!choice.listed || choice.maxMinor === 0n);
}

/** Whether the order of expiry made a difference: it pays before every other card, and another could have paid. */
function paysAheadOfOthers(ranked: PaidCard, others: readonly PaidCard[]): boolean {
  const able = others.filter((other) => other.limitMinor > 0n && other.eligibleMinor > 0n);
  return !ranked.choice.made && able.length > 1 && able[0] === ranked;
}

function shortfallCode(ranked: PaidCard): Shortfall['code'] {
  if (ranked.card.obstacle !== null) return 'card_obstacle';
  if (ranked.amountMinor === ranked.card.availableMinor) return 'balance_too_low';
  if (ranked.amountMinor === payableOf(ranked.card)) return 'day_limit';
  return ranked.amountMinor === ranked.eligibleMinor ? 'eligible_total_too_low' : 'paid_by_other_cards';
}

function chosenMinor({ choice }: PaidCard): bigint | null {
  return choice.made && choice.listed ? choice.maxMinor : null;
}
