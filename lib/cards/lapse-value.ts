import { commitUnit, transaction } from '@/lib/database';
import { type Currency, DAY_MS, forEachPagedRow, forEachRow, invariant, plusMs } from '@/lib/kernel';
import { commit, houseAccount } from '@/lib/ledger';
import { findPolicyPack, mayLapse } from '@/lib/policy';
import { eventOf, guardAsRead } from './expire-cards';
import type { Programme } from './model';
import type { MoveContext } from './move-card';
import { cardIdOf, listProgrammes, outboxRow } from './store';

const PAGE = 200;

/**
 * Lets the dormant value of promotional cards end (`lapse`, back to what promotions cost) when it has been kept for as long
 * as its programme says. Only where the policy pack leaves expired value to the operator, only value that was given away,
 * and never while the holder's request for the card is open. Its holder is told how much ended, in the same unit. Safe to
 * repeat, to kill and to run twice at once.
 */
export async function lapseValue(context: MoveContext): Promise<{ readonly lapsed: number }> {
  let lapsed = 0;
  await forEachRow((await listProgrammes(context.db)).filter(lapses), async (programme) => {
    lapsed += await lapseProgramme(context, programme);
  });
  return { lapsed };
}

type LapsingProgramme = Programme & { readonly lapseAfterDays: number };

function lapses(programme: Programme): programme is LapsingProgramme {
  const pack = findPolicyPack(programme.policyPack);
  return programme.lapseAfterDays !== null && pack !== null && mayLapse(pack, programme.kind);
}

function lapseProgramme(context: MoveContext, programme: LapsingProgramme): Promise<number> {
  const { db, now } = context;
  const page = (after: string, take: number) =>
    db.card.findMany({
      where: {
        id: { gt: after },
        programmeId: programme.id,
        dormantMinor: { gt: 0n },
        expiresAt: { lte: plusMs(now, -programme.lapseAfterDays * DAY_MS) },
        requests: { none: { state: 'open' } },
      },
      orderBy: { id: 'asc' },
      take,
      select: {
        id: true,
        expiresAt: true,
        holderId: true,
        dormantMinor: true,
        account: { select: { entryCount: true } },
      },
    });
  return forEachPagedRow({ page, size: PAGE }, (card) => lapse(context, programme, card));
}

interface DormantCard {
  readonly id: string;
  readonly expiresAt: Date | null;
  readonly holderId: string | null;
  readonly dormantMinor: bigint;
  readonly account: { readonly entryCount: bigint };
}

/** Opening a request locks the card's row, so once the row is locked here, every open request is visible. */
function lapse({ db, now }: MoveContext, { currency }: Programme, card: DormantCard): Promise<boolean> {
  return transaction(db, async (tx) => {
    const { outcome } = await commitUnit(tx, { updates: [guardAsRead(card)] });
    const open = { cardId: card.id, state: 'open' };
    if (outcome !== 'committed' || (await tx.cardRequest.count({ where: open })) > 0) return false;
    const result = await commit(
      tx,
      {
        inserts: [eventOf(cardIdOf(card.id), 'lapsed', now), ...news(now, currency, card)],
        transfers: [
          {
            type: 'post',
            id: `${card.id}:lapse:${card.expiresAt?.getTime()}:${card.account.entryCount}`,
            movement: 'lapse',
            debit: houseAccount('dormant', currency),
            credit: houseAccount('promotion', currency),
            amountMinor: card.dormantMinor,
            reference: card.id,
          },
        ],
      },
      now,
    );
    invariant(result.ok, `card ${card.id}: ${result.ok ? '' : result.refusal.code}`);
    return true;
  });
}

/** The message to its holder; none for a card that nobody ever had. */
function news(now: Date, currency: Currency, { id: cardId, holderId: userId, dormantMinor }: DormantCard) {
  if (userId === null) return [];
  const payload = { cardId, userId, amountMinor: dormantMinor.toString(), currency };
  return [{ table: 'OutboxMessage' as const, rows: [outboxRow({ topic: 'card.lapsed', payload, now })] }];
}
