import type { VersionedKey } from '@/lib/env';
import { reseal } from './seal';

/** Rows with sealed columns; an id is the owner of what its row has sealed. */
export interface SealedRows<Column extends string> {
  /** The field under which each column was sealed. */
  readonly fields: Readonly<Record<Column, string>>;
  /** The next rows by id, from after `after` on; none at the end. */
  read(after: string): Promise<SealedRow<NoInfer<Column>>[]>;
  /** Writes what was sealed anew if the row is still as read; returns how many rows that were. */
  write(row: SealedRow<NoInfer<Column>>, set: Partial<Record<NoInfer<Column>, string>>): Promise<number>;
}

type SealedRow<Column extends string> = Readonly<Record<Column, string | null>> & { readonly id: string };

/**
 * Brings everything that rows have sealed under the current key; returns how many rows changed. Safe to stop and run
 * again, and beside a running server.
 */
export async function resealAll<Column extends string>(
  keys: VersionedKey,
  rows: SealedRows<Column>,
): Promise<number> {
  let changed = 0;
  for (let after = ''; ; ) {
    const page = await rows.read(after);
    for (const row of page) {
      const set = resealed(keys, rows.fields, row);
      if (Object.keys(set).length > 0) changed += await rows.write(row, set);
    }
    const last = page.at(-1);
    if (!last) return changed;
    after = last.id;
  }
}

function resealed<Column extends string>(
  keys: VersionedKey,
  fields: Readonly<Record<Column, string>>,
  row: SealedRow<Column>,
): Partial<Record<Column, string>> {
  const set: Partial<Record<Column, string>> = {};
  for (const column in fields) {
    const text = row[column];
    const renewed = text && reseal(keys, { owner: row.id, field: fields[column] }, text);
    if (renewed) set[column] = renewed;
  }
  return set;
}
