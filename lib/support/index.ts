export { actOnCard, type CardAct } from './act-on-card';
export { type DecideRefusal, decideRequest } from './decide-request';
export { AUDITED_ACTIONS, type AuditLine, type AuditPage, listAudit } from './list-audit';
export { type Agent, type HolderLine, type OrderLine, SEARCH_LIMIT } from './model';
export type { CaseOrder, CaseOrderLine, CasePayment, CaseTender } from './order-store';
export { reportLossFor } from './report-loss-for';
export {
  type SearchContext,
  type SearchRefusal,
  type SearchResults,
  type SearchTarget,
  type SupportContext,
  search,
  searchList,
} from './search';
export { showPhone } from './show-phone';
export type { HeldPayment, StaffName } from './store';
export { STORY_PARTS, type StoryEntry, type StoryPage, type StoryPart } from './story-model';
export { type CardCase, viewCard } from './view-card';
export { type Attention, type Desk, type RecentLook, viewDesk } from './view-desk';
export { type HolderCase, viewHolder } from './view-holder';
export { type OrderCase, viewOrder } from './view-order';
export { type RequestCase, viewRequest } from './view-request';
export { type RequestLine, type RequestList, viewRequests } from './view-requests';
