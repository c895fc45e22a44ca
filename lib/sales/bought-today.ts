import type { Tx } from '@/lib/database';
import { DAY_MS, dayIn, endOfDay, plusMs } from '@/lib/kernel';
import type { CardKind } from '@/lib/policy';

/** Who buys: an account, and the document's HMACs where one is known. */
export interface BuyerKeys {
  readonly userId: string;
  readonly documentHmacs: readonly string[];
}

export interface Bought {
  readonly ofKindMinor: bigint;
  readonly minor: bigint;
}

/**
 * Lets purchases of one buyer be weighed one after the other: whoever comes second waits until the first has committed,
 * and then sees it. The account comes before the document in every transaction, so that two never wait for each other.
 */
export async function takeTurn(tx: Tx, { userId, documentHmacs }: BuyerKeys): Promise<void> {
  const documents = documentHmacs.map((hmac) => `document:${hmac}`).toSorted();
  for (const key of [`account:${userId}`, ...documents]) {
    await tx.buyerTurn.upsert({
      where: { key },
      create: { key, version: 1 },
      update: { version: { increment: 1 } },
    });
  }
}

/**
 * What this buyer bought in the day of `zone` that `now` falls in: under this account and, where the document is known,
 * under every other account of the same person. Counts what is paid, and what is ordered and can still be paid; what was
 * handed back does not count. `except` is left out.
 */
export async function boughtToday(
  tx: Tx,
  buyer: BuyerKeys,
  at: { readonly now: Date; readonly zone: string; readonly kind: CardKind; readonly except?: string },
): Promise<Bought> {
  const { now, zone, kind, except } = at;
  const since = startOfDay(zone, now);
  const rows = await tx.cardPurchase.findMany({
    where: {
      AND: [
        {
          OR: [{ userId: buyer.userId }, { identity: { numberHmac: { in: [...buyer.documentHmacs] } } }],
        },
        {
          OR: [
            { state: { in: ['paid', 'issued'] }, paidAt: { gte: since } },
            { state: 'open', order: { state: 'paying' } },
            { state: 'open', order: { state: 'paid', paidAt: { gte: since } } },
            { state: 'open', order: { state: 'open', payBy: { gt: now } } },
          ],
        },
      ],
      ...(except === undefined ? {} : { id: { not: except } }),
    },
    select: { faceMinor: true, quantity: true, withdrawnCards: true, programmeId: true },
  });
  const programmes = await tx.programme.findMany({
    where: { id: { in: [...new Set(rows.map(({ programmeId }) => programmeId))] } },
    select: { id: true, kind: true },
  });
  const kinds = new Map(programmes.map((programme) => [programme.id, programme.kind]));
  const sum = (some: typeof rows) =>
    some.reduce((total, row) => total + row.faceMinor * BigInt(row.quantity - row.withdrawnCards), 0n);
  return {
    ofKindMinor: sum(rows.filter(({ programmeId }) => kinds.get(programmeId) === kind)),
    minor: sum(rows),
  };
}

function startOfDay(zone: string, now: Date): Date {
  const today = endOfDay(zone, dayIn(zone, now));
  // A day may be 23 or 25 hours long: the end of the day before is asked, not counted back.
  return endOfDay(zone, dayIn(zone, plusMs(today, -DAY_MS * 1.5)));
}
