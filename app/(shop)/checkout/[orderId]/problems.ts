import type { PayRefusal } from '@/lib/checkout';

/** Why a payment was not started, as the checkout page tells it. */
export type PayProblem = (typeof PAY_PROBLEMS)[number];

const PAY_PROBLEMS = [
  'split_changed',
  'method_needed',
  'method_unavailable',
  'idempotency_key_reused',
  'unknown_card',
  'card_chosen_twice',
  'negative_amount',
  'form_incomplete',
] as const satisfies readonly (PayRefusal['code'] | 'form_incomplete')[];

export function isPayProblem(value: unknown): value is PayProblem {
  return PAY_PROBLEMS.some((problem) => problem === value);
}
