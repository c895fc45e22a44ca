export { abandonPurchases } from './abandon-purchases';
export { checkIdentity } from './check-identity';
export { type SalesContext, salesContext } from './context';
export { correctInvoice } from './correct-invoice';
export {
  counterDesk,
  type InvoiceLine,
  type NotedInvoice,
  notedInvoice,
  notedInvoices,
  type ReversalLine,
  type ShipmentLine,
  showIdentity,
} from './desk';
export { handleSalesMessage } from './handle-message';
export { type HangingWithdrawal, hangingWithdrawals, retryWithdrawal } from './hanging-withdrawals';
export { issuePurchase } from './issue-purchase';
export type {
  InvoiceRefusal,
  InvoiceState,
  Offer,
  PurchaseRefusal,
  PurchaseState,
  Purpose,
  WithdrawalRefusal,
} from './model';
export { markInvoiceIssued, markInvoiceReversed } from './note-invoice';
export { findOffer, offersOnSale } from './offers';
export { openCardCounter } from './open-counter';
export { type PlacePurchase, placePurchase, pricedOf } from './place-purchase';
export { foldsOf, type Price } from './price';
export { sealForProducer } from './print-file';
export { resealSales } from './reseal-sales';
export { moveShipment, printLines } from './ship-cards';
export { showAddress } from './show-address';
export { coloursOf, THEME_IDS } from './themes';
export {
  identityOnFile,
  type PurchaseStanding,
  type PurchaseView,
  purchaseOfOrder,
  purchasesPage,
  purchaseView,
  type Withdrawable,
} from './views';
export { realNameAsked, weighPayment } from './weigh-payment';
export { withdrawPurchase } from './withdraw-purchase';
