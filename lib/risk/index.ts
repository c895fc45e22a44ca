export { networkOf } from './network';
export {
  purgeThrottles,
  recordFailure,
  recordSuccess,
  type ThrottleSubject,
  takeAttempt,
} from './throttle';
export { THROTTLE_POLICIES } from './throttle-policy';
