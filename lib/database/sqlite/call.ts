import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils';
import type { Answer } from './protocol';

const CALL = /^CALL ([A-Za-z_]\w*)\(\?\)$/;

/** The procedure that the SQL text `CALL name(?)` names, or null for any other SQL. */
export function calledProcedure(sql: string): string | null {
  return sql.startsWith('CALL ') ? (CALL.exec(sql)?.[1] ?? null) : null;
}

/** One row with one text column: what the procedure returned, as JSON. */
export function callResult(answer: Answer): SqlResultSet {
  return { columnNames: ['result'], columnTypes: [ColumnTypeEnum.Text], rows: [[answer[2]]] };
}
