import type { Id } from '@/lib/kernel';
import type { CardContext } from './issue-cards';
import { numberHmacs } from './lookup';
import { type Card, type CardMove, type CardState, type FrozenBy, stateAfter } from './model';
import { normaliseNumber } from './number';
import type { CardRequest } from './requests/model';
import { openLossesOf } from './requests/store';
import { cardsWhere, findCardByNumber } from './store';
import { type ViewContext, type WalletCard, withBalances } from './views';

/** A card as support sees it: what the holder sees, and whose it is. Never its number beyond the last four, never its password. */
export interface SupportCard extends WalletCard {
  readonly state: CardState;
  readonly holderId: Id<'usr'> | null;
  readonly createdAt: Date;
  /** What keeps it frozen: a freeze of its holder's or of the issuer's, and beside it a loss that is reported. */
  readonly freezes: readonly (FrozenBy | 'lost')[];
  /** Which of these two acts they allow. */
  readonly moves: readonly SupportMove[];
}

type SupportMove = Extract<CardMove, 'freeze' | 'unfreeze'>;

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
  const cards = await cardsWhere(context.db, where, take);
  const [found, losses] = await Promise.all([
    withBalances(context, cards),
    openLossesOf(
      context.db,
      cards.map(({ card }) => card.id),
    ),
  ]);
  return found.map(({ card, view }) => ({
    ...view,
    state: card.state,
    holderId: card.holderId,
    createdAt: card.createdAt,
    ...freezesOf(card, losses.get(card.id)),
  }));
}

function freezesOf(
  { state, frozenBy }: Card,
  loss: CardRequest | undefined,
): Pick<SupportCard, 'freezes' | 'moves'> {
  const by = loss ? (loss.evidence.frozenBefore?.by ?? null) : state === 'frozen' ? frozenBy : null;
  const own = by === null ? [] : [by];
  if (loss) return { freezes: ['lost', ...own], moves: movesBeside(by) };
  // A freeze of the holder's own becomes the issuer's.
  const moves = MOVES.filter(
    (move) => stateAfter(state, move) !== null || (move === 'freeze' && by === 'holder'),
  );
  return { freezes: own, moves };
}

/** What support may do beside an open report; the report itself ends only by a decision, or by its holder. */
function movesBeside(by: FrozenBy | null): readonly SupportMove[] {
  if (by === null) return ['freeze'];
  return by === 'holder' ? MOVES : ['unfreeze'];
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
