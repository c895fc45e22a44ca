export { answerGatewayRequest, SANDBOX_PATH } from './answer-gateway-request';
export { type CashierView, decideAtCashier, type PayOutcome, payTrade, readCashier } from './cashier';
export {
  generateSandboxKeys,
  SANDBOX_RETRY_DELAYS_MS,
  type SandboxConfig,
  type SandboxKeyPair,
  type SandboxKeys,
} from './config';
export type { SandboxContext } from './context';
export { deliverSandboxNotifications } from './deliver-notifications';
export { answerSwitchesRequest, setSwitches } from './set-switches';
export {
  FORGERIES,
  type Forgery,
  NOTIFY_MODES,
  SANDBOX_CALLS,
  type SandboxCall,
  type SandboxSwitches,
  switchesSchema,
} from './switches';
