import { type Failure, FailureCode } from './protocol';

/** An error as it can cross to another thread. SQLite's own and ours carry a text code. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: FailureCode.procedureFailed, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : FailureCode.misuse;
  return { code, message: error.message };
}
