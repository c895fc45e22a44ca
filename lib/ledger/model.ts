import { type Currency, type Id, invariant } from '@/lib/kernel';
import { type AccountKind, accountCodes, type Movement, movements } from './chart';

export type AccountId = string;

/** An account as a transfer names it: the kind lets the chart judge the movement before the database is asked. */
export interface AccountRef {
  readonly id: AccountId;
  readonly kind: AccountKind;
}

/** Balances in minor units. For a card: usable = creditsPosted − debitsPosted − debitsPending. */
export interface Balance {
  readonly debitsPending: bigint;
  readonly debitsPosted: bigint;
  readonly creditsPending: bigint;
  readonly creditsPosted: bigint;
}

/**
 * A movement of value. `id` is the caller's: the same id twice is one transfer, and with other fields it is refused.
 * A `hold` is taken from the debit account's usable balance until it is captured or released.
 */
export type Transfer =
  | ({ readonly type: 'post' } & NewMovement)
  | ({ readonly type: 'hold'; readonly timeoutAt: Date } & NewMovement)
  /** Ends a hold by posting `amountMinor` of it (all of it when left out); the rest is released. */
  | {
      readonly type: 'capture';
      readonly id: string;
      readonly holdId: string;
      readonly amountMinor?: bigint;
      readonly reference: string;
    }
  /** Ends a hold by giving all of it back. */
  | { readonly type: 'release'; readonly id: string; readonly holdId: string; readonly reference: string };

interface NewMovement {
  readonly id: string;
  readonly movement: Movement;
  readonly debit: AccountRef;
  readonly credit: AccountRef;
  readonly amountMinor: bigint;
  /** What caused it: a payment, a refund, a batch. */
  readonly reference: string;
}

export type LedgerRefusal =
  | { readonly code: 'amount_not_positive'; readonly transferId: string }
  | { readonly code: 'movement_not_allowed'; readonly transferId: string }
  | { readonly code: 'accounts_are_equal'; readonly transferId: string }
  | { readonly code: 'id_twice_in_one_list'; readonly transferId: string }
  | { readonly code: 'hold_twice_in_one_list'; readonly transferId: string }
  | {
      readonly code:
        | 'insufficient_funds'
        | 'account_not_found'
        | 'currency_mismatch'
        | 'exists_with_different_fields'
        | 'hold_not_found'
        | 'not_a_hold'
        | 'hold_already_captured'
        | 'hold_already_voided'
        | 'exceeds_hold';
      readonly transferId: string;
      readonly accountId: AccountId;
    };

/** What the chart and plain arithmetic can refuse without asking the database; `null` when nothing. */
export function refusalBeforePosting(transfers: readonly Transfer[]): LedgerRefusal | null {
  const seen = new Set<string>();
  const ended = new Set<string>();
  for (const transfer of transfers) {
    const transferId = transfer.id;
    if (seen.has(transferId)) return { code: 'id_twice_in_one_list', transferId };
    seen.add(transferId);
    if ('holdId' in transfer) {
      if (ended.has(transfer.holdId)) return { code: 'hold_twice_in_one_list', transferId };
      ended.add(transfer.holdId);
    }
    if ('amountMinor' in transfer && transfer.amountMinor !== undefined && transfer.amountMinor <= 0n) {
      return { code: 'amount_not_positive', transferId };
    }
    if (transfer.type === 'capture' || transfer.type === 'release') continue;
    if (transfer.debit.id === transfer.credit.id) return { code: 'accounts_are_equal', transferId };
    const allowed = movements[transfer.movement];
    if (allowed.debit !== transfer.debit.kind || allowed.credit !== transfer.credit.kind) {
      return { code: 'movement_not_allowed', transferId };
    }
  }
  return null;
}

/** What can be spent now: never negative, because the database refuses it. */
export function usableOf(balance: Balance): bigint {
  return balance.creditsPosted - balance.debitsPosted - balance.debitsPending;
}

/** What holds keep back for payments under way. */
export function heldOf(balance: Balance): bigint {
  return balance.debitsPending;
}

/** The id of an account that the issuer has once per currency (and gateway): it is made of these, not random. */
export function houseAccountId(
  kind: Exclude<AccountKind, 'card' | 'merchantPayable'>,
  currency: Currency,
  part?: string,
): AccountId {
  invariant(accountCodes[kind] !== undefined, 'a kind of the chart');
  return ['house', kind, currency, ...(part ? [part] : [])].join(':');
}

export function houseAccount(
  kind: Exclude<AccountKind, 'card' | 'merchantPayable'>,
  currency: Currency,
  part?: string,
): AccountRef {
  return { id: houseAccountId(kind, currency, part), kind };
}

export type CardAccountId = Id<'acc'>;
