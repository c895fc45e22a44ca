import { hash } from 'node:crypto';

/** Every field of a transfer, as text, in the order in which it is hashed. */
export const SEALED_FIELDS = [
  'id',
  'debitAccountId',
  'creditAccountId',
  'amount',
  'code',
  'kind',
  'pendingId',
  'timeoutAt',
  'reference',
  'createdAt',
] as const;

/** The fields' values; an instant is ISO 8601 text in UTC, a number decimal text. */
export type SealedRow = readonly (string | null)[];

export const MARK_BYTES = 32;
const HALF_MARK = MARK_BYTES / 2;

/** What a seal says of itself, besides its transfers. */
export interface SealHeading {
  readonly number: bigint;
  readonly through: bigint;
  /** ISO 8601. */
  readonly sealedAt: string;
}

/** The chain before the first transfer. */
export const GENESIS = sha256('kabao ledger seal 1');

/** A transfer as one line of an export; the hash of these bytes is its digest. */
export function transferLine(row: SealedRow): string {
  return JSON.stringify(['transfer', ...row]);
}

/** A seal as one line of an export, after the lines of its transfers. */
export function sealLine({ number, through, sealedAt }: SealHeading): string {
  return JSON.stringify(['seal', String(number), String(through), sealedAt]);
}

/** The chain after one more line: SHA-256 of the chain before it and the SHA-256 of the line. */
export function linked(chain: Buffer, digest: Buffer): Buffer {
  return sha256(Buffer.concat([chain, digest]));
}

export function sha256(content: string | Buffer): Buffer {
  return hash('sha256', content, 'buffer');
}

/** What is kept of a transfer to find it again: half of its digest, half of the chain after it. */
export function markOf(digest: Buffer, chain: Buffer): Buffer {
  return Buffer.concat([digest.subarray(0, HALF_MARK), chain.subarray(0, HALF_MARK)]);
}

/** Both halves of the mark at a place of `marks`. */
export function markAt(marks: Buffer, place: number): { digest: Buffer; chain: Buffer } {
  const start = place * MARK_BYTES;
  return {
    digest: marks.subarray(start, start + HALF_MARK),
    chain: marks.subarray(start + HALF_MARK, start + MARK_BYTES),
  };
}

export function sameStart(whole: Buffer, start: Buffer): boolean {
  return whole.subarray(0, HALF_MARK).equals(start);
}

/** Chains the rows of one seal: the chain after its last row, and the marks of all. */
export function chainRows(before: Buffer, rows: readonly SealedRow[]): { chain: Buffer; marks: Buffer } {
  let chain = before;
  const marks = rows.map((row) => {
    const digest = sha256(transferLine(row));
    chain = linked(chain, digest);
    return markOf(digest, chain);
  });
  return { chain, marks: Buffer.concat(marks) };
}

/** The chain of a seal, which closes over its heading. */
export function closed(chain: Buffer, heading: SealHeading): Buffer {
  return linked(chain, sha256(sealLine(heading)));
}
