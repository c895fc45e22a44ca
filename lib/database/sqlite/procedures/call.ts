import type { Connection } from '../connection';
import { FailureCode, type SqlValue } from '../protocol';
import type { Procedure } from './procedure';

/** Runs a procedure on a payload given as JSON and returns what it returned as JSON. Throws what it throws. */
export function callProcedure(
  connection: Connection,
  procedure: Procedure | undefined,
  payload: SqlValue | undefined,
): string {
  if (!procedure) throw new ProcedureFailure('no such procedure');
  if (typeof payload !== 'string')
    throw new ProcedureFailure('a procedure takes one text: its payload as JSON');
  const result = withCode(() => procedure(connection, JSON.parse(payload)));
  if (result instanceof Promise) throw new ProcedureFailure('a procedure must be synchronous');
  return JSON.stringify(result ?? null, bigintAsText);
}

class ProcedureFailure extends Error {
  readonly code = FailureCode.procedureFailed;
}

/** An error of the procedure itself gets our code; SQLite's keep theirs. */
function withCode(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    throw new ProcedureFailure(error instanceof Error ? error.message : String(error));
  }
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
