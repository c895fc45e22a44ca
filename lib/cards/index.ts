export { activateBatch, activateCards } from './activate-cards';
export { archiveCard } from './archive-card';
export { bindCard } from './bind-card';
export type { LineProblem, LineWarning } from './check-import';
export { closeOwnCard, reopenRefunded } from './close-own-card';
export { type DayLimit, dayLimitsOf } from './day-limits';
export { expireCards } from './expire-cards';
export { freezeCard } from './freeze-card';
export { type HandOver, handOverCard } from './hand-over-card';
export { freezeOwnCard, type OwnCardRequest, unfreezeOwnCard } from './hold-own-card';
export { type ImportRefusal, importCards } from './import-cards';
export { type CardContext, drawCards, type IssueRefusal, issueCards } from './issue-cards';
export { writeSecretFile } from './issue-file';
export { batchIdOf, formatIssueList, type IssueList, parseIssueList } from './issue-list';
export { cardKeys } from './keys';
export { lapseValue } from './lapse-value';
export type { BindRefusal, CardColours, CardStatus, MoveRefusal, Programme } from './model';
export { exchangeCard, grantExchange } from './requests/exchange-card';
export { extendCard } from './requests/extend-card';
export type {
  CardRequest,
  DecisionRefusal,
  RequestKind,
  RequestRefusal,
  RequestState,
} from './requests/model';
export { refuseRequest } from './requests/refuse-request';
export { reissueCard } from './requests/reissue-card';
export { reportLoss } from './requests/report-loss';
export { requestExtension } from './requests/request-extension';
export { takeNewSecrets } from './requests/take-new-secrets';
export {
  type CardServices,
  cardServices,
  countOpenRequests,
  findRequest,
  requestsAtDesk,
} from './requests/views';
export { withdrawRequest } from './requests/withdraw-request';
export { resealCards } from './reseal-cards';
export { seedProgrammes } from './seed-programmes';
export { type DayLimitRefusal, setDayLimit } from './set-day-limit';
export {
  insertSoldCards,
  type SoldCard,
  soldCardSecrets,
  soldCardsOf,
  takeBackSoldCards,
} from './sold-cards';
export { type SpendableCard, spendableCards } from './spendable-cards';
export {
  type CardStatement,
  type CardStatementLine,
  cardStatementOf,
  STATEMENT_PAGE_SIZE,
} from './statement';
export { findProgramme, listProgrammes } from './store';
export { cardIdOfNumber, type SupportCard, type SupportCardFilter, supportCards } from './support-views';
export { unfreezeCard } from './unfreeze-card';
export { type CardFaceView, cardFacesOf, cardOf, type Wallet, type WalletCard, walletOf } from './views';
