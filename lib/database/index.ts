export {
  type Database,
  type Engine,
  engineOf,
  engineOfUrl,
  isDatabase,
  openDatabase,
  type RawReader,
  sqlitePath,
  type Tx,
  transaction,
} from './client';
export {
  type ColumnValue,
  commitUnit,
  type GuardedUpdate,
  type Row,
  type TransferRow,
  type Unit,
  type UnitOutcome,
  type UnitRefusal,
  type UnitTable,
} from './commit-units';
export { database } from './current';
export { type AddedRows, addMissing, failureOf, instantOf, instantTexts, readInBulk } from './dialect';
export { gatherWrites } from './gather-writes';
export { pendingMigrations } from './migrations/pending';
export { readTogether } from './read-together';
