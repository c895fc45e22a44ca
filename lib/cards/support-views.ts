import type { Id } from '@/lib/kernel';
import type { CardContext } from './issue-cards';
import { numberHmacs } from './lookup';
import { type CardMove, type CardState, stateAfter } from './model';
import { normaliseNumber } from './number';
import { cardsWhere, findCardByNumber } from './store';
import { type ViewContext, type WalletCard, withBalances } from './views';

/** A card as support sees it: what the holder sees, and whose it is. Never its number beyond the last four, never its password. */
export interface SupportCard extends WalletCard {
  readonly state: CardState;
  readonly holderId: Id<'usr'> | null;
  readonly createdAt: Date;
  /** Which of these two acts its state allows. */
  readonly moves: readonly Extract<CardMove, 'freeze' | 'unfreeze'>[];
}

export type SupportCardFilter =
  | { readonly ids: readonly string[] }
  | { readonly lastFour: string }
  | { readonly holderId: string };

/** Cards by id, last four or holder; the latest bound first, at most `take`. */
export async function supportCards(
  context: ViewContext,
  filter: SupportCardFilter,
  take: number,
): Promise<SupportCard[]> {
  const where = 'ids' in filter ? { id: { in: [...filter.ids] } } : filter;
  const found = await withBalances(context, await cardsWhere(context.db, where, take));
  return found.map(({ card, view }) => ({
    ...view,
    state: card.state,
    holderId: card.holderId,
    createdAt: card.createdAt,
    // A freeze of the holder's own becomes the issuer's.
    moves: MOVES.filter((move) =>
      move === 'freeze' && card.frozenBy === 'holder' ? true : stateAfter(card.state, move) !== null,
    ),
  }));
}

/** The card whose full number somebody reads out; `null` when it is none of ours. The number is neither kept nor logged. */
export async function cardIdOfNumber(
  { db, keys }: Pick<CardContext, 'db' | 'keys'>,
  typed: string,
): Promise<Id<'crd'> | null> {
  const number = normaliseNumber(typed);
  if (number === null) return null;
  const found = await findCardByNumber(db, numberHmacs(keys.number, number));
  return found?.card.id ?? null;
}

const MOVES = ['freeze', 'unfreeze'] as const;
