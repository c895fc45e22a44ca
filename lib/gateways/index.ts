export type { AlipayConfig } from './alipay/config';
export { gatewaysConfig, sandboxConfig } from './configuration';
export {
  type CreateOutcome,
  type CreateRequest,
  checkNotification,
  GATEWAY_NAMES,
  type Gateway,
  type GatewayCapabilities,
  type GatewayName,
  type GatewayNotification,
  type GatewayReply,
  type InboundMessage,
  type NotificationRefusal,
  type PaymentFailed,
  type PaymentInquiry,
  type PaymentMode,
  type PaymentOutcome,
  type PaymentPending,
  type PaymentSucceeded,
  type RefundFailure,
  type RefundOutcome,
  type RefundRequest,
  type ShopperStep,
  type Unknown,
} from './port';
export { type PaymentDesk, type ReceiveContext, receiveGatewayMessage } from './receive-message';
export { configuredGateways, type GatewaysConfig, gatewayByName } from './registry';
