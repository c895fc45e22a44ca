import { type Database, engineOf, failureOf, instantOf, type RawReader } from '@/lib/database';
import type { ChainHead, SealDialect, UnsealedPart, UnsealedQuery } from './seal-dialect';
import { chainRows, closed, GENESIS, type SealedRow } from './seal-format';
import { postgresSeals } from './seals-postgres';
import { sqliteSeals } from './seals-sqlite';

/** A seal as it is stored; nothing in it is trusted yet. */
export interface StoredSeal {
  readonly number: bigint;
  readonly through: bigint;
  /** JSON text that should be a list of ids. */
  readonly transferIds: string;
  readonly marks: Buffer;
  readonly chain: Buffer;
  readonly sealedAt: string;
}

export async function chainHead(reader: RawReader): Promise<ChainHead> {
  type Row = Record<'number' | 'through' | 'chain' | 'position' | 'newestAt' | 'sealedAt', string>;
  const [row] = await reader.$queryRawUnsafe<Row[]>(sealDialect(reader).head);
  if (!row) {
    return { number: 0n, through: 0n, chain: GENESIS, position: '', newestAt: null, sealedAt: null };
  }
  return {
    number: BigInt(row.number),
    through: BigInt(row.through),
    chain: Buffer.from(row.chain, 'hex'),
    position: row.position,
    newestAt: new Date(row.newestAt),
    sealedAt: new Date(row.sealedAt),
  };
}

/** The seals after a number, as many as hold about `transfers` transfers, at least one if there is one. */
export async function sealsAfter(
  reader: RawReader,
  after: { number: bigint; through: bigint },
  transfers: number,
): Promise<StoredSeal[]> {
  type Row = Record<'number' | 'through' | 'transferIds' | 'marks' | 'chain' | 'sealedAt', string>;
  const rows = await reader.$queryRawUnsafe<Row[]>(
    sealDialect(reader).sealsAfter,
    after.number,
    after.through + BigInt(transfers),
  );
  return rows.map((row) => ({
    number: BigInt(row.number),
    through: BigInt(row.through),
    transferIds: row.transferIds,
    marks: Buffer.from(row.marks, 'hex'),
    chain: Buffer.from(row.chain, 'hex'),
    sealedAt: row.sealedAt,
  }));
}

/** The transfers of these ids, by id; one that does not exist is left out. */
export async function sealedRows(reader: RawReader, ids: readonly string[]): Promise<Map<string, SealedRow>> {
  const [cell] = await reader.$queryRawUnsafe<{ rows: string }[]>(
    sealDialect(reader).rowsOf,
    JSON.stringify(ids),
  );
  const rows: SealedRow[] = JSON.parse(cell?.rows ?? '[]');
  return new Map(rows.map((row) => [row[0] ?? '', row]));
}

/** Gives what is not sealed to `take`, in parts, until it returns false. */
export function eachUnsealed(
  reader: RawReader,
  query: UnsealedQuery,
  take: (part: UnsealedPart) => Promise<boolean>,
): Promise<void> {
  return sealDialect(reader).eachUnsealed(reader, query, take);
}

export async function countStragglers(reader: RawReader, query: UnsealedQuery): Promise<number> {
  const [row] = await reader.$queryRawUnsafe<{ count: string }[]>(sealDialect(reader).countStragglers(query));
  return Number(row?.count);
}

/** Writes the next seal. Returns the new head, or null when another sequencer was faster: nothing is written then. */
export async function appendSeal(
  db: Database,
  head: ChainHead,
  { rows, position, now }: UnsealedPart & { now: Date },
): Promise<ChainHead | null> {
  const number = head.number + 1n;
  const through = head.through + BigInt(rows.length);
  const { chain, marks } = chainRows(head.chain, rows);
  const end = closed(chain, { number, through, sealedAt: now.toISOString() });
  const newestAt = new Date(Math.max(...rows.map((row) => createdAtOf(row).getTime())));
  const data = { number, through, position, newestAt, sealedAt: now };
  try {
    await db.ledgerSeal.create({
      data: {
        ...data,
        transferIds: JSON.stringify(rows.map(([id]) => id)),
        marks: new Uint8Array(marks),
        chain: new Uint8Array(end),
      },
    });
  } catch (error) {
    if (failureOf(error) === 'unique') return null;
    throw error;
  }
  const newest = head.newestAt && head.newestAt > newestAt ? head.newestAt : newestAt;
  return { ...data, chain: end, newestAt: newest };
}

/** When a transfer says that it was made. */
export function createdAtOf(row: SealedRow): Date {
  return instantOf(row[9] ?? '');
}

function sealDialect(reader: RawReader): SealDialect {
  return engineOf(reader) === 'sqlite' ? sqliteSeals : postgresSeals;
}
