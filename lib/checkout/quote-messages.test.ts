import { expect, test } from 'vitest';
import en from '@/messages/en/quote.json';
import zh from '@/messages/zh-CN/quote.json';
import type { CardReason, LineReason, QuoteRefusal, Shortfall } from './quote';

/** Complete by its type: a new code without an entry here does not compile. */
const CODES: {
  readonly card: Record<CardReason['code'], true>;
  readonly shortfall: Record<Shortfall['code'], true>;
  readonly line: Record<LineReason['code'], true>;
  readonly refusal: Record<QuoteRefusal['code'], true>;
} = {
  card: {
    your_choice: true,
    used_up: true,
    soonest_expiry: true,
    covers_all: true,
    rest: true,
    day_limit: true,
    card_obstacle: true,
    empty: true,
    no_eligible_line: true,
    not_chosen: true,
    not_needed: true,
  },
  shortfall: {
    card_obstacle: true,
    balance_too_low: true,
    day_limit: true,
    eligible_total_too_low: true,
    paid_by_other_cards: true,
  },
  line: {
    no_usable_card: true,
    no_eligible_card: true,
    cards_used_up: true,
    day_limit: true,
    your_choice: true,
  },
  refusal: { unknown_card: true, card_chosen_twice: true, negative_amount: true },
};

test.each([
  ['zh-CN', zh],
  ['en', en],
])('every reason of a quote has a text in %s', (_, texts) => {
  expect(keysOf(texts)).toEqual(keysOf(CODES));
});

function keysOf(groups: Readonly<Record<string, object>>): string[] {
  return Object.entries(groups)
    .flatMap(([group, entries]) => Object.keys(entries).map((key) => `${group}.${key}`))
    .sort();
}
