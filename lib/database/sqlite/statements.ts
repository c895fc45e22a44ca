import { type ColumnType, ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';
import type { Statement } from 'better-sqlite3';
import { declaredColumnType, inferredColumnType, resultValue } from './columns';
import type { Connection } from './connection';
import { FailureCode, type SqlValue } from './protocol';

export type Prepared = {
  readonly statement: Statement<unknown[]>;
  /** What the reader threads may run: it changes nothing and returns rows. */
  readonly isRead: boolean;
  columns: { names: string[]; types: (ColumnType | null)[] } | null;
};

const CAPACITY = 512;
const TRANSACTION_CONTROL =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** The prepared statements of one connection; the least recently used is forgotten first. */
export class Statements {
  readonly #connection: Connection;
  readonly #prepared = new Map<string, Prepared>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Throws for SQL that does not compile, and for BEGIN and its like, which would break the queue of writers. */
  get(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    if (TRANSACTION_CONTROL.test(sql)) {
      throw new StatementRefused('transactions are begun and ended through the adapter, not by SQL');
    }
    const statement = this.#connection.prepare<unknown[]>(sql);
    if (statement.reader) statement.raw(true);
    const prepared = { statement, isRead: statement.readonly && statement.reader, columns: null };
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > CAPACITY) this.#forgetOldest();
    return prepared;
  }

  /** For changes of schema: what is known of a statement's columns may be wrong after one. */
  clear(): void {
    this.#prepared.clear();
  }

  #forgetOldest(): void {
    for (const sql of this.#prepared.keys()) {
      this.#prepared.delete(sql);
      return;
    }
  }
}

export class StatementRefused extends Error {
  readonly code = FailureCode.misuse;
}

export function queryRows(prepared: Prepared, args: readonly SqlValue[]): SqlResultSet {
  const { statement } = prepared;
  if (!statement.reader) {
    statement.run(...args.map(bindable));
    return { columnNames: [], columnTypes: [], rows: [] };
  }
  const rows = statement.all(...args.map(bindable)) as SqlValue[][];
  const { names, types } = columnsOf(prepared, rows[0]?.length);
  const columnTypes = types.map((type, index) => type ?? inferredColumnType(rows, index));
  for (const row of rows) {
    for (let index = 0; index < row.length; index++) {
      row[index] = resultValue(row[index] ?? null, columnTypes[index] ?? ColumnTypeEnum.Text);
    }
  }
  return { columnNames: names, columnTypes, rows };
}

/** The count of rows changed, or returned by a statement that returns rows, as PostgreSQL counts them. */
export function executeCount(prepared: Prepared, args: readonly SqlValue[]): number {
  const { statement } = prepared;
  if (statement.reader) return statement.all(...args.map(bindable)).length;
  return statement.run(...args.map(bindable)).changes;
}

/** Another process may have altered a table under a `SELECT *`; SQLite then compiles the statement anew by itself. */
function columnsOf(prepared: Prepared, width: number | undefined) {
  const known = prepared.columns;
  if (known && (width === undefined || width === known.names.length)) return known;
  const columns = prepared.statement.columns();
  prepared.columns = {
    names: columns.map((column) => column.name),
    types: columns.map((column) => declaredColumnType(column.type)),
  };
  return prepared.columns;
}

/** better-sqlite3 binds every number as REAL, which would make `? / 2` a fraction and `json(?)` say 1.0. */
function bindable(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}
