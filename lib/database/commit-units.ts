import { reach } from '../faults';
import { batcherOf, type Database, isDatabase, type Tx } from './client';
import { callProcedure, failureOf } from './dialect';

/** A column's value as it travels: instants as ISO text, amounts as decimal text or bigint. */
export type ColumnValue = string | number | bigint | boolean | null;
export type Row = Record<string, ColumnValue>;

/** The tables a unit of work may touch (the PostgreSQL function `unit_table` lists the same). */
export type UnitTable =
  | 'Payment'
  | 'Tender'
  | 'TenderLine'
  | 'PaymentEvent'
  | 'Order'
  | 'Refund'
  | 'RefundPart'
  | 'RefundLine'
  | 'Card'
  | 'CardEvent'
  | 'CardBatch'
  | 'OutboxMessage'
  | 'AuditEvent'
  | 'GatewayNotification'
  | 'Account'
  | 'CardPurchase'
  | 'Invoice'
  | 'Shipment'
  | 'Gift'
  | 'CardSetting'
  | 'RetiredNumber'
  | 'CardRequest'
  | 'CardReminder';

/** A row that must look as expected, is locked, and may be changed. An array in `expect` means "one of". */
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

const TRIES = 4;

/**
 * Commits one unit; in a transaction it takes part in it. A refused unit has changed nothing. A unique index that
 * is violated is the refusal `duplicate` (outside a transaction; inside, PostgreSQL aborts the transaction, so it throws).
 */
export async function commitUnit(client: Database | Tx, unit: Unit): Promise<UnitOutcome> {
  const batcher = batcherOf(client);
  if (batcher) {
    reach('before-commit', () => nameOf(unit));
    const outcome = await batcher.commit(unit);
    reach('after-commit', () => nameOf(unit));
    // As below: who was in the way has committed by now.
    const duplicate = outcome.outcome === 'refused' && outcome.refusal.code === 'duplicate';
    return duplicate ? batcher.commit(unit) : outcome;
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      reach('before-commit', () => nameOf(unit));
      const answers = (await callProcedure(client, 'commit_units', [unit])) as UnitOutcome[];
      reach('after-commit', () => nameOf(unit));
      const [answer] = answers;
      if (!answer) throw new Error('commit_units answered nothing');
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      const inTransaction = !isDatabase(client);
      if (inTransaction || failure === null) throw error;
      // Who was in the way has committed by now, so a second look can say what it was: the same transfer, another one.
      if (failure === 'unique' && attempt > 1) {
        return { outcome: 'refused', refusal: { code: 'duplicate' } };
      }
      if (attempt === TRIES) throw error;
    }
  }
}

/** What a unit is called where a campaign names it: by what it tells others, else by what happened to the payment. */
function nameOf({ inserts = [] }: Unit): string {
  const first = (table: UnitTable) => inserts.find((each) => each.table === table)?.rows[0];
  return String(first('OutboxMessage')?.topic ?? first('PaymentEvent')?.event ?? 'other');
}
