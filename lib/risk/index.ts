export { networkOf } from './network';
export {
  purgeThrottles,
  recordFailure,
  recordSuccess,
  type ThrottleSubject,
  takeAttempt,
  waitOf,
} from './throttle';
export { THROTTLE_POLICIES } from './throttle-policy';
