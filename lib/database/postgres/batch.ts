import type { ColumnValue, GuardedUpdate, Unit, UnitTable } from '../commit-units';
import { rowName, writesRow } from '../unit-rows';
import { arrayLiteral, type Field, rowElement } from './literal';

/** The columns of each table in their stored order, as a composite value lists them. */
export type Columns = ReadonlyMap<string, readonly string[]>;

/** Rows that `commit_together` inserts, in the order of its arguments; the other tables go by `commit_apart`. */
const INSERTED = [
  'Payment',
  'Tender',
  'TenderLine',
  'Refund',
  'RefundPart',
  'RefundLine',
  'PaymentEvent',
  'OutboxMessage',
] as const satisfies readonly UnitTable[];

/** The columns that `commit_together` can compare and write, by table, in the order of its arguments. */
const CHANGED: Partial<Record<UnitTable, { expect: readonly string[]; set: readonly string[] }>> = {
  Payment: {
    expect: ['state', 'refundedMinor'],
    set: ['state', 'refundedMinor', 'settledAt', 'checkAt', 'checks'],
  },
  Order: { expect: ['state', 'userId'], set: ['state', 'paidAt'] },
  Tender: { expect: ['state', 'refundedMinor'], set: ['state', 'refundedMinor', 'gatewayReference'] },
  TenderLine: { expect: ['refundedMinor'], set: ['refundedMinor'] },
  Refund: { expect: ['state'], set: ['state', 'settledAt', 'checkAt'] },
  RefundPart: { expect: ['state'], set: ['state'] },
  Card: { expect: ['state', 'holderId'], set: [] },
};
const CHANGED_TABLES = Object.keys(CHANGED) as UnitTable[];

/** Columns that hold no NULL: `commit_together` reads NULL as "stays as it is". */
const NEVER_NULL = ['state', 'refundedMinor', 'checks'];

/** Tables whose column order a batch has to know. */
export const BATCH_TABLES: readonly string[] = ['IdempotencyKey', ...INSERTED, 'Transfer'];

const ARGUMENTS = 2 + CHANGED_TABLES.length + 2 * INSERTED.length + 3;
export const COMMIT_TOGETHER = `SELECT commit_together(${Array.from(
  { length: ARGUMENTS },
  (_, index) => `$${index + 1}`,
).join(', ')}) AS rest`;

/** Whether `commit_together` can carry out everything in the unit. */
function fits(unit: Unit): boolean {
  return (
    (unit.inserts ?? []).every(({ table }) => (INSERTED as readonly UnitTable[]).includes(table)) &&
    (unit.updates ?? []).every(changeFits)
  );
}

function changeFits({ table, key, expect, set }: GuardedUpdate): boolean {
  const known = CHANGED[table];
  if (!known) return false;
  const keys = table === 'TenderLine' ? ['tenderId', 'orderLineId'] : ['id'];
  return (
    Object.keys(key).every((column) => keys.includes(column)) &&
    keys.every((column) => column in key) &&
    Object.entries(expect).every(
      ([column, want]) =>
        known.expect.includes(column) && want !== null && (typeof want !== 'object' || column === 'state'),
    ) &&
    Object.entries(set).every(
      ([column, value]) => known.set.includes(column) && !(value === null && NEVER_NULL.includes(column)),
    )
  );
}

/**
 * Those that can go in one call, in the order in which they came: the call can say all that they say, and none of them
 * writes a row that one before it writes or looks at, looks at a row that one before it writes, or has its key.
 */
export function fittingTogether<T extends { readonly unit: Unit }>(waiting: readonly T[]): T[] {
  const written = new Set<string>();
  const looked = new Set<string>();
  return waiting.filter(({ unit }) => {
    if (!fits(unit)) return false;
    const { idempotency, updates = [] } = unit;
    const writes = updates.filter(writesRow).map(rowName);
    const looks = updates.filter((update) => !writesRow(update)).map(rowName);
    if (idempotency) writes.push(`${idempotency.scope} ${idempotency.key}`);
    if (writes.some((row) => written.has(row) || looked.has(row)) || looks.some((row) => written.has(row))) {
      return false;
    }
    if (new Set(writes).size < writes.length) return false;
    for (const row of writes) written.add(row);
    for (const row of looks) looked.add(row);
    return true;
  });
}

/** The arguments of `commit_together`: per table one array of rows and one that says whose unit each row is. */
export function batchArguments(units: readonly Unit[], columns: Columns): string[] {
  const keys = new Rows(columns, 'IdempotencyKey');
  const changes = new Map(CHANGED_TABLES.map((table) => [table, [] as string[]]));
  const inserts = new Map<UnitTable, Rows>(INSERTED.map((table) => [table, new Rows(columns, table)]));
  const transfers = new Rows(columns, 'Transfer');
  const writes: number[] = [];
  units.forEach((unit, index) => {
    if (unit.idempotency) keys.add(index, unit.idempotency);
    for (const update of unit.updates ?? []) {
      changes.get(update.table)?.push(changeLiteral(index, update));
      if (writesRow(update)) writes.push(index);
    }
    for (const { table, rows } of unit.inserts ?? []) {
      const target = inserts.get(table);
      for (const row of rows) target?.add(index, row);
    }
    for (const transfer of unit.transfers ?? []) transfers.add(index, { ...transfer });
  });
  return [
    ...keys.literals(),
    ...[...changes.values()].map(arrayLiteral),
    ...[...inserts.values()].flatMap((rows) => rows.literals()),
    ...transfers.literals(),
    arrayLiteral(writes),
  ];
}

class Rows {
  readonly #columns: readonly string[];
  readonly #rows: string[] = [];
  readonly #units: number[] = [];

  constructor(columns: Columns, table: string) {
    const known = columns.get(table);
    if (!known) throw new Error(`no columns of ${table}`);
    this.#columns = known;
  }

  add(unit: number, row: Readonly<Record<string, ColumnValue | undefined>>): void {
    this.#rows.push(rowElement(this.#columns.map((column) => row[column])));
    this.#units.push(unit);
  }

  literals(): [string, string] {
    return [arrayLiteral(this.#rows), arrayLiteral(this.#units)];
  }
}

/** A row of the type `unit_change`. */
function changeLiteral(unit: number, { key, expect, set }: GuardedUpdate): string {
  const sets = Object.keys(set);
  const fields: Field[] = [
    unit,
    key.id ?? key.tenderId,
    key.orderLineId,
    listOf(expect.state),
    single(expect.userId ?? expect.holderId),
    single(expect.refundedMinor),
    sets.length > 0 ? sets : null,
    set.state,
    set.refundedMinor,
    set.settledAt,
    set.paidAt,
    set.checkAt,
    set.checks,
    set.gatewayReference,
  ];
  return rowElement(fields);
}

function listOf(want: GuardedUpdate['expect'][string] | undefined): readonly string[] | null {
  if (want === undefined || want === null) return null;
  return typeof want === 'object' ? want : [String(want)];
}

function single(want: GuardedUpdate['expect'][string] | undefined): ColumnValue {
  if (want === undefined) return null;
  if (typeof want === 'object' && want !== null) throw new Error('one of several is asked of a state only');
  return want;
}
