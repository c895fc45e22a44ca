import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';
import { type Failure, FailureCode } from './protocol';

/** A worker's failure as the error that Prisma translates into its P-codes. */
export function driverError(failure: Failure): DriverAdapterError {
  return new DriverAdapterError({
    ...mappedError(failure),
    originalCode: failure.code,
    originalMessage: failure.message,
  });
}

const EXTENDED_CODES: Readonly<Record<string, number>> = {
  SQLITE_MISUSE: 21,
  SQLITE_CONSTRAINT_CHECK: 275,
  SQLITE_CONSTRAINT_TRIGGER: 1811,
  SQLITE_CONSTRAINT_DATATYPE: 3091,
};
const SQLITE_ERROR = 1;

function mappedError({ code, message }: Failure): MappedError {
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return uniqueViolation(message);
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return {
        kind: 'NullConstraintViolation',
        constraint: { fields: failedColumns(message).map(columnName) },
      };
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
    case FailureCode.connectionClosed:
      return { kind: 'ConnectionClosed' };
    case FailureCode.transactionClosed:
      return { kind: 'TransactionAlreadyClosed', cause: message };
    case 'SQLITE_CANTOPEN':
      return { kind: 'DatabaseNotReachable' };
    default:
      return code.startsWith('SQLITE_BUSY') ? { kind: 'SocketTimeout' } : otherError(code, message);
  }
}

/** "UNIQUE constraint failed: Card.ownerId, Card.number", or "…: index 'name'" for an index on an expression. */
function uniqueViolation(message: string): MappedError {
  const columns = failedColumns(message);
  const first = columns[0] ?? '';
  if (first.startsWith('index ')) {
    return { kind: 'UniqueConstraintViolation', constraint: { index: first.slice(7, -1) } };
  }
  const table = first.slice(0, first.lastIndexOf('.'));
  const constraint = { fields: columns.map(columnName) };
  return { kind: 'UniqueConstraintViolation', constraint, ...(table ? { table } : {}) };
}

function otherError(code: string, message: string): MappedError {
  const [, table] = /^no such table: (.+)$/.exec(message) ?? [];
  if (table) return { kind: 'TableDoesNotExist', table };
  const [, column] = /^(?:no such column: |table .+ has no column named )(.+)$/.exec(message) ?? [];
  if (column) return { kind: 'ColumnNotFound', column };
  return { kind: 'sqlite', extendedCode: EXTENDED_CODES[code] ?? SQLITE_ERROR, message };
}

function failedColumns(message: string): string[] {
  return message.split('constraint failed: ')[1]?.split(', ') ?? [];
}

function columnName(qualified: string): string {
  return qualified.slice(qualified.lastIndexOf('.') + 1);
}
