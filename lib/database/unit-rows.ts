import type { GuardedUpdate } from './commit-units';

/** False for a row that is only compared. */
export function writesRow({ set }: GuardedUpdate): boolean {
  for (const _column in set) return true;
  return false;
}

/** The same text for the same row, however its key is written. */
export function rowName({ table, key }: GuardedUpdate): string {
  return key.id === undefined ? `${table} ${Object.values(key).join(' ')}` : `${table} ${key.id}`;
}
