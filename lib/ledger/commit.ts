import {
  commitUnit,
  type Database,
  type TransferRow,
  type Tx,
  type Unit,
  type UnitRefusal,
} from '@/lib/database';
import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { movements } from './chart';
import { type LedgerRefusal, refusalBeforePosting, type Transfer } from './model';

/** A unit of work whose value moves are said in the ledger's terms. */
export interface LedgerUnit extends Omit<Unit, 'transfers'> {
  readonly transfers: readonly Transfer[];
}

export type CommitRefusal =
  | LedgerRefusal
  /** A guarded row was not as expected; `update` is its place in `updates`. */
  | { readonly code: 'row_changed'; readonly update: number }
  | { readonly code: 'idempotency_key_reused' }
  | { readonly code: 'duplicate' };

export type Committed = { readonly replayed: false } | { readonly replayed: true; readonly response: string };

/**
 * Commits transfers together with the rows that belong to them: all or nothing, one round trip. The same
 * idempotency key again returns the stored response; with another fingerprint it is refused.
 */
export async function commit(
  client: Database | Tx,
  unit: LedgerUnit,
  now: Date,
): Promise<Result<Committed, CommitRefusal>> {
  const refusal = refusalBeforePosting(unit.transfers);
  if (refusal) return refuse(refusal);
  const outcome = await commitUnit(client, {
    ...unit,
    transfers: unit.transfers.map((each) => rowOf(each, now)),
  });
  switch (outcome.outcome) {
    case 'committed':
      return ok({ replayed: false });
    case 'replayed':
      return ok({ replayed: true, response: outcome.response });
    case 'refused':
      return refuse(refusalOf(outcome.refusal));
  }
}

/** Posts linked transfers and nothing else. */
export async function post(
  client: Database | Tx,
  transfers: readonly Transfer[],
  now: Date,
): Promise<Result<undefined, LedgerRefusal>> {
  const result = await commit(client, { transfers }, now);
  if (result.ok) return ok();
  const { refusal } = result;
  invariant('transferId' in refusal, `transfers alone cannot be refused for ${refusal.code}`);
  return refuse(refusal);
}

function rowOf(transfer: Transfer, now: Date): TransferRow {
  const { id, reference } = transfer;
  const createdAt = now.toISOString();
  switch (transfer.type) {
    case 'capture':
      return {
        id,
        kind: 'post_pending',
        pendingId: transfer.holdId,
        reference,
        createdAt,
        ...(transfer.amountMinor === undefined ? {} : { amount: transfer.amountMinor }),
      };
    case 'release':
      return { id, kind: 'void_pending', pendingId: transfer.holdId, reference, createdAt };
    case 'hold':
    case 'post':
      return {
        id,
        kind: transfer.type === 'hold' ? 'pending' : 'posted',
        debitAccountId: transfer.debit.id,
        creditAccountId: transfer.credit.id,
        amount: transfer.amountMinor,
        code: movements[transfer.movement].code,
        reference,
        createdAt,
        ...(transfer.type === 'hold' ? { timeoutAt: transfer.timeoutAt.toISOString() } : {}),
      };
  }
}

function refusalOf(refusal: UnitRefusal): CommitRefusal {
  switch (refusal.code) {
    case 'row_changed':
      return { code: 'row_changed', update: refusal.update ?? 0 };
    case 'idempotency_key_reused':
    case 'duplicate':
      return { code: refusal.code };
    default:
      return { code: refusal.code, transferId: refusal.transferId ?? '', accountId: refusal.accountId ?? '' };
  }
}
