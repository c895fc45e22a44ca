export { BALANCE_COLUMNS, balancesOf, newAccountRow, openAccounts, openHouseAccounts } from './accounts';
export { type AuditReport, audit, type Difference } from './audit';
export { type AccountKind, accountCodes, type Movement, movementOfCode, movements } from './chart';
export { type Checkpoint, type CheckpointRefusal, readCheckpoint, signCheckpoint } from './checkpoint';
export { type CommitRefusal, type Committed, commit, type LedgerUnit, post } from './commit';
export {
  type AccountId,
  type AccountRef,
  type Balance,
  heldOf,
  houseAccount,
  houseAccountId,
  type LedgerRefusal,
  type Transfer,
  usableOf,
} from './model';
export { sealLine, transferLine } from './seal-format';
export { type Sealed, sealStragglers, sealTransfers } from './seal-transfers';
export { type StatementEntry, type StatementPage, statementOf } from './statement';
export { type SealReport, type VerifyOptions, verifySeals } from './verify-seals';
