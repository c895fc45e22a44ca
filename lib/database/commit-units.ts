import { reach } from '../faults';
import { committerOf, type Database, type Tx } from './client';
import { callProcedure } from './dialect';
import type { UnitTable } from './unit-tables';

export type { UnitTable } from './unit-tables';

/** A column's value as it travels: instants as ISO text, amounts as decimal text or bigint. */
export type ColumnValue = string | number | bigint | boolean | null;
export type Row = Record<string, ColumnValue>;

/** A row that must be as expected, is locked, and may be changed. An array in `expect` means "one of". */
export interface GuardedUpdate {
  readonly table: UnitTable;
  readonly key: Record<string, string>;
  readonly expect: Record<string, ColumnValue | readonly string[]>;
  readonly set: Row;
}

/** A row of Transfer; `debitAccountId` to `code` may be left out when `pendingId` names the hold they come from. */
export interface TransferRow {
  readonly id: string;
  readonly debitAccountId?: string;
  readonly creditAccountId?: string;
  readonly amount?: bigint;
  readonly code?: number;
  readonly kind: 'posted' | 'pending' | 'post_pending' | 'void_pending';
  readonly pendingId?: string;
  readonly timeoutAt?: string;
  readonly reference?: string;
  readonly createdAt: string;
}

/**
 * What commits together or not at all, in one round trip: an idempotency key, guarded updates, inserts (every
 * column of each row given), and linked transfers. Rows are locked in the order of `updates`, then accounts by id.
 */
export interface Unit {
  readonly idempotency?: {
    scope: string;
    key: string;
    fingerprint: string;
    response: string;
    createdAt: string;
  };
  readonly updates?: readonly GuardedUpdate[];
  readonly inserts?: readonly { table: UnitTable; rows: readonly Row[] }[];
  readonly transfers?: readonly TransferRow[];
}

export type UnitRefusalCode =
  | 'row_changed'
  | 'idempotency_key_reused'
  | 'duplicate'
  | 'insufficient_funds'
  | 'account_not_found'
  | 'currency_mismatch'
  | 'exists_with_different_fields'
  | 'hold_not_found'
  | 'not_a_hold'
  | 'hold_already_captured'
  | 'hold_already_voided'
  | 'exceeds_hold';

export interface UnitRefusal {
  readonly code: UnitRefusalCode;
  readonly accountId?: string;
  readonly transferId?: string;
  /** Index in `updates` of the row that was not as expected. */
  readonly update?: number;
}

export type UnitOutcome =
  | { readonly outcome: 'committed' }
  | { readonly outcome: 'replayed'; readonly response: string }
  | { readonly outcome: 'refused'; readonly refusal: UnitRefusal };

/** What commits units outside of transactions. */
export interface UnitCommitter {
  /** `duplicate` may have been caused by a unit that has committed since: then a second call gives a more precise refusal. */
  commit(unit: Unit): Promise<UnitOutcome>;
  close(): Promise<void>;
}

/** Makes a call to the database; tests use it to lose the call, or its answer. */
export type AroundCommit = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Commits one unit; in a transaction it takes part in it. A refused unit has changed nothing. A unique index that
 * is violated is the refusal `duplicate` (outside a transaction; inside, PostgreSQL aborts the transaction, so it throws).
 */
export async function commitUnit(client: Database | Tx, unit: Unit): Promise<UnitOutcome> {
  reach('before-commit', () => nameOf(unit));
  const committer = committerOf(client);
  const outcome = committer ? await committer.commit(unit) : await takePart(client, unit);
  reach('after-commit', () => nameOf(unit));
  // Who was in the way has committed by now, so a second look can say what it was: the same transfer, another one.
  const duplicate = outcome.outcome === 'refused' && outcome.refusal.code === 'duplicate';
  return committer && duplicate ? committer.commit(unit) : outcome;
}

async function takePart(tx: Tx, unit: Unit): Promise<UnitOutcome> {
  const [answer] = (await callProcedure(tx, 'commit_units', [unit])) as UnitOutcome[];
  if (!answer) throw new Error('commit_units answered nothing');
  return answer;
}

/** A unit's name in the steps of `npm run faults`: the topic of its message, else the event of its payment. */
function nameOf({ inserts = [] }: Unit): string {
  const first = (table: UnitTable) => inserts.find((each) => each.table === table)?.rows[0];
  return String(first('OutboxMessage')?.topic ?? first('PaymentEvent')?.event ?? 'other');
}
