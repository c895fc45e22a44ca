import type { Database } from '@/lib/database';
import { forEachPagedRow, type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { balancesOf, heldOf, usableOf } from '@/lib/ledger';
import { asHolder, isOwn, type OwnCardRequest } from './hold-own-card';
import { FORGOTTEN } from './kept-secrets';
import type { Card, MoveRefusal } from './model';
import { type MoveContext, moveCard } from './move-card';

/**
 * Closes one's own card for good: a used-up one, with nothing on it, nothing in a payment under way and nothing dormant. Its
 * account must still be empty, and nothing dormant, when the card is closed, so that no value is shut in. A refund
 * that comes later opens it again (`reopenRefunded`); a freeze of the holder's own is kept for then, since closing is not
 * to be a way around what unfreezing is.
 */
export function closeOwnCard(
  context: MoveContext,
  request: OwnCardRequest,
): Promise<Result<{ readonly cardId: Id<'crd'> }, MoveRefusal>> {
  return moveCard(context, 'close', {
    ...asHolder(request),
    plan: (card) => closingPlan(context.db, card, request),
  });
}

async function closingPlan(db: Database, card: Card, request: OwnCardRequest) {
  if (!isOwn(card, request)) return refuse({ code: 'card_not_found' } as const);
  if (card.frozenBy === 'issuer') return refuse({ code: 'frozen_by_issuer' } as const);
  const balance = (await balancesOf(db, [card.accountId])).get(card.accountId);
  invariant(balance, 'a card has an account');
  const [usableMinor, heldMinor] = [usableOf(balance), heldOf(balance)];
  const { dormantMinor } = card;
  if (usableMinor + heldMinor + dormantMinor > 0n)
    return refuse({ code: 'value_left', usableMinor, heldMinor, dormantMinor } as const);
  const { creditsPosted, debitsPosted, debitsPending } = balance;
  return ok({
    set: FORGOTTEN,
    updates: [
      // Card and balance are two reads: value that became dormant in between is in neither.
      { table: 'Card' as const, key: { id: card.id }, expect: { dormantMinor }, set: {} },
      {
        table: 'Account' as const,
        key: { id: card.accountId },
        expect: { creditsPosted, debitsPosted, debitsPending },
        set: {},
      },
    ],
  });
}

const PAGE = 200;

/**
 * Opens closed cards to which a refund brought value back, also one that became dormant before anybody looked: it is their
 * holders' to spend or to have exchanged. One that was frozen when it was closed is frozen again. Safe to repeat.
 */
export async function reopenRefunded(context: MoveContext): Promise<{ readonly reopened: number }> {
  const { db } = context;
  const page = (after: string, take: number) =>
    db.card.findMany({
      where: {
        id: { gt: after },
        state: 'closed',
        holderId: { not: null },
        OR: [
          { account: { creditsPosted: { gt: db.account.fields.debitsPosted } } },
          { dormantMinor: { gt: 0n } },
        ],
      },
      orderBy: { id: 'asc' },
      take,
      select: { id: true },
    });
  const reopened = await forEachPagedRow({ page, size: PAGE }, async ({ id }) => {
    const moved = await moveCard(context, 'reopen', {
      cardId: id,
      actor: null,
      reason: null,
      plan: async (card) => ok(card.state === 'closed' && card.frozenBy ? { state: 'frozen' } : {}),
    });
    return moved.ok;
  });
  return { reopened };
}
