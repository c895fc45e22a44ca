import type { RawReader } from '@/lib/database';
import type { SealedRow } from './seal-format';

/** Where the chain ends. */
export interface ChainHead {
  readonly number: bigint;
  readonly through: bigint;
  readonly chain: Buffer;
  /** The id of the last transfer that was sealed in order: where the sequencer continues on SQLite. */
  readonly position: string;
  /** The newest `createdAt` of all that is sealed, and when the last seal was made; null before the first. */
  readonly newestAt: Date | null;
  readonly sealedAt: Date | null;
}

/** Transfers in the order in which they are to be sealed, at most 1,000 at a time. */
export interface UnsealedPart {
  readonly rows: readonly SealedRow[];
  readonly position: string;
}

export interface UnsealedQuery {
  readonly head: ChainHead;
  /** Whether to search everything, also for transfers that the sequencer has passed over. */
  readonly all: boolean;
  /** The clock: a transfer from the future does not hide what comes after it. */
  readonly now: Date;
}

/** The SQL about seals that differs between the two engines. */
export interface SealDialect {
  readonly head: string;
  /** Parameters: after this number, up to this count of transfers. */
  readonly sealsAfter: string;
  /** Parameter: a JSON list of ids. One cell, a JSON list of rows. */
  readonly rowsOf: string;
  /** How many transfers are neither sealed nor among those that the sequencer will find next. */
  countStragglers(query: UnsealedQuery): string;
  /** Gives parts to `take` until it returns false. */
  eachUnsealed(
    reader: RawReader,
    query: UnsealedQuery,
    take: (part: UnsealedPart) => Promise<boolean>,
  ): Promise<void>;
}

export const PART_SIZE = 1_000;
