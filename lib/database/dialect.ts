import { type Database, engineOf, type RawReader, type Tx, transaction } from './client';
import type { Prisma } from './generated/sqlite/client';

/**
 * Calls a stored procedure that takes one JSON argument and returns JSON: a PL/pgSQL function of the PostgreSQL
 * migrations, or a procedure in the SQLite writer. One round trip; one unit of group commit on SQLite.
 */
export async function callProcedure(
  client: Database | Tx,
  name: 'commit_units',
  payload: unknown,
): Promise<unknown> {
  const json = JSON.stringify(payload, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  const rows =
    engineOf(client) === 'sqlite'
      ? await client.$queryRawUnsafe<{ result: string }[]>(`CALL ${name}(?)`, json)
      : await client.$queryRawUnsafe<{ result: string }[]>(`SELECT ${name}($1::jsonb)::text AS result`, json);
  return JSON.parse(rows[0]?.result ?? 'null');
}

/** What `addMissing` adds, by its table. */
export interface AddedRows {
  readonly Delivery: Prisma.DeliveryCreateManyInput;
  readonly InboxMessage: Prisma.InboxMessageCreateManyInput;
  readonly SandboxMessage: Prisma.SandboxMessageCreateManyInput;
}

/**
 * Adds rows, all with the same columns, in one statement; those whose `id` exists are left as they are. Returns the ids that
 * were added. It hands the rows over as one JSON text: Prisma's `createMany` takes ten times the processor's time for
 * fifty rows.
 */
export async function addMissing<Table extends keyof AddedRows>(
  client: Database | Tx,
  table: Table,
  rows: readonly AddedRows[Table][],
): Promise<ReadonlySet<string>> {
  const [first] = rows;
  if (!first) return new Set();
  const names = Object.keys(first);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const source =
    engineOf(client) === 'sqlite'
      ? `SELECT ${names.map((name) => `value ->> '$.${name}'`).join(', ')} FROM json_each(?) WHERE true`
      : `SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`;
  const added = await client.$queryRawUnsafe<{ id: string }[]>(
    `INSERT INTO "${table}" (${columns}) ${source} ON CONFLICT ("id") DO NOTHING RETURNING "id"`,
    JSON.stringify(rows),
  );
  return new Set(added.map(({ id }) => id));
}

const BULK_MS = 60 * 60_000;

/**
 * Reads whole tables in bounded memory. On PostgreSQL all of `work` sees one moment, in a transaction that cannot
 * write; on SQLite each statement sees its own, so that the writer and its log are not held up.
 */
export function readInBulk<T>(
  client: Database | RawReader,
  work: (reader: RawReader) => Promise<T>,
): Promise<T> {
  if (!('$transaction' in client) || engineOf(client) === 'sqlite') return work(client);
  return transaction(
    client,
    async (tx) => {
      for (const setting of BULK_SETTINGS) await tx.$executeRawUnsafe(setting);
      return work(tx);
    },
    { timeoutMs: BULK_MS },
  );
}

/** Sorts and hashes beyond `work_mem` go to files; no parallel workers, so that payments keep the other cores. */
const BULK_SETTINGS = [
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY',
  "SET LOCAL work_mem = '32MB'",
  'SET LOCAL max_parallel_workers_per_gather = 0',
  'SET LOCAL jit = off',
];

/** An instant that SQL gave as text: CAST of PostgreSQL, and SQL typed by hand, leave out the letters of ISO 8601. */
export function instantOf(text: string): Date {
  return new Date(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`);
}

/** How a guarded update of either engine may read an instant that is stored: PostgreSQL leaves out the zone and what is zero. */
export function instantTexts(instant: Date): readonly string[] {
  const text = instant.toISOString();
  return [text, text.replace(/(\.\d*?)0*Z$/, '$1').replace(/\.$/, '')];
}

/** What a failed statement means, in one vocabulary for both engines; null when it is none of these. */
export function failureOf(error: unknown): 'unique' | 'deadlock' | null {
  const text = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : '';
  if (
    /P2002|23505|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)|Unique constraint|UNIQUE constraint|unique constraint/.test(
      text,
    )
  ) {
    return 'unique';
  }
  if (/P2034|40P01|40001|deadlock detected/.test(text)) return 'deadlock';
  return null;
}
