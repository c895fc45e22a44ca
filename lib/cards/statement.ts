import type { Id } from '@/lib/kernel';
import { type Movement, statementOf } from '@/lib/ledger';
import { ordersOfPayments } from './store';
import { cardOf, type ViewContext, type WalletCard } from './views';

/** One line of a card's statement. Amounts are signed minor units: what came in is positive. */
export interface CardStatementLine {
  /** Counts from 1 without gaps. */
  readonly number: bigint;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  /** A key of `cards.statement`. */
  readonly what: CardMovement | 'other';
  /** The order that was paid or refunded; null when it was for no order. */
  readonly order: { readonly id: string; readonly number: string } | null;
}

const CARD_MOVEMENTS = [
  'issue',
  'promote',
  'takeOver',
  'issueSold',
  'discountSold',
  'withdrawSold',
  'withdrawDiscount',
  'spend',
  'refundCard',
  'expire',
  'revive',
] as const satisfies readonly Movement[];

/** The ledger's movements that touch a card. */
export type CardMovement = (typeof CARD_MOVEMENTS)[number];

export interface CardStatement {
  readonly card: WalletCard;
  readonly lines: readonly CardStatementLine[];
  /** Give it as `before` to read on; null at the oldest line. */
  readonly nextBefore: string | null;
}

export const STATEMENT_PAGE_SIZE = 20;

/**
 * A page of a card's statement, newest first; `null` when the card is not this shopper's. `before` is what the page
 * before gave as `nextBefore`; anything else starts at the newest line.
 */
export async function cardStatementOf(
  context: ViewContext,
  userId: Id<'usr'>,
  page: { readonly cardId: string; readonly before?: string | undefined },
): Promise<CardStatement | null> {
  const card = await cardOf(context, userId, page.cardId);
  if (card === null) return null;
  const before = /^\d{1,15}$/.test(page.before ?? '') ? BigInt(page.before ?? '') : undefined;
  const { entries, nextBefore } = await statementOf(context.db, card.accountId, {
    before,
    size: STATEMENT_PAGE_SIZE,
  });
  const payments = entries.flatMap(({ reference }) => (reference?.startsWith('pay_') ? [reference] : []));
  const orders = await ordersOfPayments(context.db, payments);
  return {
    card,
    lines: entries.map((entry) => ({
      number: entry.number,
      at: entry.at,
      amountMinor: entry.amountMinor,
      balanceAfterMinor: entry.balanceAfterMinor,
      what: CARD_MOVEMENTS.find((movement) => movement === entry.movement) ?? 'other',
      order: orders.get(entry.reference ?? '') ?? null,
    })),
    nextBefore: nextBefore === null ? null : nextBefore.toString(),
  };
}
