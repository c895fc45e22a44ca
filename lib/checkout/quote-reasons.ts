import type { Eligibility } from '@/lib/policy';
import type { CardReason, LineReason, Shortfall } from './quote-model';
import { payableOf, type Seat } from './quote-seats';

/** A seat, what its card pays, and what all lines that it may pay come to. */
export interface PaidSeat extends Seat {
  readonly amountMinor: bigint;
  readonly eligibleMinor: bigint;
}

/** Why the card pays this much; `others` are all seats, in the order in which they pay. */
export function cardReason(seat: PaidSeat, others: readonly PaidSeat[]): CardReason {
  if (seat.amountMinor === 0n) return idleReason(seat);
  const maxMinor = chosenMinor(seat);
  if (maxMinor === seat.amountMinor) return { code: 'your_choice', maxMinor };
  if (seat.amountMinor === seat.card.availableMinor) return { code: 'used_up' };
  if (seat.amountMinor === payableOf(seat.card)) return { code: 'day_limit', todayMinor: seat.amountMinor };
  const { expiresAt } = seat.card;
  if (expiresAt !== null && paysAheadOfOthers(seat, others)) return { code: 'soonest_expiry', expiresAt };
  return seat.amountMinor === seat.eligibleMinor ? { code: 'covers_all' } : { code: 'rest' };
}

/** Why the card pays less than the amount that was chosen for it; `null` when it does not, or none was chosen. */
export function shortfall(seat: PaidSeat): Shortfall | null {
  const maxMinor = chosenMinor(seat);
  if (maxMinor === null || seat.amountMinor === maxMinor) return null;
  return { code: shortfallCode(seat), chosenMinor: maxMinor, missingMinor: maxMinor - seat.amountMinor };
}

/** Why part of a line is left; `answers` are the line's, seat by seat. */
export function lineReason(seats: readonly PaidSeat[], answers: readonly Eligibility[]): LineReason {
  const usable = seats.flatMap((seat, index) => {
    const answer = answers[index];
    return answer && seat.card.obstacle === null && seat.card.availableMinor > 0n ? [{ seat, answer }] : [];
  });
  const first = usable[0];
  if (first === undefined) return { code: 'no_usable_card' };
  const allowed = usable.filter(({ answer }) => answer.eligible);
  if (allowed.some(({ seat }) => seat.amountMinor < payableOf(seat.card))) return { code: 'your_choice' };
  if (allowed.some(({ seat }) => seat.amountMinor < seat.card.availableMinor)) return { code: 'day_limit' };
  if (allowed.length > 0 || first.answer.eligible) return { code: 'cards_used_up' };
  return { code: 'no_eligible_card', reason: first.answer.reason };
}

function idleReason(seat: PaidSeat): CardReason {
  const { obstacle, availableMinor } = seat.card;
  if (obstacle !== null) return { code: 'card_obstacle', obstacle };
  if (availableMinor === 0n) return { code: 'empty' };
  if (seat.eligibleMinor === 0n) return { code: 'no_eligible_line' };
  if (isLeftOut(seat)) return { code: 'not_chosen' };
  return seat.limitMinor === 0n ? { code: 'day_limit', todayMinor: 0n } : { code: 'not_needed' };
}

function isLeftOut({ choice }: Seat): boolean {
  return choice.made && (!choice.listed || choice.maxMinor === 0n);
}

/** Whether the order of expiry made a difference: it pays before every other card, and another could have paid. */
function paysAheadOfOthers(seat: PaidSeat, others: readonly PaidSeat[]): boolean {
  const able = others.filter((other) => other.limitMinor > 0n && other.eligibleMinor > 0n);
  return !seat.choice.made && able.length > 1 && able[0] === seat;
}

function shortfallCode(seat: PaidSeat): Shortfall['code'] {
  if (seat.card.obstacle !== null) return 'card_obstacle';
  if (seat.amountMinor === seat.card.availableMinor) return 'balance_too_low';
  if (seat.amountMinor === payableOf(seat.card)) return 'day_limit';
  return seat.amountMinor === seat.eligibleMinor ? 'eligible_total_too_low' : 'paid_by_other_cards';
}

function chosenMinor({ choice }: PaidSeat): bigint | null {
  return choice.made && choice.listed ? choice.maxMinor : null;
}
