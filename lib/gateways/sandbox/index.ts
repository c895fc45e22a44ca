export { answerGatewayRequest, SANDBOX_PATH } from './answer-gateway-request';
export { type CashierView, decideAtCashier, payTrade, readCashier } from './cashier';
export { generateSandboxKeys, type SandboxConfig, type SandboxKeys } from './config';
export type { SandboxContext } from './context';
export { deliverSandboxNotifications } from './deliver-notifications';
export { answerSwitchesRequest, setSwitches } from './set-switches';
export { FORGERIES, NOTIFY_MODES, SANDBOX_CALLS, type SandboxSwitches } from './switches';
