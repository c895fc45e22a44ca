export { auditPayments } from './audit-payments';
export { cancelPayment, checkPayment } from './check-payment';
export { checkRefund } from './check-refund';
export { checkoutContext } from './current-context';
export { type Checkout, type CheckoutLine, type CheckoutOrder, loadCheckout } from './load-checkout';
export type { CheckoutContext, Payment, PayRefusal, Refund, RefundRefusal, Tender } from './model';
export { notificationHandler } from './notification-handler';
export { type PayInput, type PayOutcome, payOrder, proceed } from './pay-order';
export type { PaymentState } from './payment-states';
export {
  type PaymentSummary,
  paymentSummaryOf,
  type RefundPartView,
  type RefundPreview,
  type RefundView,
  refundPreview,
  type StoryEntry,
} from './payment-summary';
export type {
  CardQuote,
  CardReason,
  ChosenCard,
  LineQuote,
  LineReason,
  Quote,
  QuoteRefusal,
  Shortfall,
} from './quote';
export type { RequestedLine } from './refund-allocation';
export { type RefundInput, refundPayment } from './refund-payment';
export type { RefundState } from './refund-states';
export { runDueChecks } from './run-due-checks';
export { choiceOf, payFormSchema, readSplitForm, type SplitForm, splitAddress } from './schemas';
export { findPayment, findPaymentOfOrder, findRefund, findRefundByKey } from './store';
export {
  type CardLabel,
  type CheckoutCard,
  type CheckoutLineView,
  type CheckoutView,
  type CheckoutViewRefusal,
  checkoutView,
  type Receipt,
  type ReceiptTender,
  receiptOf,
} from './views';
