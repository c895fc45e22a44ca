export { activateBatch, activateCards } from './activate-cards';
export { type BindAttempt, bindCard } from './bind-card';
export type { ImportCheck, LineProblem, LineWarning } from './check-import';
export { type FreezeRequest, freezeCard } from './freeze-card';
export { type ImportOptions, type ImportRefusal, type ImportReport, importCards } from './import-cards';
export { type ImportFileRefusal, MAX_IMPORT_LINES } from './import-file';
export {
  type CardContext,
  drawCards,
  type IssueOptions,
  type IssueRefusal,
  type IssueReport,
  issueCards,
  MAX_ISSUE_COUNT,
} from './issue-cards';
export { writeSecretFile } from './issue-file';
export { batchIdOf, type CardSecret, formatIssueList, type IssueList, parseIssueList } from './issue-list';
export { type CardKeys, cardKeys } from './keys';
export {
  type BindRefusal,
  type Card,
  type CardColours,
  type CardObstacle,
  type CardState,
  type CardStatus,
  EXPIRING_SOON_DAYS,
  type MoveRefusal,
  type Programme,
  type SpendingWord,
  type SpendingWords,
} from './model';
export type { CardActor, MoveContext } from './move-card';
export { resealCards } from './reseal-cards';
export { seedProgrammes } from './seed-programmes';
export { type SpendableCard, spendableCards } from './spendable-cards';
export {
  type CardStatement,
  type CardStatementLine,
  cardStatementOf,
  STATEMENT_PAGE_SIZE,
} from './statement';
export { unfreezeCard } from './unfreeze-card';
export { cardOf, type ViewContext, type Wallet, type WalletCard, walletOf } from './views';
