import { type AccountRef, accountCodes, movements, type Transfer } from '@/lib/ledger';

/** What a test sends: linked transfers, perhaps with an idempotency key, a guarded row, and a row to insert. */
export interface ReferenceUnit {
  readonly transfers: readonly Transfer[];
  readonly key?: { readonly key: string; readonly fingerprint: string };
  /** An account that must have this currency. */
  readonly guard?: { readonly accountId: string; readonly currency: string };
  /** The id of a message that is inserted with the transfers. */
  readonly note?: string;
}

export interface ReferenceAccount extends AccountRef {
  readonly currency: string;
  debitsPending: bigint;
  debitsPosted: bigint;
  creditsPending: bigint;
  creditsPosted: bigint;
}

interface Posted {
  readonly id: string;
  readonly kind: Transfer['type'];
  readonly debit: string;
  readonly credit: string;
  readonly amountMinor: bigint;
  readonly code: number;
  readonly holdId: string | null;
  readonly reference: string;
}

/** `posted`, `replayed <response>`, or a refusal: its code, and the transfer where the code names one. */
export type Answer = string;

/** The model of the ledger: what lib/ledger promises, as plain arithmetic in memory. */
export class ReferenceLedger {
  readonly accounts = new Map<string, ReferenceAccount>();
  readonly transfers = new Map<string, Posted>();
  /** Hold → how it ended. */
  private readonly ends = new Map<string, 'capture' | 'release'>();
  private readonly keys = new Map<string, { fingerprint: string; response: string }>();
  private readonly notes = new Set<string>();

  open(account: AccountRef, currency: string): void {
    const empty = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n };
    this.accounts.set(account.id, { ...account, currency, ...empty });
  }

  copy(): ReferenceLedger {
    const copy = new ReferenceLedger();
    for (const [id, account] of this.accounts) copy.accounts.set(id, { ...account });
    for (const [id, transfer] of this.transfers) copy.transfers.set(id, transfer);
    for (const [id, end] of this.ends) copy.ends.set(id, end);
    for (const [key, stored] of this.keys) copy.keys.set(key, stored);
    for (const note of this.notes) copy.notes.add(note);
    return copy;
  }

  holds(): Posted[] {
    return [...this.transfers.values()].filter(({ kind }) => kind === 'hold');
  }

  openHolds(): Posted[] {
    return this.holds().filter(({ id }) => !this.ends.has(id));
  }

  commit(unit: ReferenceUnit): Answer {
    const early = refusedUnseen(unit.transfers);
    if (early) return early;
    const stored = unit.key && this.keys.get(unit.key.key);
    if (stored) {
      return stored.fingerprint === unit.key?.fingerprint
        ? `replayed ${stored.response}`
        : 'idempotency_key_reused';
    }
    if (unit.guard && this.accounts.get(unit.guard.accountId)?.currency !== unit.guard.currency)
      return 'row_changed';
    const wanted = unit.transfers.map((transfer) => this.spell(transfer));
    for (const each of wanted) {
      const code = this.refusal(each);
      if (code) return `${code} ${each.id}`;
    }
    const fresh = wanted.filter(({ id }) => !this.transfers.has(id));
    const short = this.shortAccount(fresh);
    if (short) return `insufficient_funds of ${short}`;
    if (unit.note !== undefined && this.notes.has(unit.note)) return 'duplicate';
    for (const each of fresh) this.post(each);
    if (unit.key)
      this.keys.set(unit.key.key, { fingerprint: unit.key.fingerprint, response: responseOf(unit.key) });
    if (unit.note !== undefined) this.notes.add(unit.note);
    return 'posted';
  }

  private spell(transfer: Transfer): Posted {
    const { id, type: kind, reference } = transfer;
    if (transfer.type === 'hold' || transfer.type === 'post') {
      const { debit, credit, amountMinor, movement } = transfer;
      const code = movements[movement].code;
      return { id, kind, reference, debit: debit.id, credit: credit.id, amountMinor, code, holdId: null };
    }
    const hold = this.transfers.get(transfer.holdId);
    const part = transfer.type === 'capture' ? transfer.amountMinor : undefined;
    return {
      id,
      kind,
      reference,
      debit: hold?.debit ?? '',
      credit: hold?.credit ?? '',
      amountMinor: part ?? hold?.amountMinor ?? 0n,
      code: hold?.code ?? 0,
      holdId: transfer.holdId,
    };
  }

  private refusal(wanted: Posted): string | null {
    const known = this.transfers.get(wanted.id);
    if (known) return sameTransfer(known, wanted) ? null : 'exists_with_different_fields';
    if (wanted.holdId !== null) {
      const hold = this.transfers.get(wanted.holdId);
      if (!hold) return 'hold_not_found';
      if (hold.kind !== 'hold') return 'not_a_hold';
      const end = this.ends.get(hold.id);
      if (end) return end === 'capture' ? 'hold_already_captured' : 'hold_already_voided';
      if (wanted.amountMinor > hold.amountMinor) return 'exceeds_hold';
    }
    const debit = this.accounts.get(wanted.debit);
    const credit = this.accounts.get(wanted.credit);
    if (!debit || !credit) return 'account_not_found';
    return debit.currency === credit.currency ? null : 'currency_mismatch';
  }

  /** The first account, by id, that would be overdrawn if all of these were posted. */
  private shortAccount(wanted: readonly Posted[]): string | null {
    const after = this.copy();
    for (const each of wanted) after.post(each);
    const short = [...after.accounts.values()]
      .filter(({ kind }) => kind === 'card')
      .filter((card) => card.debitsPending + card.debitsPosted > card.creditsPosted)
      .map(({ id }) => id);
    return short.sort()[0] ?? null;
  }

  private post(transfer: Posted): void {
    const debit = this.accounts.get(transfer.debit);
    const credit = this.accounts.get(transfer.credit);
    if (!debit || !credit) throw new Error('judged before');
    this.transfers.set(transfer.id, transfer);
    if (transfer.kind === 'hold') {
      debit.debitsPending += transfer.amountMinor;
      credit.creditsPending += transfer.amountMinor;
      return;
    }
    if (transfer.holdId !== null) {
      const held = this.transfers.get(transfer.holdId)?.amountMinor ?? 0n;
      debit.debitsPending -= held;
      credit.creditsPending -= held;
      this.ends.set(transfer.holdId, transfer.kind === 'capture' ? 'capture' : 'release');
    }
    if (transfer.kind === 'release') return;
    debit.debitsPosted += transfer.amountMinor;
    credit.creditsPosted += transfer.amountMinor;
  }
}

