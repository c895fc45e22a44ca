export { networkOf } from './network';
export {
  checkThrottle,
  purgeThrottles,
  recordFailure,
  recordSuccess,
  type ThrottleRefusal,
  type ThrottleSubject,
  takeAttempt,
} from './throttle';
export { THROTTLE_POLICIES, type ThrottlePolicy, type ThrottleScope } from './throttle-policy';
