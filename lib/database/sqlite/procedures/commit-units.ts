import type { GuardedUpdate, Row, TransferRow, Unit, UnitOutcome, UnitRefusal } from '../../commit-units';
import { isUnitTable } from '../../unit-tables';
import type { Connection } from '../connection';
import { prepared } from './procedure';

/**
 * The SQLite twin of the PostgreSQL function `commit_units`: same units, same answers. It runs in the writer
 * thread, so nothing moves between a check and the write that follows it.
 */
export function commitUnits(connection: Connection, payload: unknown): UnitOutcome[] {
  const units = payload as Unit[];
  return units.map((unit) => commitOne(connection, unit));
}

function commitOne(connection: Connection, unit: Unit): UnitOutcome {
  const replay = storedAnswer(connection, unit);
  if (replay) return replay;
  const changed = (unit.updates ?? []).findIndex((update) => !rowAsExpected(connection, update));
  if (changed >= 0) return { outcome: 'refused', refusal: { code: 'row_changed', update: changed } };
  const transfers = resolveHolds(connection, unit.transfers ?? []);
  const refusal = refusalOf(connection, transfers) ?? missingFunds(connection, transfers);
  if (refusal) return { outcome: 'refused', refusal };

  if (unit.idempotency) insert(connection, '"IdempotencyKey"', unit.idempotency);
  for (const { table, rows } of unit.inserts ?? [])
    for (const row of rows) insert(connection, unitTable(table), row);
  for (const update of unit.updates ?? []) change(connection, update);
  for (const transfer of givingFirst(connection, transfers))
    insert(connection, '"Transfer"', { ...transfer });
  return { outcome: 'committed' };
}

/**
 * Linked transfers are judged by what they leave behind together, but SQLite checks an account after each of them: those
 * that give value to a limited account or free it go before those that take from one.
 */
function givingFirst(connection: Connection, wanted: readonly Wanted[]): Wanted['transfer'][] {
  const missing = wanted.filter(({ exists }) => !exists).map(({ transfer }) => transfer);
  const gives = ({ kind, creditAccountId }: Wanted['transfer']) =>
    kind === 'post_pending' ||
    kind === 'void_pending' ||
    (kind === 'posted' && accountById(connection, creditAccountId)?.limited === 1n);
  return missing.length < 2
    ? missing
    : [...missing.filter(gives), ...missing.filter((transfer) => !gives(transfer))];
}

function storedAnswer(connection: Connection, unit: Unit): UnitOutcome | null {
  if (!unit.idempotency) return null;
  const { scope, key, fingerprint } = unit.idempotency;
  const stored = prepared(
    connection,
    'SELECT "fingerprint", "response" FROM "IdempotencyKey" WHERE "scope" = ? AND "key" = ?',
  ).get(scope, key) as { fingerprint: string; response: string } | undefined;
  if (!stored) return null;
  if (stored.fingerprint === fingerprint) return { outcome: 'replayed', response: stored.response };
  return { outcome: 'refused', refusal: { code: 'idempotency_key_reused' } };
}

function rowAsExpected(connection: Connection, { table, key, expect }: GuardedUpdate): boolean {
  const { sql, values } = where(key);
  const row = prepared(connection, `SELECT * FROM ${unitTable(table)} WHERE ${sql}`).get(...values) as
    | Row
    | undefined;
  if (!row) return false;
  return Object.entries(expect).every(([column, want]) => {
    const value = asText(row[column]);
    return Array.isArray(want)
      ? value !== null && want.includes(value)
      : value === asText(want as Row[string]);
  });
}

interface Stored {
  id: string;
  debitAccountId: string;
  creditAccountId: string;
  amount: bigint;
  code: bigint;
  kind: string;
  pendingId: string | null;
  reference: string | null;
}

interface Wanted {
  readonly transfer: Omit<Stored, 'code'> & { code: bigint; timeoutAt: string | null; createdAt: string };
  readonly given: TransferRow;
  readonly hold: Stored | undefined;
  readonly exists: boolean;
}

function resolveHolds(connection: Connection, transfers: readonly TransferRow[]): Wanted[] {
  return transfers.map((given) => {
    const hold = given.pendingId ? transferById(connection, given.pendingId) : undefined;
    const stored = transferById(connection, given.id);
    return {
      given,
      hold,
      exists: stored !== undefined,
      transfer: {
        id: given.id,
        debitAccountId: hold?.debitAccountId ?? given.debitAccountId ?? '',
        creditAccountId: hold?.creditAccountId ?? given.creditAccountId ?? '',
        amount: given.amount === undefined ? (hold?.amount ?? 0n) : BigInt(given.amount),
        code: hold?.code ?? BigInt(given.code ?? 0),
        kind: given.kind,
        pendingId: given.pendingId ?? null,
        timeoutAt: given.timeoutAt ?? null,
        reference: given.reference ?? null,
        createdAt: given.createdAt,
      },
    };
  });
}