/** What the list alone is refused for, whatever has been posted. */
function refusedUnseen(transfers: readonly Transfer[]): Answer | null {
  for (const [place, transfer] of transfers.entries()) {
    const { id } = transfer;
    const before = transfers.slice(0, place);
    if (before.some((other) => other.id === id)) return `id_twice_in_one_list ${id}`;
    const ends = 'holdId' in transfer ? transfer.holdId : null;
    if (before.some((other) => 'holdId' in other && other.holdId === ends))
      return `hold_twice_in_one_list ${id}`;
    if (transfer.type !== 'release' && transfer.amountMinor !== undefined && transfer.amountMinor <= 0n) {
      return `amount_not_positive ${id}`;
    }
    if (transfer.type === 'capture' || transfer.type === 'release') continue;
    if (transfer.debit.id === transfer.credit.id) return `accounts_are_equal ${id}`;
    const { debit, credit } = movements[transfer.movement];
    const fits =
      accountCodes[debit] === accountCodes[transfer.debit.kind] &&
      accountCodes[credit] === accountCodes[transfer.credit.kind];
    if (!fits) return `movement_not_allowed ${id}`;
  }
  return null;
}

function sameTransfer(a: Posted, b: Posted): boolean {
  return (
    a.kind === b.kind &&
    a.debit === b.debit &&
    a.credit === b.credit &&
    a.amountMinor === b.amountMinor &&
    a.code === b.code &&
    a.holdId === b.holdId &&
    a.reference === b.reference
  );
}

/** The response that a test stores with a key. */
export function responseOf(key: { readonly key: string; readonly fingerprint: string }): string {
  return `${key.key}/${key.fingerprint}`;
}
