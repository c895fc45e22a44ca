export { gatewaysConfig, sandboxConfig } from './configuration';
export {
  GATEWAY_NAMES,
  type Gateway,
  type GatewayName,
  type GatewayNotification,
  type GatewayReply,
  type InboundMessage,
  type PaymentInquiry,
  type PaymentMode,
  type PaymentOutcome,
  type PaymentSucceeded,
  type RefundOutcome,
  type RefundRequest,
  type ShopperStep,
  type Unknown,
} from './port';
export { type NotificationHandler, receiveGatewayMessage } from './receive-message';
export { gatewayByName } from './registry';