function refusalOf(connection: Connection, wanted: readonly Wanted[]): UnitRefusal | null {
  for (const each of wanted) {
    const code = refusalCode(connection, each);
    const { id, debitAccountId } = each.transfer;
    if (code) return { code, transferId: id, accountId: debitAccountId };
  }
  return null;
}

function refusalCode(connection: Connection, { transfer, hold, exists }: Wanted): UnitRefusal['code'] | null {
  if (exists) return sameFields(connection, transfer) ? null : 'exists_with_different_fields';
  if (transfer.pendingId !== null) {
    if (!hold) return 'hold_not_found';
    if (hold.kind !== 'pending') return 'not_a_hold';
    const end = prepared(connection, 'SELECT "kind" FROM "Transfer" WHERE "pendingId" = ?').get(hold.id) as
      | { kind: string }
      | undefined;
    if (end) return end.kind === 'post_pending' ? 'hold_already_captured' : 'hold_already_voided';
    if (transfer.amount > hold.amount) return 'exceeds_hold';
  }
  const debit = accountById(connection, transfer.debitAccountId);
  const credit = accountById(connection, transfer.creditAccountId);
  if (!debit || !credit) return 'account_not_found';
  return debit.currency === credit.currency ? null : 'currency_mismatch';
}

function sameFields(connection: Connection, transfer: Wanted['transfer']): boolean {
  const stored = transferById(connection, transfer.id);
  return (
    stored !== undefined &&
    stored.debitAccountId === transfer.debitAccountId &&
    stored.creditAccountId === transfer.creditAccountId &&
    stored.amount === transfer.amount &&
    stored.code === transfer.code &&
    stored.kind === transfer.kind &&
    stored.pendingId === transfer.pendingId &&
    stored.reference === transfer.reference
  );
}

/** Linked transfers are judged by what they leave behind together, as the PostgreSQL function does. */
function missingFunds(connection: Connection, wanted: readonly Wanted[]): UnitRefusal | null {
  const needs = new Map<string, { need: bigint; transferId: string }>();
  const add = (account: string, need: bigint, transferId: string) => {
    const so = needs.get(account);
    needs.set(account, { need: (so?.need ?? 0n) + need, transferId: so?.transferId ?? transferId });
  };
  for (const { transfer, hold, exists } of wanted) {
    if (exists) continue;
    const released = hold?.amount ?? 0n;
    const taken = transfer.kind === 'void_pending' ? 0n : transfer.amount;
    add(transfer.debitAccountId, taken - released, transfer.id);
    const posted = transfer.kind === 'posted' || transfer.kind === 'post_pending';
    if (posted) add(transfer.creditAccountId, -transfer.amount, transfer.id);
  }
  for (const [accountId, { need, transferId }] of [...needs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const account = accountById(connection, accountId);
    if (!account?.limited) continue;
    if (need > account.creditsPosted - account.debitsPosted - account.debitsPending) {
      return { code: 'insufficient_funds', accountId, transferId };
    }
  }
  return null;
}

interface StoredAccount {
  currency: string;
  limited: bigint;
  creditsPosted: bigint;
  debitsPosted: bigint;
  debitsPending: bigint;
}

function accountById(connection: Connection, id: string): StoredAccount | undefined {
  return prepared(connection, 'SELECT * FROM "Account" WHERE "id" = ?').get(id) as StoredAccount | undefined;
}

function transferById(connection: Connection, id: string): Stored | undefined {
  return prepared(connection, 'SELECT * FROM "Transfer" WHERE "id" = ?').get(id) as Stored | undefined;
}

function insert(connection: Connection, table: string, row: Row): void {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  prepared(connection, `INSERT INTO ${table} (${names}) VALUES (${marks})`).run(
    ...Object.values(row).map(bind),
  );
}

function change(connection: Connection, { table, key, set }: GuardedUpdate): void {
  const columns = Object.keys(set);
  if (columns.length === 0) return;
  const { sql, values } = where(key);
  const assignments = columns.map((column) => `"${column}" = ?`).join(', ');
  prepared(connection, `UPDATE ${unitTable(table)} SET ${assignments} WHERE ${sql}`).run(
    ...Object.values(set).map(bind),
    ...values,
  );
}

function where(key: Record<string, string>): { sql: string; values: string[] } {
  const sql = Object.keys(key)
    .map((column) => `"${column}" = ?`)
    .join(' AND ');
  return { sql, values: Object.values(key) };
}

/** A payload could name any table. */
function unitTable(name: string): string {
  if (!isUnitTable(name)) throw new Error(`unit of work: table ${name} is not allowed`);
  return `"${name}"`;
}

function bind(value: Row[string] | undefined): string | number | bigint | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return BigInt(value);
  return value ?? null;
}

function asText(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
