import { type Database, readInBulk } from '@/lib/database';
import type { SealedRow } from './seal-format';
import { appendSeal, chainHead, countStragglers, createdAtOf, eachUnsealed } from './seal-store';

export interface Sealed {
  /** How many transfers were sealed now. */
  readonly count: number;
  /** The first that was dated long before what was sealed earlier; null when there is none. */
  readonly firstLate: string | null;
}

/** One call seals at most this many; the next call seals the rest. */
const AT_ONCE = 200_000;

/** A transfer is made when its request comes in and committed soon after; only a long import takes longer. */
const LATE_MS = 2 * 60 * 60_000;

/**
 * The sequencer: appends the transfers that are not sealed yet to the chain. It only reads the transfers, so no payment
 * waits for it. Two at once do no harm: the number of the next seal decides, and who was slower stops.
 */
export async function sealTransfers(
  db: Database,
  now: Date,
  { all = false }: { readonly all?: boolean } = {},
): Promise<Sealed> {
  // Read before the transfers are: whoever seals in between takes the next number away.
  let head = await chainHead(db);
  let count = 0;
  let firstLate: string | null = null;
  await readInBulk(db, (reader) =>
    eachUnsealed(reader, { head, all, now }, async (part) => {
      const next = await appendSeal(db, head, { ...part, now });
      if (!next) return false;
      firstLate ??= part.rows.find((row) => isLate(row, earlier(head.newestAt, now)))?.[0] ?? null;
      count += part.rows.length;
      head = next;
      return count < AT_ONCE;
    }),
  );
  return { count, firstLate };
}

/**
 * Seals what the sequencer could not see in time: a transaction that committed much later than its transfers say.
 * Counts first, and looks at everything only when the count says so.
 */
export async function sealStragglers(db: Database, now: Date): Promise<Sealed> {
  const head = await chainHead(db);
  const missed = await countStragglers(db, { head, all: false, now });
  return missed > 0 ? sealTransfers(db, now, { all: true }) : { count: 0, firstLate: null };
}

/**
 * Whether a transfer is dated so long before the newest that was sealed earlier that it looks as if it had been
 * slipped in.
 */
export function isLate(row: SealedRow, newestSealedAt: Date | null): boolean {
  return newestSealedAt !== null && !(createdAtOf(row).getTime() >= newestSealedAt.getTime() - LATE_MS);
}

/** The earlier of both, so that a transfer dated in the future does not make all others count as late. */
export function earlier(instant: Date | null, limit: Date): Date | null {
  return instant && instant < limit ? instant : instant && limit;
}
