import { type Database, engineOf, type Tx } from './client';

/**
 * Calls a stored procedure that takes one JSON argument and answers JSON: a PL/pgSQL function of the PostgreSQL
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
