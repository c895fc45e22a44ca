import type { Tx } from '@/lib/database';
import { invariant, newId } from '@/lib/kernel';
import { commit, houseAccount, openAccounts, type Transfer } from '@/lib/ledger';
import type { Programme } from './model';
import { type NewCard, newCardRow } from './new-card';
import { cardEventRow } from './store';

/** A new card and what is on it, in minor units; 0 = nothing. */
export interface FundedCard {
  readonly card: NewCard;
  readonly balanceMinor: bigint;
}

/** Where the cards belong and how their value came to be. */
export interface CardOrigin {
  readonly programme: Programme;
  readonly batchId: string;
  readonly kind: 'issued' | 'imported';
  readonly now: Date;
}

/** How many cards go into one unit of work: enough to be quick, few enough to let others write in between. */
export const CARDS_PER_UNIT = 500;

/**
 * Writes cards with their accounts, value and first event into the caller's transaction. The number's uniqueness is
 * the guard against value twice: a card that exists makes the whole transaction fail.
 */
export async function insertCards(tx: Tx, origin: CardOrigin, cards: readonly FundedCard[]): Promise<void> {
  const { programme, batchId, kind, now } = origin;
  const { currency } = programme;
  const source = sourceOf(origin);
  await openAccounts(tx, [
    { ...houseAccount(source.debit, currency), currency, now },
    ...cards.map(({ card }) => ({ id: card.accountId, kind: 'card' as const, currency, now })),
  ]);
  const result = await commit(
    tx,
    {
      inserts: [
        {
          table: 'Card',
          rows: cards.map(({ card }) => newCardRow(card, { programmeId: programme.id, batchId, now })),
        },
        {
          table: 'CardEvent',
          rows: cards.map(({ card }) =>
            cardEventRow({ cardId: card.id, kind, actorId: null, reason: null, at: now }),
          ),
        },
      ],
      transfers: cards
        .filter(({ balanceMinor }) => balanceMinor > 0n)
        .map(
          ({ card, balanceMinor }): Transfer => ({
            type: 'post',
            id: newId('trf'),
            movement: source.movement,
            debit: houseAccount(source.debit, currency),
            credit: { id: card.accountId, kind: 'card' },
            amountMinor: balanceMinor,
            reference: batchId,
          }),
        ),
    },
    now,
  );
  invariant(result.ok, `cards of batch ${batchId} were refused: ${result.ok ? '' : result.refusal.code}`);
}

/** Prepaid value came in as cash, a given card is the issuer's expense, and an older system still owes what it issued. */
function sourceOf({ kind, programme }: CardOrigin) {
  if (kind === 'imported') return { movement: 'takeOver', debit: 'suspense' } as const;
  if (programme.kind === 'promotional') return { movement: 'promote', debit: 'promotion' } as const;
  return { movement: 'issue', debit: 'custodyCash' } as const;
}
