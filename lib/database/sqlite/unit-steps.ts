import type { ColumnValue, GuardedUpdate, Row, TransferRow, Unit } from '../commit-units';
import { rowName, writesRow } from '../unit-rows';
import { isUnitTable } from '../unit-tables';
import type { SqlValue } from './protocol';

/**
 * A unit as the statements that write it when nothing stands against it: for each its SQL, how many values it takes, and
 * those. Each must change one row, or find one if it only looks; otherwise the unit has to be judged. null: written like
 * this it might be accepted where the judge, who looks at everything before he writes, would refuse it.
 */
export function stepsOf(unit: Unit): SqlValue[] | null {
  const { idempotency, updates = [], inserts = [], transfers = [] } = unit;
  if (!canBeSteps(updates, inserts)) return null;
  const steps: SqlValue[] = [];
  if (idempotency) pushInsert(steps, 'IdempotencyKey', idempotency);
  for (const update of updates) pushUpdate(steps, update);
  for (const { table, rows } of inserts) for (const row of rows) pushInsert(steps, table, row);
  // What frees value goes before what takes it: SQLite checks an account after each transfer.
  for (const transfer of transfers) if (transfer.pendingId !== undefined) pushEndOfHold(steps, transfer);
  for (const transfer of transfers) if (transfer.pendingId === undefined) pushTransfer(steps, transfer);
  return steps;
}

/** A step sees what the steps before it wrote, so no step may read that: no row occurs twice, no table is both read and added to. */
function canBeSteps(updates: readonly GuardedUpdate[], inserts: NonNullable<Unit['inserts']>): boolean {
  if (!updates.every(({ table }) => isUnitTable(table))) return false;
  if (new Set(updates.map(rowName)).size < updates.length) return false;
  return inserts.every(
    ({ table }) => isUnitTable(table) && !updates.some((update) => update.table === table),
  );
}

function pushInsert(steps: SqlValue[], table: string, row: Row): void {
  const columns = Object.keys(row);
  steps.push(
    sqlFor(`+${table} ${columns.join()}`, () => insertSql(table, columns)),
    columns.length,
  );
  for (const column of columns) steps.push(bindable(row[column]));
}

function insertSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO "${table}" (${columns.map(quoted).join(', ')}) VALUES (${marks(columns.length)})`;
}

function pushUpdate(steps: SqlValue[], update: GuardedUpdate): void {
  const { table, key, expect, set } = update;
  const sets = Object.values(set);
  const expected = Object.values(expect).flat();
  const lengths = Object.values(expect).map((want) => (Array.isArray(want) ? want.length : 0));
  const shape = `?${table} ${Object.keys(set).join()} ${Object.keys(key).join()} ${Object.keys(expect).join()} ${lengths.join()}`;
  steps.push(
    sqlFor(shape, () => updateSql(update)),
    sets.length + Object.keys(key).length + expected.length,
  );
  for (const value of sets) steps.push(bindable(value));
  for (const value of Object.values(key)) steps.push(value);
  for (const value of expected) steps.push(bindable(value));
}

function updateSql(update: GuardedUpdate): string {
  const { table, key, expect, set } = update;
  const conditions = [
    ...Object.keys(key).map((column) => `${quoted(column)} = ?`),
    ...Object.entries(expect).map(([column, want]) =>
      Array.isArray(want) ? `${quoted(column)} IN (${marks(want.length)})` : `${quoted(column)} IS ?`,
    ),
  ].join(' AND ');
  if (!writesRow(update)) return `SELECT 1 FROM "${table}" WHERE ${conditions}`;
  const assignments = Object.keys(set).map((column) => `${quoted(column)} = ?`);
  return `UPDATE "${table}" SET ${assignments.join(', ')} WHERE ${conditions}`;
}

const TRANSFER = `INSERT INTO "Transfer" ("id", "kind", "reference", "createdAt", "debitAccountId", "creditAccountId", "amount", "code", "timeoutAt", "pendingId")`;
const POSTS = `${TRANSFER} VALUES (${'?, '.repeat(9)}NULL)`;
/** The end of a hold copies accounts and code from the hold. */
const ENDS_HOLD = `${TRANSFER} SELECT ?, ?, ?, ?, "debitAccountId", "creditAccountId", coalesce(?, "amount"), "code", NULL, "id" FROM "Transfer" WHERE "id" = ?`;

function pushTransfer(steps: SqlValue[], transfer: TransferRow): void {
  const { id, kind, reference, createdAt, debitAccountId, creditAccountId, amount, code, timeoutAt } =
    transfer;
  steps.push(POSTS, 9, id, kind, reference ?? null, createdAt);
  steps.push(
    debitAccountId ?? null,
    creditAccountId ?? null,
    amount ?? null,
    code ?? null,
    timeoutAt ?? null,
  );
}

function pushEndOfHold(steps: SqlValue[], transfer: TransferRow): void {
  const { id, kind, reference, createdAt, amount, pendingId } = transfer;
  steps.push(ENDS_HOLD, 6, id, kind, reference ?? null, createdAt, amount ?? null, pendingId ?? null);
}

const known = new Map<string, string>();

/** Units come in a few dozen shapes, so their SQL is made once. */
function sqlFor(shape: string, make: () => string): string {
  let sql = known.get(shape);
  if (sql === undefined) {
    sql = make();
    known.set(shape, sql);
  }
  return sql;
}

function quoted(column: string): string {
  return `"${column}"`;
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function bindable(value: ColumnValue | undefined): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}
