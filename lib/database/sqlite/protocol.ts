/**
 * What the main thread and the database's worker threads say to each other.
 * Requests and answers are tuples, and travel in arrays: they are cloned thousands of times a second.
 */
export const Op = {
  /** A statement whose rows are wanted. */
  query: 0,
  /** A statement whose count of changed rows is wanted. */
  execute: 1,
  /** A stored procedure: `sql` is its name, the one argument its payload as JSON. */
  call: 2,
  begin: 3,
  commit: 4,
  rollback: 5,
  /** SAVEPOINT, ROLLBACK TO and RELEASE, which `query` and `execute` refuse. */
  savepoint: 6,
  /** Several statements outside of any transaction: migrations. */
  script: 7,
  /** Answered once the connection is open. */
  ping: 8,
  close: 9,
  /** A unit of work as steps (see `unit-steps.ts`): done, or declined. */
  accept: 10,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

export type SqlValue = null | number | bigint | string | Uint8Array;

/** `transaction` is the id of the request that began it, or 0 outside of one. */
export type Request = readonly [
  id: number,
  op: Op,
  transaction: number,
  sql: string,
  args: readonly SqlValue[],
];

export const Outcome = {
  done: 0,
  failed: 1,
  /** Nothing was done: a reader was given a statement that writes, or a unit has to be judged. */
  declined: 2,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** `value` is a `SqlResultSet`, a count, a text or null by the request's op, and a `Failure` if it failed. */
export type Answer = readonly [id: number, outcome: Outcome, value: unknown];

/** `code` is SQLite's extended name (SQLITE_CONSTRAINT_UNIQUE), or one of ours. */
export type Failure = { readonly code: string; readonly message: string };

export const FailureCode = {
  connectionClosed: 'CONNECTION_CLOSED',
  transactionClosed: 'TRANSACTION_CLOSED',
  procedureFailed: 'PROCEDURE_FAILED',
  misuse: 'SQLITE_MISUSE',
} as const;

/** The id of the answer that a worker gives when it cannot open its database. */
export const OPENING = 0;

export type WorkerSettings = {
  readonly role: 'writer' | 'reader';
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly idleTransactionMs: number;
};
