import type { Statement } from 'better-sqlite3';
import type { Connection } from '../connection';

/**
 * A stored procedure: synchronous, runs in the writer's thread inside a savepoint of an open write transaction.
 * What it throws undoes what it did. What it returns becomes JSON, bigints as decimal strings. It may be run a second
 * time if the transaction it was in could not be committed for another call's sake, so it keeps nothing outside of the
 * database.
 */
export type Procedure = (connection: Connection, payload: unknown) => unknown;

const statements = new WeakMap<Connection, Map<string, Statement<unknown[]>>>();

/** The statement prepared once per connection; rows are objects, integers bigint. For SQL that is part of the source. */
export function prepared(connection: Connection, sql: string): Statement<unknown[]> {
  let known = statements.get(connection);
  if (!known) {
    known = new Map();
    statements.set(connection, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = connection.prepare<unknown[]>(sql);
    known.set(sql, statement);
  }
  return statement;
}
