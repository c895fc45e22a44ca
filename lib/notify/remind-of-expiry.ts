import { commitUnit, type Database, instantTexts } from '@/lib/database';
import { DAY_MS, dayIn, forEachPagedRow, newId, plusMs } from '@/lib/kernel';

export interface ReminderContext {
  readonly db: Database;
  readonly now: Date;
  /** The issuer's zone, in which cards end. */
  readonly zone: string;
}

/** Days before a card's last day at which its holder is reminded, the nearest first. */
const STAGES = [1, 7, 30] as const;
/** The row of CardReminder that says that the end itself was told. */
const ENDED = 0;
/** What ended longer ago than a worker is ever down is not told any more. */
const LATE_MS = 7 * DAY_MS;
const BATCH = 500;

/**
 * Reminds the holders of cards with value left 30, 7 and 1 days before the last day, and tells when it has passed; each
 * once for that last day, also by workers at once, and for an extended card anew for its new day. A day that no worker
 * saw is made up for by the nearest stage. `told` counts the messages.
 */
export async function remindOfExpiry(context: ReminderContext): Promise<{ readonly told: number }> {
  const page = (after: string) => endingCards(context, after);
  return { told: await forEachPagedRow({ page, size: BATCH }, (card) => remind(context, card)) };
}

interface EndingCard {
  readonly id: string;
  readonly holderId: string | null;
  readonly expiresAt: Date | null;
  readonly dormantMinor: bigint;
  readonly account: { readonly creditsPosted: bigint; readonly debitsPosted: bigint };
  readonly reminders: readonly { readonly daysLeft: number; readonly expiresAt: Date }[];
}

function endingCards({ db, now }: ReminderContext, after: string): Promise<EndingCard[]> {
  return db.card.findMany({
    where: {
      id: { gt: after },
      holderId: { not: null },
      state: { in: ['active', 'frozen'] },
      expiresAt: { gt: plusMs(now, -LATE_MS), lt: plusMs(now, 32 * DAY_MS) },
    },
    select: {
      id: true,
      holderId: true,
      expiresAt: true,
      dormantMinor: true,
      account: { select: { creditsPosted: true, debitsPosted: true } },
      reminders: { select: { daysLeft: true, expiresAt: true } },
    },
    orderBy: { id: 'asc' },
    take: BATCH,
  });
}

async function remind({ db, now, zone }: ReminderContext, card: EndingCard): Promise<boolean> {
  const { id, holderId, expiresAt, account } = card;
  if (!holderId || !expiresAt) return false;
  const given = card.reminders.filter((row) => row.expiresAt.getTime() === expiresAt.getTime());
  const stage = stageOf({ now, zone, expiresAt });
  if (stage === null || given.some(({ daysLeft }) => daysLeft === stage)) return false;
  // Of an ended card the value is in the dormant account by now, or soon.
  if (account.creditsPosted === account.debitsPosted && card.dormantMinor === 0n) return false;
  const [at, ends] = [now.toISOString(), expiresAt.toISOString()];
  const outcome = await commitUnit(db, {
    // A card that was extended or handed over in the meantime is looked at anew at the next pass.
    updates: [
      {
        table: 'Card',
        key: { id },
        expect: { expiresAt: instantTexts(expiresAt), holderId },
        set: { expiresAt: ends },
      },
    ],
    inserts: [
      { table: 'CardReminder', rows: [{ cardId: id, daysLeft: stage, expiresAt: ends, at }] },
      {
        table: 'OutboxMessage',
        rows: [
          {
            id: newId('out'),
            topic: stage === ENDED ? 'card.expired' : 'card.expiring',
            payload: JSON.stringify({ userId: holderId, cardId: id }),
            createdAt: at,
            availableAt: at,
            attempts: 0,
            deliveredAt: null,
            leasedBy: null,
            leasedUntil: null,
            parkedAt: null,
            lastError: null,
          },
        ],
      },
    ],
  });
  return outcome.outcome === 'committed';
}

/** Counted in the issuer's calendar days: a card that ends tonight has none left and is in the last stage. */
function stageOf({ now, zone, expiresAt }: { now: Date; zone: string; expiresAt: Date }): number | null {
  if (expiresAt <= now) return ENDED;
  const [today, last] = [dayIn(zone, now), dayIn(zone, plusMs(expiresAt, -1))];
  const days =
    (Date.UTC(last.year, last.month - 1, last.day) - Date.UTC(today.year, today.month - 1, today.day)) /
    DAY_MS;
  return STAGES.find((stage) => days <= stage) ?? null;
}
